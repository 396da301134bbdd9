import type {Column, Row} from '../core/column'
import {cellText, isNumeric} from './cell'
import {cleanField} from './clean-text'
import {lineForm, wholeText} from './row-form'
import type {RowForm} from './row-form'

/**
 * Rows as CSV (RFC 4180: CRLF after every line, quotes doubled, a header line). The header line has the keys, so that the
 * file reads like the `--json` answer. In text columns a field that a spreadsheet would run as a formula gets an apostrophe
 * before it (OWASP, "CSV Injection"); numbers and money are left alone, so that -5 stays a number.
 */
export function toCsv(columns: readonly Column[], rows: readonly Row[]): string {
  return wholeText(csvForm(columns), rows)
}

/** The same, row by row. */
export function csvForm(columns: readonly Column[]): RowForm {
  const line = (fields: readonly string[]) => `${fields.map(quote).join(',')}\r\n`
  return lineForm(line(columns.map(({key}) => key)), (row) =>
    line(columns.map((column) => fieldOf(column, row))),
  )
}

function fieldOf(column: Column, row: Row): string {
  const text = cellText(column, row)
  if (isNumeric(column)) return text
  const defused = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text
  const clean = cleanField(defused)
  // What stood before a formula may have been a control character that is gone now.
  return /^[=+\-@]/.test(clean) ? `'${clean}` : clean
}

function quote(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field
}
