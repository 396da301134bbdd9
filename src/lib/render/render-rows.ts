import type {Column, Row} from '../core/column'
import {OpError} from '../core/errors'
import {stringifyExact} from '../core/json'
import {toCsv} from './csv'
import {toMarkdown} from './markdown'
import {toTable} from './table'
import type {TableOptions} from './table'

/** The forms that rows alone can be written in; `renderList` has HTML too. */
const rowFormats = ['table', 'json', 'csv', 'markdown'] as const

/**
 * Rows in the asked-for form, ending with a line break. `json` is an array of the rows; a command's whole `--json` answer
 * is written by the base command. Throws NO_SUCH_FORMAT (usage).
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
      throw new OpError('usage', 'NO_SUCH_FORMAT', `There is no format "${format}".`, {
        hint: `Formats are ${rowFormats.join(', ')}.`,
      })
  }
}
