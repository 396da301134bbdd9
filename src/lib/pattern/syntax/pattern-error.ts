import {OpError} from '../../core/errors'
import type {Position} from '../pattern'

export interface PatternProblem {
  /** What is wrong, in AWS's own words. */
  reason: string
  /** Where the reading of AWS had come to; undefined for a bad address range, which AWS reports without a place. */
  readTo: Position | undefined
  /** AWS names the place of what is wrong inside a list of `anything-but` twice. */
  isNamedTwice?: boolean
}

/** What would be right, by the start of AWS's words for what is wrong. */
const remedies: readonly (readonly [string, string])[] = [
  ['Filter is not an object', 'A pattern is a JSON object, for example {"source": ["my-applications"]}.'],
  ['Empty objects', 'Name at least one field: {"field": ["value"]}.'],
  ['Empty arrays', 'List at least one value: ["value"].'],
  [
    'Match value must be',
    'An array holds values and match expressions; write the values without inner brackets.',
  ],
  ['Match expression name not found', 'Write an operator, for example {"prefix": "text"}.'],
  [
    'Unrecognized match type',
    'The operators are prefix, suffix, equals-ignore-case, wildcard, anything-but, numeric, cidr and exists.',
  ],
  ['Only one key allowed', 'Give each operator an object of its own: [{"prefix": "a"}, {"suffix": "z"}].'],
  ['Only JSON object is allowed in array of $or', 'Write $or as an array of objects.'],
  ['There must have at least 2 Objects', 'Write two or more objects in $or, or leave $or out.'],
  ['It must be an Array', 'Write $or as an array of objects: {"$or": [{"a": [1]}, {"b": [2]}]}.'],
  ['exists match pattern', 'Write {"exists": true} or {"exists": false}.'],
  ['Value of numeric must be an array', 'Write an operator and a number: {"numeric": [">=", 5]}.'],
  [
    'Bottom must be less',
    'Write the lower bound first: {"numeric": [">", 0, "<=", 5]}; for one number use ["=", 5].',
  ],
  ['Too many elements in numeric', 'Write one bound, or the lower bound and then the upper one.'],
  ['Cannot compare number', 'Use a number that a double holds exactly.'],
  [
    'Value of anything-but',
    'Write a string, a number, a list of either, or one of the operators that it takes.',
  ],
  ['Inside anything but list', 'List only strings or only numbers.'],
  ['Unsupported anything-but', 'anything-but takes prefix, suffix, wildcard and equals-ignore-case.'],
  ['Null prefix/suffix', 'Write at least one character.'],
  ['IPv4 mask bits', 'For one address write it alone: ["10.0.0.1"].'],
  ['IPv6 mask bits', 'For one address write it alone: ["2001:db8::1"].'],
  ['Malformed CIDR', 'Write an address, a slash and the number of leading bits: {"cidr": "10.0.0.0/24"}.'],
  ['Consecutive wildcard', 'Write a single *; it already matches any number of characters.'],
  ['Invalid escape character', 'Only \\* and \\\\ can be escaped in a wildcard.'],
  ['Rule is too complex', 'Start the wildcard with fixed text, and use fewer * in one field.'],
]

function describe(problem: string, position: Position, path: string): string {
  const place = path === '' ? '' : ` at ${path}`
  return `The event pattern is not valid${place} (line ${position.line}, column ${position.column}): ${problem}`
}

/**
 * A pattern that EventBridge would refuse (`BAD_PATTERN`). `reason` holds AWS's own words; `line`, `column` and `path`
 * (steps joined by dots, empty at the root) say where; the message says the same for a reader.
 */
export class PatternError extends OpError {
  override readonly name = 'PatternError'
  readonly reason: string
  readonly readTo: Position | undefined
  readonly isNamedTwice: boolean
  readonly line: number
  readonly column: number

  /** `cause` is what a reader is told, where it is plainer than what AWS says. */
  constructor(
    problem: PatternProblem,
    position: Position,
    readonly path: string,
    told: string = problem.reason,
  ) {
    super('usage', 'BAD_PATTERN', describe(told, position, path), {
      hint: remedies.find(([start]) => told.startsWith(start))?.[1],
    })
    this.reason = problem.reason
    this.readTo = problem.readTo
    this.isNamedTwice = problem.isNamedTwice === true
    this.line = position.line
    this.column = position.column
  }
}

/** AWS quotes no more than this many characters of a pattern. */
const quotedLength = 500

/** Control characters other than line ends are shown by their code. */
function withoutControls(text: string): string {
  return text.replace(/[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
  })
}

/** The way AWS names a place: `[Source: (String)"{...}"; line: 1, column: 7]`. */
export function sourceLocation(text: string, {line, column}: Position): string {
  const rest = text.length - quotedLength
  const quoted = `"${withoutControls(text.slice(0, quotedLength))}"${rest > 0 ? `[truncated ${rest} chars]` : ''}`
  return `[Source: (String)${quoted}; line: ${line}, column: ${column}]`
}

/** The message of EventBridge's `InvalidEventPatternException` for this error in the pattern `text`. */
export function awsMessage(error: PatternError, text: string): string {
  const message = `Event pattern is not valid. Reason: ${error.reason}`
  if (error.readTo === undefined) return message
  const place = `\n at ${sourceLocation(text, error.readTo)}`
  return message + (error.isNamedTwice ? place + place : place)
}
