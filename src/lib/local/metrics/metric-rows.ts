import type {Collection, Store} from '../store'
import type {Bucket} from './bucket'
import type {MetricName} from './series'

interface SeriesRow extends MetricName {
  lastAt: number
}

type BucketRow = [sum: number, count: number, min: number, max: number]

/**
 * Metrics on disk: a row for each series by its id, and one for each minute of it. The tables are opened when there is something
 * to count, so that an endpoint that lives for one command starts at once.
 */
export class MetricRows {
  constructor(private readonly store: Store) {}

  *series(): Iterable<{id: string; name: MetricName; lastAt: number}> {
    for (const {key, value} of this.seriesRows.list()) {
      const {lastAt, ...name} = value
      yield {id: key, name, lastAt}
    }
  }

  bucket(id: string, minute: number): Bucket | undefined {
    const row = this.bucketRows.get(keyOf(id, minute))
    return row && toBucket(row)
  }

  /** The minutes of a series from `from` (inclusive) to `to` (exclusive), in their order. */
  *buckets(id: string, from: number, to: number): Iterable<{minute: number; bucket: Bucket}> {
    for (const {key, value} of this.bucketRows.list(`${id}|`, keyOf(id, from - 1))) {
      const minute = Number(key.slice(key.indexOf('|') + 1))
      if (minute >= to) return
      yield {minute, bucket: toBucket(value)}
    }
  }

  /** The keys of a series' minutes before `minute`. */
  keysBefore(id: string, minute: number): string[] {
    const keys: string[] = []
    for (const {key} of this.bucketRows.list(`${id}|`)) {
      if (key >= keyOf(id, minute)) break
      keys.push(key)
    }
    return keys
  }

  /** Only inside `Store.batch`. */
  putSeries(id: string, name: MetricName, lastAt: number): void {
    this.seriesRows.put(id, {...name, lastAt})
  }

  /** Only inside `Store.batch`. */
  putBucket(id: string, minute: number, {sum, count, min, max}: Readonly<Bucket>): void {
    this.bucketRows.put(keyOf(id, minute), [sum, count, min, max])
  }

  /** Only inside `Store.batch`. */
  deleteBucket(key: string): void {
    this.bucketRows.delete(key)
  }

  private get seriesRows(): Collection<SeriesRow> {
    return this.store.collection('metrics/series')
  }

  private get bucketRows(): Collection<BucketRow> {
    return this.store.collection('metrics/minutes')
  }
}

function keyOf(id: string, minute: number): string {
  return `${id}|${String(minute).padStart(10, '0')}`
}

function toBucket([sum, count, min, max]: BucketRow): Bucket {
  return {sum, count, min, max}
}
