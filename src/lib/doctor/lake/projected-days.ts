import {formatDay} from '../../core/time'

const units: Readonly<Record<string, (date: Date, count: number) => void>> = {
  YEAR: (date, count) => date.setUTCFullYear(date.getUTCFullYear() + count),
  MONTH: (date, count) => date.setUTCMonth(date.getUTCMonth() + count),
  WEEK: (date, count) => date.setUTCDate(date.getUTCDate() + 7 * count),
  DAY: (date, count) => date.setUTCDate(date.getUTCDate() + count),
  HOUR: (date, count) => date.setUTCHours(date.getUTCHours() + count),
  MINUTE: (date, count) => date.setUTCMinutes(date.getUTCMinutes() + count),
  SECOND: (date, count) => date.setUTCSeconds(date.getUTCSeconds() + count),
}

/**
 * The first and last day of a projection's range, both inclusive, as `2026-11-01`: ends are days, or `NOW` with an offset,
 * `NOW-3YEARS` (Athena, "Supported types for partition projection"). Undefined where the text is no such range.
 */
export function projectedDays(
  range: string | undefined,
  now: number,
): {first: string; last: string} | undefined {
  const ends = (range ?? '').split(',').map((end) => dayOf(end.trim(), now))
  const [first, last] = ends
  return ends.length === 2 && first !== undefined && last !== undefined ? {first, last} : undefined
}

function dayOf(text: string, now: number): string | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text
  const match = /^NOW(?:\s*([+-])\s*(\d+)\s*([A-Z]+?)S?)?$/i.exec(text)
  if (!match) return undefined
  const date = new Date(now)
  const [, sign, count, unit] = match
  if (unit !== undefined) {
    const shift = units[unit.toUpperCase()]
    if (!shift) return undefined
    shift(date, (sign === '-' ? -1 : 1) * Number(count))
  }
  return formatDay(date.getTime())
}
