import type {Chart} from '../../core/chart'
import type {Row} from '../../core/column'

/** The rows of each chart: all of them in one, or those of each value of `apartBy`, which stands in the title. Rows without any of the numbers make no chart. */
export function apart(
  {title, apartBy}: Chart,
  rows: readonly Row[],
  values: readonly string[],
): {title: string; rows: Row[]}[] {
  const found = new Map<string, Row[]>()
  for (const row of rows) {
    const value = apartBy === undefined ? '' : String(row[apartBy] ?? '')
    found.set(value, [...(found.get(value) ?? []), row])
  }
  return [...found]
    .filter(([, own]) => own.some((row) => values.some((key) => row[key] !== undefined)))
    .map(([value, own]) => ({title: value === '' ? title : `${title} (${value})`, rows: own}))
}
