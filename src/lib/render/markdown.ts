import type {Column, Row} from '../core/column'
import {alignOf, cellText, headerOf} from './cell'
import {cleanText} from './clean-text'

/** Rows as a Markdown table (GitHub's form). What Markdown or HTML would take as markup in a cell is escaped. */
export function toMarkdown(columns: readonly Column[], rows: readonly Row[]): string {
  const lines = [
    columns.map((column) => escapeMarkdown(headerOf(column))),
    columns.map((column) => (alignOf(column) === 'right' ? '---:' : '---')),
    ...rows.map((row) => columns.map((column) => escapeMarkdown(cellText(column, row)))),
  ]
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('')
}

/** Text that Markdown and HTML take for nothing else than text. */
export function escapeMarkdown(text: string): string {
  return cleanText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]|~]/g, String.raw`\$&`)
}
