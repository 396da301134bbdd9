import type {Where, WhereOperator} from '../../core/where'
import type {AskedField} from './asked-field'

/** A condition of a query, and the values of its question marks in order. */
export interface Condition {
  sql: string
  values: string[]
}

/**
 * One condition on a field. As in an event pattern, `!=` asks for a field that is there. Attributes are text, so they are equal where their text is.
 */
export function whereSql({operator, values}: Where, field: AskedField): Condition {
  const {text, number, isThere} = field
  const texts = values.map((value) => value.text)
  switch (operator) {
    case 'exists':
      return {sql: isThere, values: []}
    case 'missing':
      return {sql: `NOT (${isThere})`, values: []}
    case '=':
    case '!=':
      return {sql: isOneOf(operator, texts.length, field), values: texts}
    case '~=':
      return {sql: `lower(${text}) IN (${texts.map(() => 'lower(?)').join(', ')})`, values: texts}
    case '<':
    case '<=':
    case '>':
    case '>=':
      return {sql: `${number} ${operator} ${boundNumber}`, values: texts}
    default:
      return {
        sql: texts.map(() => `${text} LIKE ? ESCAPE '!'`).join(' OR '),
        values: texts.map((one) => likePattern(operator, one)),
      }
  }
}

function isOneOf(operator: '=' | '!=', count: number, {type, text, number, isThere}: AskedField): string {
  const isNumber = type === 'number' || type === 'integer'
  const list = Array.from({length: count}, () => (isNumber ? boundNumber : '?')).join(', ')
  const test = operator === '=' ? 'IN' : 'NOT IN'
  return isNumber ? `${number} ${test} (${list})` : `${isThere} AND ${text} ${test} (${list})`
}

const boundNumber = 'CAST(? AS DECIMAL(38, 9))'

function likePattern(operator: WhereOperator, text: string): string {
  const escaped = text.replace(/[!%_]/g, '!$&')
  if (operator === '^=') return `${escaped}%`
  if (operator === '$=') return `%${escaped}`
  return escaped.replaceAll('*', '%')
}
