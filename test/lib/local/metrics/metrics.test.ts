import fc, {runs} from '../../../_helpers/properties'
import {rmSync} from 'node:fs'
import {Clock} from '../../../../src/lib/local/clock'
import {Metrics} from '../../../../src/lib/local/metrics/metrics'
import {Store} from '../../../../src/lib/local/store'
import {temporaryFolder} from '../../../_helpers/endpoint'

const minute = 60_000
const start = Date.UTC(2026, 10, 22, 10, 0, 30)
const place = {
  region: 'eu-west-1',
  namespace: 'AWS/Firehose',
  dimensions: [{name: 'DeliveryStreamName', value: 's'}],
}

describe('metrics', () => {
  const folder = temporaryFolder()
  let store: Store
  let clock: Clock
  let metrics: Metrics

  const open = (offsetMs = 0) => {
    store = new Store(folder)
    clock = new Clock(() => start, offsetMs)
    metrics = new Metrics(store, clock, () => undefined)
  }

  /** As after a kill: what is in memory alone is gone. */
  const reopen = async () => {
    const {offset} = clock
    clock.stop()
    await store.close()
    open(offset)
  }

  beforeEach(() => {
    rmSync(folder, {recursive: true, force: true})
    open()
  })

  afterEach(async () => {
    clock.stop()
    await metrics.flush()
    await store.close()
  })

  const count = (value = 1, metric = 'IncomingRecords') =>
    metrics.meter(place).count(metric, value, clock.now())

  const buckets = () =>
    metrics.list('eu-west-1').flatMap((series) =>
      metrics.read(series, 0, Number.MAX_SAFE_INTEGER).map(({at, bucket}) => {
        const {sum, count: samples, min, max} = bucket
        return [series.name.metric, (at + 30_000 - start) / minute, sum, samples, min, max]
      }),
    )

  it('can be read at once', () => {
    count(2)
    count(5)

    expect(buckets()).toEqual([['IncomingRecords', 0, 7, 2, 2, 5]])
  })

  it('write themselves to disk within five seconds of the clock', async () => {
    count()
    clock.advance(4999)
    await reopen()
    const tooEarly = buckets()
    count()
    clock.advance(5000)
    // A commit is on disk when the one after it is.
    await store.batch(() => undefined)
    await store.batch(() => undefined)
    await reopen()

    expect(tooEarly).toEqual([])
    expect(buckets()).toEqual([['IncomingRecords', 0, 1, 1, 1, 1]])
  })

  it('count on in a minute that is on disk', async () => {
    count(4)
    await metrics.flush()
    await reopen()
    count(1)
    await metrics.flush()
    await reopen()

    expect(buckets()).toEqual([['IncomingRecords', 0, 5, 2, 1, 4]])
  })

  it('know units of their own, and one series a place and metric', () => {
    count(1, 'IncomingBytes')
    count(1, 'IncomingBytes')
    count(1, 'DeliveryToS3.DataFreshness')

    expect(metrics.list('eu-west-1').map(({name}) => [name.metric, name.unit])).toEqual([
      ['DeliveryToS3.DataFreshness', 'Seconds'],
      ['IncomingBytes', 'Bytes'],
    ])
  })

  it('are removed from the disk after fifteen days', async () => {
    const rows = () => [...store.collection('metrics/minutes').list()].length
    count()
    await metrics.flush()
    clock.advance(15 * 24 * 60 * minute - minute)
    count()
    await metrics.flush()
    const both = rows()
    clock.advance(62 * minute)
    count()
    await metrics.flush()

    expect(both).toBe(2)
    expect(rows()).toBe(2)
    expect(buckets().map(([, at]) => at)).toEqual([21_599, 21_661])
  })

  it('lose nothing and count nothing twice, however writes and restarts fall between', async () => {
    const step = fc.oneof(
      {weight: 4, arbitrary: fc.integer({min: 0, max: 9}).map((value) => ({value}))},
      fc.constantFrom({flush: true}, {wait: 2000}, {wait: 45_000}, {restart: true}),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, {maxLength: 25}), async (steps) => {
        rmSync(folder, {recursive: true, force: true})
        clock.stop()
        await store.close()
        open()
        const expected = new Map<number, number[]>()
        for (const one of steps) {
          if ('value' in one) {
            count(one.value)
            const at = Math.floor((clock.now() - start + 30_000) / minute)
            expected.set(at, [...(expected.get(at) ?? []), one.value])
          } else if ('wait' in one) clock.advance(one.wait)
          else await metrics.flush()
          if ('restart' in one) await reopen()
        }

        expect(buckets()).toEqual(
          [...expected].map(([at, values]) => [
            'IncomingRecords',
            at,
            values.reduce((sum, value) => sum + value, 0),
            values.length,
            Math.min(...values),
            Math.max(...values),
          ]),
        )
      }),
      {numRuns: runs(15, 40)},
    )
  })
})
