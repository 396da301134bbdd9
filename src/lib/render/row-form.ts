import type {Row} from '../core/column'
import {stringifyExact} from '../core/json'

/** How rows are written one after the other: what stands before them, some of them, and what stands behind. Each ends its lines. */
export interface RowForm {
  head: string
  /** `isFirst`: nothing was written before them. */
  text: (rows: readonly Row[], isFirst: boolean) => string
  tail: string
}

/** All of it in one text. */
export function wholeText({head, text, tail}: RowForm, rows: readonly Row[]): string {
  return `${head}${text(rows, true)}${tail}`
}

/** A form in which every row is a line of its own. */
export function lineForm(head: string, line: (row: Row) => string): RowForm {
  return {head, text: (rows) => rows.map(line).join(''), tail: ''}
}

/** One JSON object with `rows` between the keys of `before` and `after`; `indent` as JSON.stringify takes it. */
export function jsonForm(before: object, after: object, indent = 0): RowForm {
  const [line, pad] = indent === 0 ? ['', ''] : ['\n', ' '.repeat(indent)]
  const inside = (object: object) => {
    const text = stringifyExact(object, indent)
    return text === '{}' ? '' : text.slice(1, line === '' ? -1 : -2)
  }
  const [first, last] = [inside(before), inside(after)]
  const deeper = (row: Row) =>
    `${line}${pad}${pad}${stringifyExact(row, indent).replaceAll('\n', `\n${pad}${pad}`)}`
  return {
    head: `{${first}${first === '' ? '' : ','}${line}${pad}"rows":${indent === 0 ? '' : ' '}[`,
    text: (rows, isFirst) => rows.map((row, i) => `${isFirst && i === 0 ? '' : ','}${deeper(row)}`).join(''),
    tail: `${line}${pad}]${last === '' ? '' : `,${last}`}${line}}\n`,
  }
}
