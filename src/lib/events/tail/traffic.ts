/** What a live view shows of the events of the last while. */
export interface TrafficSummary {
  /** Events since the beginning. */
  eventCount: number
  /** Over the window, or since the beginning where that is shorter. One decimal. */
  eventsPerSecond: number
  /** Of the events in the window that have a status: the share with 500 or more, in percent with one decimal. */
  errorPercent?: number
  /** Of the events in the window that have a duration; by rank, no value in between. */
  p95LatencyMs?: number
  /** Of the window, most calls first. */
  features: {name: string; calls: number}[]
  customers: {name: string; calls: number}[]
}

interface Seen {
  at: number
  feature: string
  customer: string
  status: number | undefined
  durationMs: number | undefined
}

interface UsageDetail {
  feature?: unknown
  customer?: {id?: unknown}
  response?: {status?: unknown}
  durationMs?: unknown
}

/** More events than this in the window, and the oldest are let go: the view is then of a shorter while. */
const keptCount = 50_000
const topCount = 5

/** The traffic of a sliding window of time. */
export class Traffic {
  private seen: Seen[] = []
  private eventCount = 0

  constructor(
    private readonly startedAt: number,
    private readonly windowMs: number,
  ) {}

  /** Takes one event (JSON text of the whole event) that came at a moment, milliseconds since 1970. */
  add(text: string, at: number): void {
    const {detail = {}} = JSON.parse(text) as {detail?: UsageDetail}
    this.eventCount += 1
    this.seen.push({
      at,
      feature: nameOf(detail.feature),
      customer: nameOf(detail.customer?.id),
      status: numberOf(detail.response?.status),
      durationMs: numberOf(detail.durationMs),
    })
    if (this.seen.length > keptCount * 2) this.seen = this.seen.slice(-keptCount)
  }

  summary(now: number): TrafficSummary {
    const since = now - this.windowMs
    this.seen = this.seen.filter(({at}) => at > since).slice(-keptCount)
    const seconds = Math.max(1, Math.min(this.windowMs, now - this.startedAt) / 1000)
    const errorPercent = errorPercentOf(this.seen)
    const p95LatencyMs = p95Of(this.seen.flatMap(({durationMs}) => durationMs ?? []))
    return {
      eventCount: this.eventCount,
      eventsPerSecond: oneDecimal(this.seen.length / seconds),
      ...(errorPercent === undefined ? {} : {errorPercent}),
      ...(p95LatencyMs === undefined ? {} : {p95LatencyMs}),
      features: topOf(this.seen.map(({feature}) => feature)),
      customers: topOf(this.seen.map(({customer}) => customer)),
    }
  }
}

function errorPercentOf(seen: readonly Seen[]): number | undefined {
  const statuses = seen.flatMap(({status}) => status ?? [])
  if (statuses.length === 0) return undefined
  return oneDecimal((statuses.filter((status) => status >= 500).length / statuses.length) * 100)
}

/** The smallest value that at least 95 of 100 do not exceed. */
function p95Of(values: readonly number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1]
}

function topOf(names: readonly string[]): {name: string; calls: number}[] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts]
    .map(([name, calls]) => ({name, calls}))
    .sort((a, b) => b.calls - a.calls || (a.name < b.name ? -1 : 1))
    .slice(0, topCount)
}

/** As the reports call what an event does not name. */
function nameOf(value: unknown): string {
  return typeof value === 'string' && value !== '' ? value : '(none)'
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

function oneDecimal(value: number): number {
  return Math.round(value * 10) / 10
}
