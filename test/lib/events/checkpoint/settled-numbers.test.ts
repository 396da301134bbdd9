import fc from '../../../_helpers/properties'
import {SettledNumbers, spansOf} from '../../../../src/lib/events/checkpoint/settled-numbers'

describe('SettledNumbers', () => {
  it('is a set, whatever is added in whatever order', () => {
    const span = fc
      .tuple(fc.nat(60), fc.integer({min: 1, max: 12}))
      .map(([from, size]) => [from, from + size])
    fc.assert(
      fc.property(fc.array(span as fc.Arbitrary<[number, number]>), (spans) => {
        const numbers = new SettledNumbers()
        const set = new Set<number>()
        for (const [from, to] of spans) {
          numbers.add([from, to])
          for (let i = from; i < to; i++) set.add(i)
        }

        expect(numbers.count).toBe(set.size)
        for (let i = 0; i < 80; i++) expect(numbers.has(i)).toBe(set.has(i))
        expect(numbers.toSpans()).toEqual(spansOf([...set]))
      }),
    )
  })

  it('stays one span while it fills up', () => {
    const numbers = new SettledNumbers()
    for (let i = 0; i < 1000; i += 10) numbers.add([i, i + 10])

    expect(numbers.toSpans()).toEqual([[0, 1000]])
  })
})
