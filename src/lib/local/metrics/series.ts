import {addToBucket, emptyBucket, type Bucket} from './bucket'

export interface Dimension {
  name: string
  value: string
}

/** A metric as CloudWatch tells it from others: values of two units are two series under one name. */
export interface MetricName {
  region: string
  namespace: string
  metric: string
  /** In the order of their names. */
  dimensions: readonly Dimension[]
  unit: string
}

export const minuteMs = 60_000

interface OpenBucket extends Bucket {
  /** Holds what is not on disk yet. */
  changed: boolean
}

/** The values of one metric: minutes that are being written in memory, whole ones on disk. */
export class Series {
  /** The latest moment that it has a value of. */
  lastAt = 0
  private readonly open = new Map<number, OpenBucket>()
  private currentMinute = -1
  private current: OpenBucket | undefined

  constructor(
    /** Its place among the rows. */
    readonly id: string,
    readonly name: MetricName,
    private readonly stored: (minute: number) => Bucket | undefined,
  ) {}

  /** Adds `times` samples of `value`. This is on the way of every event, so it makes nothing new within a minute. */
  count(value: number, at: number, times: number): void {
    const bucket = this.at(at)
    bucket.sum += value * times
    bucket.count += times
    if (value < bucket.min) bucket.min = value
    if (value > bucket.max) bucket.max = value
  }

  add(more: Readonly<Bucket>, at: number): void {
    addToBucket(this.at(at), more)
  }

  /** What is in memory: the whole bucket of each such minute. */
  inMemory(): ReadonlyMap<number, Readonly<Bucket>> {
    return this.open
  }

  /** The minutes that are not on disk as they are in memory; the caller writes them. */
  takeChanged(): {minute: number; bucket: Bucket}[] {
    const changed: {minute: number; bucket: Bucket}[] = []
    for (const [minute, bucket] of this.open) {
      if (!bucket.changed) continue
      bucket.changed = false
      changed.push({minute, bucket})
    }
    return changed
  }

  /** Forgets the minutes that are on disk and over. */
  letGo(nowMinute: number): void {
    for (const [minute, bucket] of this.open) {
      if (bucket.changed || minute >= nowMinute) continue
      this.open.delete(minute)
      if (minute === this.currentMinute) this.currentMinute = -1
    }
  }

  private at(at: number): OpenBucket {
    const minute = Math.floor(at / minuteMs)
    if (at > this.lastAt) this.lastAt = at
    if (minute !== this.currentMinute || !this.current) {
      this.current = this.openMinute(minute)
      this.currentMinute = minute
    }
    this.current.changed = true
    return this.current
  }

  private openMinute(minute: number): OpenBucket {
    let bucket = this.open.get(minute)
    if (!bucket) {
      bucket = {...(this.stored(minute) ?? emptyBucket()), changed: false}
      this.open.set(minute, bucket)
    }
    return bucket
  }
}
