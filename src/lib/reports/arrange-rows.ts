import type {Column, Row} from '../core/column'
import {OpError} from '../core/errors'
import {compareDecimals} from '../core/money'
import type {ReportOptions} from './define-report'
import {foldRows} from './fold-rows'
import type {Folding} from './fold-rows'

/** The order that rows are asked for in. */
export interface Sorting {
  key: string
  isNumber: boolean
  isDescending: boolean
}

/** `COLUMN` or `COLUMN:desc`, by the key or the header of a column. Throws BAD_SORT (usage). */
export function parseSort(text: string, columns: readonly Column[]): Sorting {
  const [, name = '', order] = /^(.*?)(?::(asc|desc))?$/.exec(text) ?? []
  const column = columns.find(({key, header}) => [key, header].some((one) => isSame(one, name)))
  if (column) {
    const isNumber = ['integer', 'decimal', 'money'].includes(column.type)
    return {key: column.key, isNumber, isDescending: order === 'desc'}
  }
  throw new OpError('usage', 'BAD_SORT', `The report has no column "${name}".`, {
    hint: `Write COLUMN or COLUMN:desc. Columns are ${columns.map(({key}) => key).join(', ')}.`,
  })
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

/** Rows in the order that is asked for, those without a value last; as they are where none is. */
export function sortRows(rows: readonly Row[], sort: Sorting | undefined): Row[] {
  if (!sort) return [...rows]
  const {key, isNumber, isDescending} = sort
  const compare = (a: string, b: string) => (isNumber ? compareDecimals(a, b) : a < b ? -1 : a > b ? 1 : 0)
  return [...rows].sort((a, b) => {
    const [left, right] = [a[key], b[key]]
    if (left === undefined || right === undefined)
      return Number(left === undefined) - Number(right === undefined)
    const order = compare(String(left), String(right))
    return isDescending ? -order : order
  })
}

/** Rows in the order that is asked for, the ones beyond the limit in one. */
export function arrangeRows(
  rows: readonly Row[],
  {sort, limit}: Pick<ReportOptions, 'sort' | 'limit'>,
  folding: Folding,
): Row[] {
  return foldRows(sortRows(rows, sort), limit, folding)
}
