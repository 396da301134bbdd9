import type {Where, WhereOperator} from '../../core/where'
import type {QueryField} from './meter-fields'
import {numberOf} from './meter-fields'

/** A condition of a query, and the values of its question marks in order. */
export interface Condition {
  sql: string
  values: string[]
}

/**
 * One condition on a field that stands as text in column `column`; the empty text is what an event does not have. As in an event pattern,
 * `!=` asks for a field that is there. Attributes are text, so they are equal where their text is.
 */
export function whereSql({operator, values}: Where, {type}: QueryField, column: string): Condition {
  const texts = values.map(({text}) => text)
  switch (operator) {
    case 'exists':
      return {sql: `${column} <> ''`, values: []}
    case 'missing':
      return {sql: `${column} = ''`, values: []}
    case '=':
    case '!=':
      return {sql: isOneOf(operator, texts.length, type, column), values: texts}
    case '~=':
      return {sql: `lower(${column}) IN (${texts.map(() => 'lower(?)').join(', ')})`, values: texts}
    case '<':
    case '<=':
    case '>':
    case '>=':
      return {sql: `${numberOf(column)} ${operator} ${boundNumber}`, values: texts}
    default:
      return {
        sql: texts.map(() => `${column} LIKE ? ESCAPE '!'`).join(' OR '),
        values: texts.map((text) => likePattern(operator, text)),
      }
  }
}

function isOneOf(operator: '=' | '!=', count: number, type: QueryField['type'], column: string): string {
  const isNumber = type === 'number' || type === 'integer'
  const list = Array.from({length: count}, () => (isNumber ? boundNumber : '?')).join(', ')
  const test = operator === '=' ? 'IN' : 'NOT IN'
  return isNumber
    ? `${numberOf(column)} ${test} (${list})`
    : `${column} <> '' AND ${column} ${test} (${list})`
}

const boundNumber = 'CAST(? AS DECIMAL(38, 9))'

function likePattern(operator: WhereOperator, text: string): string {
  const escaped = text.replace(/[!%_]/g, '!$&')
  if (operator === '^=') return `${escaped}%`
  if (operator === '$=') return `%${escaped}`
  return escaped.replaceAll('*', '%')
}
