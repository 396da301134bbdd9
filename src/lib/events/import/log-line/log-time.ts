import {parseIso} from '../../../core/time'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const TIME = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/

/** Milliseconds since 1970 of an access log's time, `17/May/2015:10:05:03 +0200`; undefined where it is none. */
export function parseLogTime(text: string): number | undefined {
  const parts = TIME.exec(text)
  if (!parts) return undefined
  const [day, year, hour, minute, second] = [1, 3, 4, 5, 6].map((i) => Number(parts[i])) as [
    number,
    ...number[],
  ]
  const month = months.indexOf(parts[2] ?? '')
  const local = new Date(Date.UTC(year ?? 0, month, day, hour, minute, second))
  // A day or an hour that does not exist would be carried over into the next one.
  if (
    month === -1 ||
    local.getUTCDate() !== day ||
    (hour ?? 0) > 23 ||
    (minute ?? 0) > 59 ||
    (second ?? 0) > 60
  )
    return undefined
  const offsetMinutes = Number(parts[8]) * 60 + Number(parts[9])
  return local.getTime() - (parts[7] === '-' ? -1 : 1) * offsetMinutes * 60_000
}

/** Milliseconds since 1970 of an ISO-8601 time with a zone, as machines write it; undefined where it is none. */
export function parseIsoTime(text: string): number | undefined {
  const parts = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:?\d\d)$/.exec(text)
  if (!parts) return undefined
  const [, date = '', time = '', zone = ''] = parts
  // To the nanosecond, finer than which no time is read.
  return parseIso(`${date}T${time.slice(0, 'hh:mm:ss.123456789'.length)}${zone}`)
}
