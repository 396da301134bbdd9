import type {Column, Row} from '../core/column'
import {alignOf, cellText, headerOf} from './cell'
import {cleanText} from './clean-text'
import {lineForm, wholeText} from './row-form'
import type {RowForm} from './row-form'

/** Rows as a Markdown table (GitHub's form). What Markdown or HTML would take as markup in a cell is escaped. */
export function toMarkdown(columns: readonly Column[], rows: readonly Row[]): string {
  return wholeText(markdownForm(columns), rows)
}

/** The same, row by row. */
export function markdownForm(columns: readonly Column[]): RowForm {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`
  const head = [
    columns.map((column) => escapeMarkdown(headerOf(column))),
    columns.map((column) => (alignOf(column) === 'right' ? '---:' : '---')),
  ]
  return lineForm(head.map(line).join(''), (row) =>
    line(columns.map((column) => escapeMarkdown(cellText(column, row)))),
  )
}

/** Text that Markdown and HTML take for nothing else than text. */
export function escapeMarkdown(text: string): string {
  return cleanText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]|~]/g, String.raw`\$&`)
}
