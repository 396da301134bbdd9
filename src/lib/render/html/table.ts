import type {Column, Row} from '../../core/column'
import {groupDigits} from '../../core/money'
import type {List} from '../../core/page'
import {plainTime} from '../../core/time'
import {alignOf, cellText, headerOf, isNumeric} from '../cell'
import {wholeText} from '../row-form'
import type {RowForm} from '../row-form'
import {escapeHtml} from './escape'

/** Rows as a table in a box of its own that scrolls where the table is wider than the page. The first column names the row. */
export function tableHtml({columns, rows}: List, caption: string): string {
  return wholeText(tableHtmlForm(columns, caption, rows.length === 0), rows).trimEnd()
}

/** The same, row by row. */
export function tableHtmlForm(columns: readonly Column[], caption: string, isEmpty: boolean): RowForm {
  const name = escapeHtml(caption)
  const heads = columns.map(
    (column) => `<th scope="col" class="${classOf(column)}">${escapeHtml(headerOf(column))}</th>`,
  )
  const head = [
    `<div class="scroll" tabindex="0" role="region" aria-label="${name}">`,
    '<table>',
    `<caption>${name}</caption>`,
    `<thead><tr>${heads.join('')}</tr></thead>`,
    '<tbody>',
  ]
  const tail = [
    '</tbody>',
    '</table>',
    ...(isEmpty ? ['<p class="empty">There is nothing to show.</p>'] : []),
    '</div>',
  ]
  const lines = (all: readonly string[]) => all.map((one) => `${one}\n`).join('')
  return {
    head: lines(head),
    text: (rows) => lines(rows.map((row) => rowHtml(columns, row))),
    tail: lines(tail),
  }
}

function rowHtml(columns: readonly Column[], row: Row): string {
  const cells = columns.map((column, i) => {
    const [open, close] = i === 0 ? ['th scope="row"', 'th'] : ['td', 'td']
    // A name is written in the direction of its own letters.
    const direction = column.type === 'text' ? ' dir="auto"' : ''
    return `<${open} class="${classOf(column)}"${direction}>${escapeHtml(textOf(column, row))}</${close}>`
  })
  return `<tr>${cells.join('')}</tr>`
}

function classOf(column: Column): string {
  if (alignOf(column) === 'right') return 'number'
  return column.type === 'time' ? 'time' : 'text'
}

/** Digits in groups, times as a person writes them; what is no number in a column of numbers is text. */
function textOf(column: Column, row: Row): string {
  const text = cellText(column, row)
  if (column.type === 'time') return plainTime(text)
  return isNumeric(column) && /^-?\d+(\.\d+)?$/.test(text) ? groupDigits(text) : text
}
