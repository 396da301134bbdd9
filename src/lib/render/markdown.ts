import type {Column, Row} from '../core/column'
import {alignOf, cellText, headerOf} from './cell'
import {cleanText} from './clean-text'

/** Rows as a Markdown table (GitHub's form). What Markdown or HTML would take as markup in a cell is escaped. */
export function toMarkdown(columns: readonly Column[], rows: readonly Row[]): string {
  const lines = [
    columns.map((column) => escape(headerOf(column))),
    columns.map((column) => (alignOf(column) === 'right' ? '---:' : '---')),
    ...rows.map((row) => columns.map((column) => escape(cellText(column, row)))),
  ]
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('')
}

function escape(text: string): string {
  return cleanText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]|~]/g, String.raw`\$&`)
}
