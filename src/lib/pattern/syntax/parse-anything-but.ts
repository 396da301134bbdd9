import {comparableNumber} from '../values/comparable-number'
import type {JsonTokens, Token} from './json-tokens'
import type {Excluded, Test} from '../pattern'
import {PatternError} from './pattern-error'
import {positionAt} from './position'
import {checkWildcard} from '../values/wildcard'

type TextExcluded = Exclude<Excluded['of'], 'strings' | 'numbers'>

const operators: ReadonlySet<string> = new Set<TextExcluded>([
  'prefix',
  'suffix',
  'wildcard',
  'equals-ignore-case',
])

const tooMany = 'Too many elements in numeric expression'

function isTextExcluded(name: string): name is TextExcluded {
  return operators.has(name)
}

function cannotCompare(tokens: JsonTokens, text: string): never {
  // AWS reports a single number without a place.
  const problem = {reason: `Cannot compare number : ${text}`, readTo: undefined}
  throw new PatternError(problem, positionAt(tokens.text, tokens.start), tokens.path)
}

function single(tokens: JsonTokens, token: Token): Excluded {
  const text = tokens.content(token)
  if (token === 'string') return {of: 'strings', values: [text]}
  const value = comparableNumber(text)
  return value === undefined ? cannotCompare(tokens, text) : {of: 'numbers', values: [{text, value}]}
}

function list(tokens: JsonTokens): Excluded {
  const strings: string[] = []
  const numbers: {text: string; value: number}[] = []
  const incomparable = namingTwice(() => {
    for (let token = tokens.next(); token !== 'end-array'; token = tokens.next()) {
      if (token !== 'string' && token !== 'number') {
        tokens.fail('Inside anything but list, start|null|boolean is not supported.')
      }
      const text = tokens.content(token)
      if (token === 'string') {
        strings.push(text)
      } else {
        const value = comparableNumber(text)
        if (value === undefined) return text
        numbers.push({text, value})
      }
    }
    return undefined
  })
  if (incomparable !== undefined) tokens.fail(`Cannot compare number : ${incomparable}`)
  if (strings.length > 0 === numbers.length > 0) {
    tokens.fail(
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    )
  }
  return strings.length > 0 ? {of: 'strings', values: strings} : {of: 'numbers', values: numbers}
}

const mismatches: Readonly<Record<TextExcluded, string>> = {
  prefix: 'prefix/suffix match pattern must be a string',
  suffix: 'prefix/suffix match pattern must be a string',
  wildcard: 'wildcard match pattern must be a string',
  'equals-ignore-case':
    'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
}

function readText(tokens: JsonTokens, token: Token, of: TextExcluded): string {
  if (token !== 'string') tokens.fail(mismatches[of])
  const value = tokens.content(token)
  if (value === '' && (of === 'prefix' || of === 'suffix')) tokens.fail('Null prefix/suffix not allowed')
  return value
}

function readTexts(tokens: JsonTokens, first: Token, of: TextExcluded): string[] {
  const values: string[] = []
  if (first === 'start-array') {
    namingTwice(() => {
      for (let token = tokens.next(); token !== 'end-array'; token = tokens.next()) {
        values.push(readText(tokens, token, of))
      }
    })
    if (values.length === 0) tokens.fail('Empty arrays are not allowed')
  } else {
    values.push(readText(tokens, first, of))
  }
  const problem =
    of === 'wildcard' ? values.map(checkWildcard).find((found) => found !== undefined) : undefined
  if (problem !== undefined) tokens.fail(problem)
  return values
}

function isOperand(token: Token): boolean {
  return token === 'start-array' || token === 'string' || token === 'number'
}

/** Passes on a PatternError as AWS does from inside a list. */
function namingTwice<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof PatternError)) throw error
    const {reason, readTo, line, column, path} = error
    throw new PatternError({reason, readTo, isNamedTwice: true}, {line, column}, path)
  }
}

/** EventBridge's older compiler takes a single string for prefix and suffix, and no wildcard. */
function refuseNewer(tokens: JsonTokens, of: TextExcluded, token: Token): void {
  if (of === 'wildcard') tokens.fail(`Unsupported anything-but pattern: ${of}`)
  if ((of === 'prefix' || of === 'suffix') && token !== 'string') tokens.fail(mismatches[of])
}

function operatorOperand(tokens: JsonTokens, legacy: boolean): Excluded {
  if (tokens.next() !== 'name') tokens.fail('Anything-But expression name not found')
  const of = tokens.name
  if (!isTextExcluded(of)) return tokens.fail(`Unsupported anything-but pattern: ${of}`)
  if (legacy && of === 'wildcard') refuseNewer(tokens, of, 'string')
  const token = tokens.next()
  if (legacy) refuseNewer(tokens, of, token)
  if (!isOperand(token)) {
    tokens.fail('Value of anything-but must be an array or single string/number value.')
  }
  const values = readTexts(tokens, token, of)
  if (tokens.next() !== 'end-object') tokens.fail(tooMany)
  return {of, values}
}

/** Reads the operand of `anything-but` and the brace behind it. Throws PatternError. */
export function parseAnythingBut(tokens: JsonTokens, legacy: boolean): Test {
  const token = tokens.next()
  if (token !== 'start-object' && !isOperand(token)) {
    tokens.fail('Value of anything-but must be an array or single string/number value.')
  }
  let excluded: Excluded
  if (token === 'start-object') excluded = operatorOperand(tokens, legacy)
  else excluded = token === 'start-array' ? list(tokens) : single(tokens, token)
  if (tokens.next() !== 'end-object') tokens.fail(tooMany)
  return {kind: 'anything-but', excluded}
}
