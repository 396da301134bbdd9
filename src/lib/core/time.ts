import {OpError} from './errors'
import {fromWall, toWall} from './zone'

/** A range of time: `from` belongs to it, `to` does not. Milliseconds since 1970, UTC. */
export interface TimeRange {
  from: number
  to: number
}

const secondMs = 1000
const minuteMs = 60 * secondMs
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: secondMs,
  m: minuteMs,
  h: hourMs,
  d: dayMs,
  w: 7 * dayMs,
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const DATE_TIME =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|z|[+-]\d{2}:?\d{2})?$/
const AGO = /^-(\d{1,6})(ms|[smhdw])$/

/** ISO-8601 in UTC with milliseconds: `2026-11-01T00:00:00.000Z`. */
export function formatTime(ms: number): string {
  return new Date(ms).toISOString()
}

/** For a person: `2026-11-28 16:50:12.345 UTC` of an ISO-8601 time in UTC, and the day alone where it begins. */
export function plainTime(iso: string): string {
  return iso
    .replace(/T00:00:00(\.0+)?Z$/, '')
    .replace(/T(\d{2}:\d{2}:\d{2})(?:\.0+Z|(\.\d+)?Z)$/, ' $1$2 UTC')
}

/** The day in UTC, as the partition `dt` is written: `2026-11-01`. */
export function formatDay(ms: number): string {
  return formatTime(ms).slice(0, 10)
}

/** The first moment of the day in UTC. */
export function startOfDay(ms: number): number {
  return Math.floor(ms / dayMs) * dayMs
}

/** The first moment of the month in UTC, `shift` months later (earlier where negative). */
export function startOfMonth(ms: number, shift = 0): number {
  const date = new Date(ms)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + shift, 1)
}

/**
 * A moment as `--from` and `--to` take it: an ISO date (its first moment), an ISO date-time (of the zone where it has no
 * offset), `now`, `today`, `yesterday` (their first moment), or a time before `now`: `-7d`, `-12h`, `-30m`, `-2w`, `-90s`.
 * Days begin when they do in `zone`, a time zone by `isTimeZone`. Returns milliseconds since 1970. Throws BAD_TIME (usage).
 */
export function parseTime(text: string, now: number, zone = 'UTC'): number {
  const word = text.trim()
  if (word === 'now') return now
  if (word === 'today') return fromWall(startOfDay(toWall(now, zone)), zone)
  if (word === 'yesterday') return fromWall(startOfDay(toWall(now, zone)) - dayMs, zone)
  const ago = AGO.exec(word)
  if (ago) return now - Number(ago[1]) * (unitMs[ago[2] ?? ''] ?? 0)
  const moment = parseIso(word)
  if (moment !== undefined) return hasOffset(word) ? moment : fromWall(moment, zone)
  throw new OpError('usage', 'BAD_TIME', `"${text}" is not a time.`, {
    hint: 'Write a date (2026-11-01), a date-time (2026-11-01T12:00:00Z), now, today, yesterday, or a time ago (-7d, -12h, -30m, -2w).',
  })
}

/** Milliseconds of an ISO date or date-time (UTC where it has no offset); undefined where the text is none or names a day or hour that does not exist. */
export function parseIso(text: string): number | undefined {
  const parts = DATE.exec(text) ?? DATE_TIME.exec(text)
  if (!parts) return undefined
  const part = (i: number) => Number(parts[i] ?? 0)
  const ms = Number((parts[7] ?? '').slice(0, 3).padEnd(3, '0'))
  const utc = Date.UTC(part(1), part(2) - 1, part(3), part(4), part(5), part(6), ms)
  // `Date.UTC` carries what is too large into the next field (30 February becomes 2 March): such text names no moment.
  const [year, month, day] = formatDay(utc).split('-').map(Number)
  const carried = year !== part(1) || month !== part(2) || day !== part(3)
  if (carried || part(4) > 23 || part(5) > 59 || part(6) > 59) return undefined
  const offset = parseOffset(parts[8] ?? 'Z')
  return offset === undefined ? undefined : utc - offset
}

function hasOffset(text: string): boolean {
  return DATE_TIME.exec(text)?.[8] !== undefined
}

function parseOffset(text: string): number | undefined {
  if (/^z$/i.test(text)) return 0
  const hours = Number(text.slice(1, 3))
  const minutes = Number(text.slice(-2))
  if (hours > 23 || minutes > 59) return undefined
  return (text.startsWith('-') ? -1 : 1) * (hours * hourMs + minutes * minuteMs)
}

/** A whole month of the zone as `--month` takes it: `2026-11`, `this`, `last`. Throws BAD_TIME (usage). */
export function parseMonth(text: string, now: number, zone = 'UTC'): TimeRange {
  const word = text.trim()
  const wall = toWall(now, zone)
  const start = word === 'this' ? startOfMonth(wall) : word === 'last' ? startOfMonth(wall, -1) : undefined
  const parts = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(word)
  const from = start ?? (parts ? Date.UTC(Number(parts[1]), Number(parts[2]) - 1, 1) : undefined)
  if (from === undefined) {
    throw new OpError('usage', 'BAD_TIME', `"${text}" is not a month.`, {
      hint: 'Write a month as 2026-11, or this, or last.',
    })
  }
  return {from: fromWall(from, zone), to: fromWall(startOfMonth(from, 1), zone)}
}

/**
 * The range that `--from`, `--to` and `--month` mean together. `to` is now where it is not given; `from` is the start of
 * the month in which the range ends. So nothing given is this month so far. Days and months are those of `zone`. Throws BAD_TIME (usage) where `--month` stands
 * beside one of the others, and where the range is empty or turned round.
 */
export function parseRange(
  given: {from?: string | undefined; to?: string | undefined; month?: string | undefined},
  now: number,
  zone = 'UTC',
): TimeRange {
  if (given.month !== undefined) {
    if (given.from !== undefined || given.to !== undefined) {
      throw new OpError('usage', 'BAD_TIME', '--month stands for a range of its own.', {
        hint: 'Give --month, or --from and --to.',
      })
    }
    return parseMonth(given.month, now, zone)
  }
  const to = given.to === undefined ? now : parseTime(given.to, now, zone)
  const from =
    given.from === undefined
      ? fromWall(startOfMonth(toWall(to - 1, zone)), zone)
      : parseTime(given.from, now, zone)
  if (from >= to) {
    throw new OpError(
      'usage',
      'BAD_TIME',
      `The range is empty: it would start at ${formatTime(from)} and end before ${formatTime(to)}.`,
      {hint: 'Let --from name an earlier time than --to. --to itself is not part of the range.'},
    )
  }
  return {from, to}
}

/**
 * Milliseconds of a duration: `15m`, `24h`, `90s`, `500ms`, `7d`, `2w`, or several together as `1h30m`.
 * Throws BAD_TIME (usage).
 */
export function parseDuration(text: string): number {
  const word = text.trim()
  if (!/^(\d{1,9}(ms|[smhdw]))+$/.test(word)) {
    throw new OpError('usage', 'BAD_TIME', `"${text}" is not a duration.`, {
      hint: 'Write a number and a unit: 90s, 15m, 24h, 7d, or several as 1h30m.',
    })
  }
  let total = 0
  for (const [, count, unit] of word.matchAll(/(\d+)(ms|[smhdw])/g)) {
    total += Number(count) * (unitMs[unit ?? ''] ?? 0)
  }
  return total
}
