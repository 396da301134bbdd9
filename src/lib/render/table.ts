import Table from 'cli-table3'
import type {Column, Row} from '../core/column'
import {groupDigits} from '../core/money'
import {alignOf, cellText, headerOf, isNumeric} from './cell'
import {cleanText} from './clean-text'
import {displayWidth} from './display-width'
import {wholeText} from './row-form'
import type {RowForm} from './row-form'

export interface TableOptions {
  /** Columns of the terminal. Not given where stdout is none: then nothing is cut. */
  width?: number | undefined
}

const narrowest = 6
/** cli-table3 compares every row with all before it: 40,000 at once take minutes. */
const rowsAtOnce = 100
// Two spaces between columns and a line under the header: quiet on a screen, easy to cut with other tools.
const frame = {
  ...{top: '', 'top-mid': '', 'top-left': '', 'top-right': ''},
  ...{bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': ''},
  ...{left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '  '},
}

/**
 * Rows as a table for a person: numbers stand right with commas between thousands, text is freed of control characters.
 * On a terminal the widest text columns are cut (with `…`) until the table fits; numbers are never cut. Ends with a line break.
 */
export function toTable(
  columns: readonly Column[],
  rows: readonly Row[],
  options: TableOptions = {},
): string {
  const widths = new TableWidths(columns)
  widths.take(rows)
  return wholeText(tableForm(columns, widths, options), rows)
}

/** The cells that each column of a table needs, learnt from its rows. */
export class TableWidths {
  readonly cells: number[]

  constructor(private readonly columns: readonly Column[]) {
    this.cells = columns.map((column) => displayWidth(cleanText(headerOf(column))))
  }

  take(rows: Iterable<Row>): void {
    for (const row of rows) {
      for (const [i, column] of this.columns.entries()) {
        const width = displayWidth(cell(column, row))
        if (width > (this.cells[i] ?? 0)) this.cells[i] = width
      }
    }
  }
}

/** The same, row by row, where the widths are known. */
export function tableForm(
  columns: readonly Column[],
  {cells}: TableWidths,
  options: TableOptions = {},
): RowForm {
  const widths = options.width === undefined ? cells : fit(columns, cells, options.width)
  const head = columns.map((column) => cleanText(headerOf(column)))
  const rule = widths.map((width) => '-'.repeat(width))
  const body = (rows: readonly Row[]) => rows.map((row) => columns.map((column) => cell(column, row)))
  return {
    head: linesOf(columns, widths, [head, rule]),
    text: (rows) =>
      Array.from({length: Math.ceil(rows.length / rowsAtOnce)}, (_, i) =>
        rows.slice(i * rowsAtOnce, (i + 1) * rowsAtOnce),
      )
        .map((some) => linesOf(columns, widths, body(some)))
        .join(''),
    tail: '',
  }
}

function linesOf(columns: readonly Column[], widths: readonly number[], lines: string[][]): string {
  const table = new Table({
    chars: frame,
    style: {head: [], border: [], 'padding-left': 0, 'padding-right': 0},
    colAligns: columns.map(alignOf),
    colWidths: [...widths],
  })
  table.push(...lines)
  return table
    .toString()
    .split('\n')
    .map((line) => `${line.trimEnd()}\n`)
    .join('')
}

function cell(column: Column, row: Row): string {
  const text = cellText(column, row)
  // A number comes from the query, so its form is checked before commas are put into it.
  return isNumeric(column) && /^-?\d+(\.\d+)?$/.test(text) ? groupDigits(text) : cleanText(text)
}

/** Takes width from the widest column that may be cut, one by one, until all fit or none can give more. */
function fit(columns: readonly Column[], widths: readonly number[], limit: number): number[] {
  const fitted = [...widths]
  let excess = widths.reduce((sum, width) => sum + width + 2, -2) - limit
  for (; excess > 0; excess--) {
    let widest = -1
    columns.forEach((column, i) => {
      const width = fitted[i] ?? 0
      if (!isNumeric(column) && width > narrowest && width > (fitted[widest] ?? 0)) widest = i
    })
    if (widest === -1) return fitted
    fitted[widest] = (fitted[widest] ?? 0) - 1
  }
  return fitted
}
