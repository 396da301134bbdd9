import type {Where, WhereOperator} from '../../core/where'
import type {WhereValue} from '../../core/where-values'
import {comparableNumber} from '../values/comparable-number'
import type {FieldType} from '../../core/where-field'
import {refuseCondition} from './refuse'

const ofText: ReadonlySet<WhereOperator> = new Set<WhereOperator>(['^=', '$=', '~=', 'like', 'in'])
const ofNumbers: ReadonlySet<WhereOperator> = new Set<WhereOperator>(['<', '<=', '>', '>='])

function isNumeric(type: FieldType): boolean {
  return type === 'number' || type === 'integer'
}

const names: Readonly<Record<FieldType, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'an integer',
  boolean: 'true or false',
  object: 'an object',
}

function checkOperator({path, operator, text}: Where, type: FieldType): void {
  if (type === 'object') {
    refuseCondition(
      `${text} asks for ${path}, which is an object: EventBridge looks only at the values inside.`,
      `Name a field inside: ${path}.NAME.`,
    )
  }
  if (ofNumbers.has(operator) && !isNumeric(type)) {
    refuseCondition(
      `${text} compares ${path} with a number, but it is ${names[type]}, and EventBridge compares only numbers.`,
      type === 'string' ? 'For text there are = != ^= $= ~= and like.' : 'Use = or !=.',
    )
  }
  if (ofText.has(operator) && type !== 'string') {
    refuseCondition(
      `${text} looks at ${path} as text, but it is ${names[type]}, and ${operator} is for text only.`,
      isNumeric(type) ? 'For numbers there are = != < <= > and >=.' : 'Use = or !=.',
    )
  }
}

function suits({kind, text}: WhereValue, type: FieldType): boolean {
  if (kind === 'literal' && text === 'null') return true
  if (type === 'string') return true
  if (type === 'boolean') return kind === 'literal'
  if (kind !== 'number') return false
  const value = comparableNumber(text)
  return type !== 'integer' || value === undefined || Number.isInteger(value)
}

function shown({kind, text}: WhereValue): string {
  return kind === 'text' ? JSON.stringify(text) : text
}

/** Everything but null is text in a field of text. */
function asText(value: WhereValue): WhereValue {
  return value.text === 'null' && value.kind === 'literal' ? value : {kind: 'text', text: value.text}
}

/**
 * The values of a condition as the field has them: `42` is a text where the field is text. Without a type they stay what they
 * were read as. Throws `BAD_WHERE` (usage) for an operator or a value that such a field can never satisfy; a comparison's
 * number is not looked at.
 */
export function operandsOf(where: Where, type: FieldType | undefined): WhereValue[] {
  if (type === undefined) return where.values
  checkOperator(where, type)
  if (ofNumbers.has(where.operator)) return where.values
  for (const value of where.values) {
    if (suits(value, type)) continue
    refuseCondition(
      `${where.text} can never hold: ${where.path} is ${names[type]}, and ${shown(value)} is not.`,
      type === 'boolean' ? 'Write true or false.' : `Write ${names[type]}, without quotes.`,
    )
  }
  return type === 'string' ? where.values.map(asText) : where.values
}

/** Words for each number or truth value that became a text because its field is one. */
export function retypedRemarks(where: Where, values: readonly WhereValue[]): string[] {
  return where.values
    .filter((value, index) => value.kind !== 'text' && values[index]?.kind === 'text')
    .map(({text}) => `${where.path} is text, so ${text} is written as "${text}".`)
}
