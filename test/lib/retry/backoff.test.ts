import fc from '../../_helpers/properties'
import {backoffMs} from '../../../src/lib/retry/backoff'

const settings = {baseMs: 100, maxMs: 2000}

describe('backoffMs', () => {
  it('waits a random share of a time that doubles with every failure', () => {
    const waits = [1, 2, 3, 4].map((failureCount) => backoffMs(failureCount, settings, () => 0.5))

    expect(waits).toEqual([50, 100, 200, 400])
  })

  it('never waits longer than the upper bound', () => {
    expect(backoffMs(60, settings, () => 0.999)).toBe(1998)
  })

  it('stays within its bounds for any failure count and any random number', () => {
    fc.assert(
      fc.property(
        fc.integer({min: 1, max: 5000}),
        fc.double({min: 0, max: 1, maxExcluded: true, noNaN: true}),
        (n, r) => {
          const waitMs = backoffMs(n, settings, () => r)
          return waitMs >= 0 && waitMs < 2000
        },
      ),
    )
  })
})
