import {comparableNumber} from '../values/comparable-number'
import {parseAddress, parseCidr} from '../values/ip-address'
import type {JsonTokens, Token} from './json-tokens'
import {parseAnythingBut} from './parse-anything-but'
import {parseNumeric} from './parse-numeric'
import {PatternError} from './pattern-error'
import {positionAt} from './position'
import type {Test} from '../pattern'
import {checkWildcard} from '../values/wildcard'

const oneKey = 'Only one key allowed in match expression'

/** Reads a string operand and the brace that must follow it. */
function onlyString(tokens: JsonTokens, token: Token, mismatch: string): string {
  if (token !== 'string') tokens.fail(mismatch)
  const value = tokens.content(token)
  if (tokens.next() !== 'end-object') tokens.fail(oneKey)
  return value
}

function parseAffix(tokens: JsonTokens, kind: 'prefix' | 'suffix'): Test {
  const token = tokens.next()
  if (token !== 'start-object') {
    return {
      kind,
      value: onlyString(tokens, token, `${kind} match pattern must be a string`),
      ignoreCase: false,
    }
  }
  if (tokens.next() !== 'name') {
    tokens.fail(`${kind === 'prefix' ? 'Prefix' : 'Suffix'} expression name not found`)
  }
  if (tokens.name !== 'equals-ignore-case') tokens.fail(`Unsupported ${kind} pattern: ${tokens.name}`)
  const value = onlyString(tokens, tokens.next(), 'equals-ignore-case match pattern must be a string')
  if (tokens.next() !== 'end-object') tokens.fail(oneKey)
  return {kind, value, ignoreCase: true}
}

function parseWildcard(tokens: JsonTokens): Test {
  const token = tokens.next()
  if (token !== 'string') tokens.fail('wildcard match pattern must be a string')
  const value = tokens.content(token)
  const problem = checkWildcard(value)
  if (problem !== undefined) tokens.fail(problem)
  if (tokens.next() !== 'end-object') tokens.fail(oneKey)
  return {kind: 'wildcard', value}
}

function parseExists(tokens: JsonTokens): Test {
  const token = tokens.next()
  if (token !== 'true' && token !== 'false') tokens.fail('exists match pattern must be either true or false.')
  if (tokens.next() !== 'end-object') tokens.fail(oneKey)
  return {kind: 'exists', value: token === 'true'}
}

function parseCidrTest(tokens: JsonTokens): Test {
  const token = tokens.next()
  // AWS really says "prefix" here.
  if (token !== 'string') tokens.fail('prefix match pattern must be a string')
  const start = tokens.start
  const value = tokens.content(token)
  const reading = parseCidr(value)
  if ('reason' in reading) {
    const problem = {reason: reading.reason, readTo: undefined}
    throw new PatternError(problem, positionAt(tokens.text, start), tokens.path)
  }
  if (tokens.next() !== 'end-object') tokens.fail(oneKey)
  return {kind: 'cidr', value, range: reading.range}
}

/** Reads one match expression, `{"prefix": "a"}`, whose opening brace has been read. */
function parseExpression(tokens: JsonTokens, legacy: boolean): Test {
  if (tokens.next() !== 'name') tokens.fail('Match expression name not found')
  const operator = tokens.name
  switch (operator) {
    case 'exactly':
      return {
        kind: 'exactly',
        value: onlyString(tokens, tokens.next(), 'exact match pattern must be a string'),
      }
    case 'prefix':
    case 'suffix':
      return parseAffix(tokens, operator)
    case 'equals-ignore-case': {
      const mismatch = 'equals-ignore-case match pattern must be a string'
      return {kind: operator, value: onlyString(tokens, tokens.next(), mismatch)}
    }
    case 'wildcard':
      return parseWildcard(tokens)
    case 'numeric':
      return parseNumeric(tokens)
    case 'cidr':
      return parseCidrTest(tokens)
    case 'exists':
      return parseExists(tokens)
    case 'anything-but':
      return parseAnythingBut(tokens, legacy)
    default:
      return tokens.fail(`Unrecognized match type ${operator}`)
  }
}

/**
 * Reads one alternative of a field, whose first token has been read. `legacy` reads as EventBridge's older compiler does,
 * which knows less of `anything-but`. Throws PatternError.
 */
export function parseTest(tokens: JsonTokens, token: Token, legacy: boolean): Test {
  switch (token) {
    case 'start-object':
      return parseExpression(tokens, legacy)
    case 'string': {
      const value = tokens.content(token)
      return {kind: 'string', value, address: parseAddress(value)}
    }
    case 'number': {
      const text = tokens.content(token)
      return {kind: 'number', text, value: comparableNumber(text)}
    }
    case 'true':
    case 'false':
      return {kind: 'literal', value: token === 'true'}
    case 'null':
      return {kind: 'literal', value: null}
    default:
      return tokens.fail('Match value must be String, number, true, false, or null')
  }
}
