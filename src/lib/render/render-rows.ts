import type {Column, Row} from '../core/column'
import {OpError} from '../core/errors'
import {stringifyExact} from '../core/json'
import {toCsv} from './csv'
import {toMarkdown} from './markdown'
import {toTable} from './table'
import type {TableOptions} from './table'

/** The forms that a list or report can be written in. */
export const rowFormats = ['table', 'json', 'csv', 'markdown'] as const

/** Throws NO_SUCH_FORMAT (usage) where rows are not written in that form: asked before work is done for them. */
export function checkRowFormat(format: string): void {
  if (rowFormats.some((known) => known === format)) return
  throw new OpError('usage', 'NO_SUCH_FORMAT', `There is no format "${format}".`, {
    hint: `Formats are ${rowFormats.join(', ')}.`,
  })
}

/**
 * Rows in the asked-for form, ending with a line break. `json` is an array of the rows; a command's whole `--json` answer
 * is written by the base command. Throws NO_SUCH_FORMAT (usage), for `html` too: it is not there yet.
 */
export function renderRows(
  list: {columns: readonly Column[]; rows: readonly Row[]},
  format: string,
  options: TableOptions = {},
): string {
  switch (format) {
    case 'table':
      return toTable(list.columns, list.rows, options)
    case 'csv':
      return toCsv(list.columns, list.rows)
    case 'markdown':
      return toMarkdown(list.columns, list.rows)
    case 'json':
      return `${stringifyExact(list.rows)}\n`
    default:
      checkRowFormat(format)
      return ''
  }
}
