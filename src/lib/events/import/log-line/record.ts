import {isExactNumber} from '../../../core/json'
import {known, statusOf, type LogLine} from './log-line'
import {parseIsoTime, parseLogTime} from './log-time'
import {durationKeys, recordKeys, timeKeys} from './record-keys'
import {parseRequest, parseTarget} from './request-line'

type LogRecord = Readonly<Record<string, unknown>>

/** Members of a line that a mapping may say the name of. */
export const recordFields = [
  ...['time', 'durationMs', 'address', 'user', 'method', 'path', 'query', 'route', 'host'],
  ...['status', 'requestSizeBytes', 'responseSizeBytes', 'referer', 'userAgent'],
] as const

/** Where a log has its members under names of its own: `{status: response.code}`. Points lead into objects. */
export type RecordNames = Readonly<Record<string, string>>

/** Reads a line that has names; undefined where it has no time. */
export function lineOfRecord(record: LogRecord, names: RecordNames = {}): LogLine | undefined {
  const values = new Values(record, names)
  const at = timeOf(values)
  if (at === undefined) return undefined
  const {route, target, request} = values
  return known<LogLine>({
    ...parseRequest(request ?? ''),
    ...(target === undefined ? {} : parseTarget(target)),
    ...known({host: values.text('host'), method: values.text('method'), query: values.text('query'), route}),
    at,
    address: values.text('address'),
    user: values.text('user'),
    status: statusOf(values.text('status')),
    requestSizeBytes: values.count('requestSizeBytes'),
    responseSizeBytes: values.count('responseSizeBytes'),
    durationMs: durationOf(values),
    referer: values.text('referer'),
    userAgent: values.text('userAgent'),
    record,
  })
}

/** The values of a record under the names that its log may give them. */
class Values {
  private readonly byPlainName: ReadonlyMap<string, unknown>

  constructor(
    private readonly record: LogRecord,
    readonly names: RecordNames,
  ) {
    this.byPlainName = new Map(Object.entries(record).map(([name, value]) => [plainName(name), value]))
  }

  /** The value under a name that the mapping says. */
  named(field: string): string | undefined {
    const name = this.names[field]
    return name === undefined ? undefined : textOf(valueAt(this.record, name))
  }

  under(plain: string): string | undefined {
    return textOf(this.byPlainName.get(plain))
  }

  text(field: Exclude<keyof typeof recordKeys, 'target' | 'request'>): string | undefined {
    if (this.names[field] !== undefined) return this.named(field)
    return firstOf(recordKeys[field], (key) => this.under(key))
  }

  count(field: 'requestSizeBytes' | 'responseSizeBytes'): number | undefined {
    const text = this.text(field)
    return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
  }

  get target(): string | undefined {
    return this.named('path') ?? firstOf(recordKeys.target, (key) => this.under(key))
  }

  get request(): string | undefined {
    return firstOf(recordKeys.request, (key) => this.under(key))
  }

  /** HTTP APIs of API Gateway write `GET /orders/{id}` or `$default`. */
  get route(): string | undefined {
    const [, path] = /^(?:[A-Z]+ )?(\/.*)$/.exec(this.text('route') ?? '') ?? []
    return path
  }
}

function timeOf(values: Values): number | undefined {
  if (values.names['time'] !== undefined) return readTime(values.named('time') ?? '')
  const date = values.under('date')
  const ofDay = values.under('time')
  // CloudFront has the day and the time of day, both UTC.
  if (date !== undefined && ofDay !== undefined) return parseIsoTime(`${date}T${ofDay}Z`)
  return firstOf(timeKeys, ([key, unitMs]) => readTime(values.under(key) ?? '', unitMs))
}

/** Numbers from 10^11 on are milliseconds since 1970, those from 10^8 on seconds: both mean years from 1973 on. */
function readTime(text: string, unitMs?: number): number | undefined {
  if (!/^\d+(\.\d+)?$/.test(text)) return parseIsoTime(text) ?? parseLogTime(text)
  const value = Number(text)
  const unit = unitMs ?? (value >= 1e11 ? 1 : 1000)
  return value * unit >= 1e11 && value * unit < 1e14 ? Math.floor(value * unit) : undefined
}

function durationOf(values: Values): number | undefined {
  if (values.names['durationMs'] !== undefined) return toMs(values.named('durationMs'), 1)
  return firstOf(durationKeys, ([key, unitMs]) => toMs(values.under(key), unitMs))
}

function toMs(text: string | undefined, unitMs: number): number | undefined {
  if (text === undefined || !/^\d+(\.\d+)?$/.test(text)) return undefined
  return Math.round(Number(text) * unitMs * 1000) / 1000
}

function firstOf<K, V>(keys: readonly K[], find: (key: K) => V | undefined): V | undefined {
  for (const key of keys) {
    const value = find(key)
    if (value !== undefined) return value
  }
  return undefined
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/** The value under a name, or under its parts one in another. */
export function valueAt(record: LogRecord, name: string): unknown {
  if (Object.hasOwn(record, name)) return record[name]
  return name.split('.').reduce<unknown>((value, part) => {
    const isObject = typeof value === 'object' && value !== null
    return isObject && Object.hasOwn(value, part) ? (value as LogRecord)[part] : undefined
  }, record)
}

/** A value as text; undefined for none, `-`, and what is neither text nor a number. */
export function textOf(value: unknown): string | undefined {
  if (isExactNumber(value)) return String(value)
  return typeof value === 'string' && value !== '' && value !== '-' ? value : undefined
}
