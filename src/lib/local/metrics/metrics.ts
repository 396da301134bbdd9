import type {Clock} from '../clock'
import type {Store} from '../store'
import {WriteBehind} from '../write-behind'
import type {Bucket} from './bucket'
import {MetricRows} from './metric-rows'
import {minuteMs, Series, type Dimension, type MetricName} from './series'
import {unitOf} from './units'

/** How long values are kept. CloudWatch keeps values of a minute that long, and coarser ones of the same longer. */
export const keptMs = 15 * 24 * 60 * minuteMs

/** How often values that are older than `keptMs` are removed. */
const cleanEveryMs = 60 * minuteMs

/** What a meter counts for: a namespace and the values of its dimensions, in the order of their names. */
export interface MeterPlace {
  region: string
  namespace: string
  dimensions: readonly Dimension[]
}

/** Counts metrics of one place. Keep it where there is much to count; it costs a look-up to get one. */
export interface Meter {
  /** `times` samples of `value` (1 unless said otherwise) at the moment `at`, milliseconds since 1970. */
  count(metric: string, value: number, at: number, times?: number): void
}

/**
 * The endpoint's metrics, by minutes of its clock. Counting is a few additions in memory; what has changed goes to disk every few
 * seconds and when the endpoint closes.
 */
export class Metrics {
  private readonly rows: MetricRows
  private readonly meters = new Map<string, Meter>()
  private readonly changed = new Set<Series>()
  private loaded: Map<string, Series> | undefined
  private lastId = 0
  private readonly behind: WriteBehind
  private cleanedAt = 0

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    log: (line: string) => void,
  ) {
    this.rows = new MetricRows(store)
    this.behind = new WriteBehind({clock, write: () => this.write(), what: 'metrics', log})
  }

  /** The meter of a place; the same one for the same place. */
  meter(place: MeterPlace): Meter {
    const key = JSON.stringify([place.region, place.namespace, place.dimensions])
    let meter = this.meters.get(key)
    if (!meter) this.meters.set(key, (meter = this.newMeter(place)))
    return meter
  }

  /** Adds values that are summed up already (PutMetricData). */
  add(name: MetricName, values: Readonly<Bucket>, at: number): void {
    const series = this.seriesOf(name)
    series.add(values, at)
    this.note(series)
  }

  /** The metrics of a region that have values from `sinceMs` on, in the order of their names. */
  list(region: string, sinceMs = this.clock.now() - keptMs): Series[] {
    return [...this.all()]
      .filter(([, {name, lastAt}]) => name.region === region && lastAt >= sinceMs)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, series]) => series)
  }

  /** The minutes of a series from `fromMs` (inclusive) to `toMs` (exclusive), in the order of time. */
  read(series: Series, fromMs: number, toMs: number): {at: number; bucket: Readonly<Bucket>}[] {
    const from = Math.ceil(Math.max(fromMs, this.clock.now() - keptMs) / minuteMs)
    const to = Math.ceil(toMs / minuteMs)
    const found = new Map<number, Readonly<Bucket>>()
    for (const {minute, bucket} of this.rows.buckets(series.id, from, to)) found.set(minute, bucket)
    for (const [minute, bucket] of series.inMemory()) {
      if (minute >= from && minute < to) found.set(minute, bucket)
    }
    return [...found].sort(([a], [b]) => a - b).map(([minute, bucket]) => ({at: minute * minuteMs, bucket}))
  }

  /** Resolves once all that has been counted is on disk. */
  async flush(): Promise<void> {
    await this.behind.flush()
  }

  private newMeter(place: MeterPlace): Meter {
    const known = new Map<string, Series>()
    return {
      count: (metric, value, at, times = 1) => {
        let series = known.get(metric)
        if (!series) known.set(metric, (series = this.seriesOf({...place, metric, unit: unitOf(metric)})))
        series.count(value, at, times)
        this.note(series)
      },
    }
  }

  private note(series: Series): void {
    this.changed.add(series)
    this.behind.arm()
  }

  private async write(): Promise<void> {
    const changed = [...this.changed]
    this.changed.clear()
    if (changed.length === 0) return
    const now = this.clock.now()
    const old = this.tooOld(now)
    await this.store.batch(() => {
      for (const series of changed) {
        this.rows.putSeries(series.id, series.name, series.lastAt)
        for (const {minute, bucket} of series.takeChanged()) this.rows.putBucket(series.id, minute, bucket)
      }
      for (const key of old) this.rows.deleteBucket(key)
    })
    for (const series of changed) series.letGo(Math.floor(now / minuteMs))
  }

  /** The rows to remove, looked for once an hour. */
  private tooOld(now: number): string[] {
    if (now - this.cleanedAt < cleanEveryMs) return []
    this.cleanedAt = now
    const oldest = Math.floor((now - keptMs) / minuteMs)
    return [...this.all().values()].flatMap(({id}) => this.rows.keysBefore(id, oldest))
  }

  private seriesOf(name: MetricName): Series {
    const key = keyOf(name)
    let series = this.all().get(key)
    if (!series) {
      this.lastId += 1
      series = this.newSeries(String(this.lastId).padStart(8, '0'), name)
      this.all().set(key, series)
    }
    return series
  }

  private all(): Map<string, Series> {
    if (this.loaded) return this.loaded
    this.loaded = new Map()
    for (const {id, name, lastAt} of this.rows.series()) {
      const series = this.newSeries(id, name)
      series.lastAt = lastAt
      this.loaded.set(keyOf(name), series)
      this.lastId = Number(id)
    }
    return this.loaded
  }

  private newSeries(id: string, name: MetricName): Series {
    return new Series(id, name, (minute) => this.rows.bucket(id, minute))
  }
}

function keyOf({region, namespace, metric, dimensions, unit}: MetricName): string {
  return JSON.stringify([region, namespace, metric, dimensions.map(({name, value}) => [name, value]), unit])
}
