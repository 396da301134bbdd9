import {comparableNumber} from '../values/comparable-number'
import type {JsonTokens, Token} from './json-tokens'
import type {NumericBound, Test} from '../pattern'

interface Operand {
  text: string
  /** Undefined where a double cannot hold the number. */
  value: number | undefined
}

function readOperand(tokens: JsonTokens, operator: string): Operand {
  const token = tokens.next()
  if (token !== 'number') tokens.fail(`Value of ${operator} must be numeric`)
  const text = tokens.content(token)
  return {text, value: comparableNumber(text)}
}

/** AWS looks at the size of a number only when the whole expression has been read. */
function toBound(tokens: JsonTokens, {text, value}: Operand, inclusive: boolean): NumericBound {
  if (value === undefined) return tokens.fail(`Cannot compare number : ${text}`)
  return {text, value, inclusive}
}

function endArray(tokens: JsonTokens): void {
  if (tokens.next() !== 'end-array') tokens.fail('Too many elements in numeric expression')
}

/** Reads what may follow a lower bound: nothing, or `"<", 5`. */
function readUpper(tokens: JsonTokens, token: Token): {operand: Operand; inclusive: boolean} | undefined {
  if (token === 'end-array') return undefined
  if (token !== 'string') tokens.fail(`Bad value in numeric range: ${tokens.content(token)}`)
  const operator = tokens.content(token)
  if (operator !== '<' && operator !== '<=') tokens.fail(`Bad numeric range operator: ${operator}`)
  const operand = readOperand(tokens, operator)
  if (tokens.next() !== 'end-array') tokens.fail('Too many terms in numeric range expression')
  return {operand, inclusive: operator === '<='}
}

function parseFromLower(tokens: JsonTokens, inclusive: boolean, operand: Operand): Test {
  const second = readUpper(tokens, tokens.next())
  const lower = toBound(tokens, operand, inclusive)
  const upper = second && toBound(tokens, second.operand, second.inclusive)
  if (upper !== undefined && lower.value >= upper.value) tokens.fail('Bottom must be less than top')
  return {kind: 'numeric', lower, upper}
}

function parseRange(tokens: JsonTokens): Test {
  const token = tokens.next()
  if (token !== 'string') tokens.fail(`Invalid member in numeric match: ${tokens.content(token)}`)
  const operator = tokens.content(token)
  switch (operator) {
    case '=': {
      const operand = readOperand(tokens, 'equals')
      endArray(tokens)
      const bound = toBound(tokens, operand, true)
      return {kind: 'numeric', lower: bound, upper: bound}
    }
    case '>':
    case '>=':
      return parseFromLower(tokens, operator === '>=', readOperand(tokens, operator))
    case '<':
    case '<=': {
      const operand = readOperand(tokens, operator)
      endArray(tokens)
      return {kind: 'numeric', lower: undefined, upper: toBound(tokens, operand, operator === '<=')}
    }
    default: {
      // AWS has read the next token by now, and says so in the place it names.
      tokens.next()
      return tokens.fail(`Unrecognized numeric range operator: ${operator}`)
    }
  }
}

/** Reads `[">", 0, "<=", 5]` and the brace behind it. Throws PatternError. */
export function parseNumeric(tokens: JsonTokens): Test {
  if (tokens.next() !== 'start-array') tokens.fail('Value of numeric must be an array.')
  const range = parseRange(tokens)
  if (tokens.next() !== 'end-object') tokens.fail('Too many elements in numeric expression')
  return range
}
