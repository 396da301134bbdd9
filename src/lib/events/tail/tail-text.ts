import type {TrafficSummary} from './traffic'

interface ShownEvent {
  time?: string
  source?: string
  'detail-type'?: string
  detail?: {
    service?: {name?: unknown}
    api?: {method?: unknown; route?: unknown; operation?: unknown}
    customer?: {id?: unknown}
    response?: {status?: unknown}
    durationMs?: unknown
    eventId?: unknown
  }
}

/**
 * An event (JSON text) in one line for a person: time, service or source, what was called, status, duration, customer. An event of
 * another kind shows its detail as it is.
 */
export function eventLine(text: string): string {
  const event = JSON.parse(text) as ShownEvent
  const {detail = {}} = event
  const called = [detail.api?.method, detail.api?.route ?? detail.api?.operation].filter(isText).join(' ')
  if (called === '') {
    return [event.time, event.source, event['detail-type'], JSON.stringify(detail)].filter(isText).join('  ')
  }
  const {status} = detail.response ?? {}
  return [
    event.time,
    detail.service?.name ?? event.source,
    called,
    typeof status === 'number' ? String(status) : undefined,
    typeof detail.durationMs === 'number' ? `${detail.durationMs} ms` : undefined,
    detail.customer?.id,
    detail.eventId,
  ]
    .filter(isText)
    .join('  ')
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

/** The live view, a few lines. */
export function trafficText(summary: TrafficSummary): string {
  const {customers, errorPercent, eventCount, eventsPerSecond, features, p95LatencyMs} = summary
  return [
    `${eventCount} events, ${eventsPerSecond} a second, errors ${known(errorPercent, '%')}, p95 ${known(p95LatencyMs, ' ms')}`,
    ...topLines('features', features),
    ...topLines('customers', customers),
  ].join('\n')
}

function known(value: number | undefined, unit: string): string {
  return value === undefined ? 'not known' : `${value}${unit}`
}

function topLines(title: string, rows: TrafficSummary['features']): string[] {
  if (rows.length === 0) return []
  const width = Math.max(...rows.map(({calls}) => String(calls).length))
  return [`top ${title}`, ...rows.map(({name, calls}) => `  ${String(calls).padStart(width)}  ${name}`)]
}
