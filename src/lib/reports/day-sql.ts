import {dayMs, formatDay} from '../core/time'
import type {TimeRange} from '../core/time'
import {startOfDate, toWall} from '../core/zone'
import {toSqlTime} from './define-report'

/** Days of one length that follow each other: the date is that of the time and so many seconds more. */
interface Stretch {
  /** The moment at which it ends. */
  end: number
  sql: string
}

/**
 * SQL for the date, `2026-11-01`, of a timestamp (UTC) within the range, by the clocks of a time zone. Clocks go wrong by the hour only where they change, so a
 * range has few stretches; the day of a change, which has 23 or 25 hours, is one by itself. For both engines. Pure.
 */
export function daySql(time: string, {from, to}: TimeRange, zone: string): string {
  const stretches: Stretch[] = []
  const first = Math.floor(toWall(from, zone) / dayMs)
  const last = Math.floor(toWall(to, zone) / dayMs)
  for (let day = first; day <= last; day += 1) {
    const start = startOfDate(formatDay(day * dayMs), zone)
    const end = startOfDate(formatDay((day + 1) * dayMs), zone)
    const sql = end - start === dayMs ? shifted(time, day * dayMs - start) : `'${formatDay(day * dayMs)}'`
    const before = stretches.at(-1)
    if (before?.sql === sql) before.end = end
    else stretches.push({end, sql})
  }
  const rest = stretches.pop()?.sql ?? shifted(time, 0)
  if (stretches.length === 0) return rest
  const whens = stretches.map(
    ({end, sql}) => `WHEN ${time} < CAST('${toSqlTime(end)}' AS TIMESTAMP) THEN ${sql}`,
  )
  return `CASE ${whens.join(' ')} ELSE ${rest} END`
}

function shifted(time: string, ms: number): string {
  const seconds = Math.abs(ms) / 1000
  const moved = ms === 0 ? time : `${time} ${ms < 0 ? '-' : '+'} INTERVAL '${seconds}' SECOND`
  return `CAST(CAST(${moved} AS DATE) AS VARCHAR)`
}
