/**
 * What stands in a column: `text` (of anybody, so hostile), `integer` (exact, of any size), `decimal` (an integer or a
 * decimal string), `money` (a decimal string with the currency's minor units), `time` (ISO-8601, UTC).
 */
export type ColumnType = 'text' | 'integer' | 'decimal' | 'money' | 'time'

/** One column of a list or report. Its `key` is the key in the rows; without a value in a row the cell is empty. */
export interface Column {
  key: string
  header: string
  /** What the numbers count: `ms`, `bytes`, `EUR`. */
  unit?: string
  /** When not given, numbers stand right and everything else left. */
  align?: 'left' | 'right'
  type: ColumnType
}

/** A row as the `--json` answer has it: a key without a value is missing. */
export type Row = Readonly<Record<string, string | number | bigint | boolean | undefined>>

/** The row into which a limit folds the rest. */
export const others = '(others)'
