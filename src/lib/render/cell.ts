import type {Column, Row} from '../core/column'

/** Whether the column's cells are numbers. */
export function isNumeric(column: Column): boolean {
  return column.type === 'integer' || column.type === 'decimal' || column.type === 'money'
}

/** Where the column's cells stand: as it says itself, else numbers right and everything else left. */
export function alignOf(column: Column): 'left' | 'right' {
  return column.align ?? (isNumeric(column) ? 'right' : 'left')
}

/** The column's header with its unit: `duration (ms)`. */
export function headerOf(column: Column): string {
  return column.unit === undefined ? column.header : `${column.header} (${column.unit})`
}

/** The cell's value as text, digits as they are; empty where the row has none. */
export function cellText(column: Column, row: Row): string {
  const value = row[column.key]
  return value === undefined ? '' : String(value)
}
