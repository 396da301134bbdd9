/** How rows are drawn: data that stands beside their columns. `render` draws it, as SVG or for a terminal. */
export type Chart = BarChart | DayChart

/** The numbers of all rows have one unit and share a scale; a row without a number is not drawn. */
interface AnyChart {
  title: string
  /** Key of a text whose values are drawn apart, because their numbers do not compare: the currency. */
  apartBy?: string
}

/** A bar for each name, longest first. */
export interface BarChart extends AnyChart {
  kind: 'bars'
  /** Keys of the texts that name a bar. */
  names: readonly string[]
  /** Keys of the numbers: one bar for each, beside each other. */
  values: readonly string[]
  /** Key of the number that says the order, largest first; not given, the first one. */
  by?: string
  /** What becomes of the names beyond the first fifteen: one bar that is their sum (as rows of one name are), or a sentence. */
  rest: 'sum' | 'leave'
  /** What stands in place of a bar whose number is missing; not given, such rows are not drawn. */
  missing?: string
}

/** A column for each day between the first and the last one; days of one date are summed, and long times are drawn by week or month. */
export interface DayChart extends AnyChart {
  kind: 'days'
  /** Key of the day, `2026-11-28`. */
  day: string
  /** Key of the number. */
  value: string
  /** Sizes are written as kB, MB, GB. */
  isBytes?: boolean
}
