import {OpError} from './errors'
import type {WhereValue} from './where-values'
import {readValues} from './where-values'

/**
 * What a condition asks of its field: `=` is one of the values, `!=` is none of them, `<` `<=` `>` `>=` compare with a number,
 * `^=` begins with, `$=` ends with, `~=` is equal without regard to case, `like` has `*` for any text, `in` lies in an address
 * range (`10.0.0.0/8`), `exists` and `missing` take no value.
 */
export type WhereOperator =
  '=' | '!=' | '<' | '<=' | '>' | '>=' | '^=' | '$=' | '~=' | 'like' | 'in' | 'exists' | 'missing'

/** One `--where`; several must all hold. */
export interface Where {
  /** From the root of the event, steps joined by dots: `detail.response.status`. */
  path: string
  operator: WhereOperator
  /** One of them must hold (with `!=`: none may). Exactly one number for a comparison, none for `exists` and `missing`. */
  values: WhereValue[]
  /** What was read, for messages. */
  text: string
}

/** Longer ones first: `<=` is not `<` and a value. */
const symbols = ['!=', '<=', '>=', '^=', '$=', '~=', '=', '<', '>'] as const
const words = ['like', 'in', 'exists', 'missing'] as const
/** All operators, in the order in which they are explained. */
export const whereOperators: readonly WhereOperator[] = [
  ...(['=', '!=', '<', '<=', '>', '>=', '^=', '$=', '~='] as const),
  ...words,
]

const example = "Write it like 'detail.response.status>=500' or 'detail.customer.plan = pro, enterprise'."

function refuseIn(text: string) {
  return (reason: string, at: number): never => {
    throw new OpError('usage', 'BAD_WHERE', `"${text}" is not a condition: ${reason} (column ${at + 1}).`, {
      hint: example,
    })
  }
}

type Refuse = ReturnType<typeof refuseIn>

/** Up to white space or an operator; a `$` is part of a name unless it makes `$=`. */
const pathForm = /(?:[^\s=<>!^~$,"]|\$(?!=))+/y

function readPath(text: string, refuse: Refuse): {path: string; start: number; end: number} {
  const start = text.length - text.trimStart().length
  pathForm.lastIndex = start
  const path = pathForm.exec(text)?.[0]
  if (path === undefined) return refuse('it must begin with the path of a field', start)
  const steps = path.split('.')
  const empty = steps.indexOf('')
  if (empty !== -1) {
    const at = start + steps.slice(0, empty).join('.').length
    refuse('the path has an empty step', at)
  }
  return {path, start, end: start + path.length}
}

function readOperator(text: string, from: number, refuse: Refuse): {operator: WhereOperator; end: number} {
  const rest = text.slice(from).trimStart()
  const start = text.length - rest.length
  const symbol = symbols.find((candidate) => rest.startsWith(candidate))
  if (symbol !== undefined) {
    const end = start + symbol.length
    const run = /^[=<>]*/.exec(text.slice(end))?.[0] ?? ''
    if (run !== '') refuse(`${symbol}${run} is not an operator`, start)
    return {operator: symbol, end}
  }
  const word = /^\S+/.exec(rest)?.[0]
  if (word === undefined) return refuse(`an operator is missing: ${whereOperators.join(' ')}`, start)
  const operator = words.find((candidate) => candidate === word)
  if (operator === undefined) {
    return refuse(`${word} is not an operator, which are ${whereOperators.join(' ')}`, start)
  }
  return {operator, end: start + word.length}
}

function isComparison(operator: WhereOperator): boolean {
  return operator === '<' || operator === '<=' || operator === '>' || operator === '>='
}

function readOperands(text: string, from: number, operator: WhereOperator, refuse: Refuse): WhereValue[] {
  const start = text.length - text.slice(from).trimStart().length
  if (operator === 'exists' || operator === 'missing') {
    if (start < text.length) refuse(`${operator} takes no value`, start)
    return []
  }
  const values = readValues(text, from, refuse)
  if (isComparison(operator)) {
    if (values.length > 1) refuse(`${operator} takes one number`, start)
    if (values[0]?.kind !== 'number') refuse(`${operator} compares numbers only`, start)
  }
  return values
}

/**
 * Reads one condition, `PATH OP VALUE`: `detail.response.status>=500`, `detail.customer.plan = pro, enterprise`,
 * `detail.feature missing`. White space around symbols is optional. A value is a JSON number, `true`, `false`, `null`, a text in
 * double quotes, or text as it stands; commas outside of quotes separate values. Throws `BAD_WHERE` (usage), which quotes
 * what was read and says in which column it went wrong.
 */
export function parseWhere(text: string): Where {
  const refuse = refuseIn(text)
  const {path, end} = readPath(text, refuse)
  const read = readOperator(text, end, refuse)
  const values = readOperands(text, read.end, read.operator, refuse)
  return {path, operator: read.operator, values, text: text.trim()}
}
