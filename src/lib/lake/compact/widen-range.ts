import {layout} from '../../road/layout'
import type {LakeDeps, LakePlace} from './lake-deps'
import {readTable} from '../replace-view'
import {updateTable} from '../update-table'

const property = 'projection.dt.range'

/**
 * Makes the projected range of the curated table take in days that lie outside it, which queries would not see. `NOW` stands for itself; an end in the
 * future is a day of its own. Answers the new range, or undefined where the days are in the range. Throws what Glue refuses.
 */
export async function widenRange(
  deps: LakeDeps,
  place: LakePlace,
  days: readonly string[],
): Promise<string | undefined> {
  const table = await readTable(deps.glue, place.database, layout.curatedTable)
  const [first = '', last = ''] = (table?.Parameters?.[property] ?? '').split(',')
  const range = widened({first, last}, days, deps.now())
  if (!table || range === undefined) return undefined
  const Parameters = {...table.Parameters, [property]: range}
  await updateTable(deps.glue, place.database, {...table, Parameters})
  return range
}

/** The range that takes in the days, or undefined where the given one does. Days are `YYYY-MM-DD`; `last` may be `NOW+1YEAR`. */
export function widened(
  {first, last}: {first: string; last: string},
  days: readonly string[],
  now: number,
): string | undefined {
  const known = days.filter((day) => /^\d{4}-\d{2}-\d{2}$/.test(day)).sort()
  const [earliest, latest] = [known[0], known.at(-1)]
  if (earliest === undefined || latest === undefined) return undefined
  const newFirst = earliest < first ? earliest : first
  const newLast = latest > lastDayOf(last, now) ? latest : last
  return newFirst === first && newLast === last ? undefined : `${newFirst},${newLast}`
}

/** A day of the range's end; a year less than it may be is only widened too early. */
function lastDayOf(last: string, now: number): string {
  if (!last.startsWith('NOW')) return last
  const years = Number(/^NOW\+(\d+)YEARS?$/.exec(last)?.[1] ?? 0)
  const date = new Date(now)
  date.setUTCFullYear(date.getUTCFullYear() + years)
  return date.toISOString().slice(0, 10)
}
