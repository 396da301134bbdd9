import {OpError} from '../../core/errors'
import type {Position} from '../pattern'
import {remedyFor} from './remedies'

export interface PatternProblem {
  /** What is wrong, in AWS's own words. */
  reason: string
  /** Where the reading of AWS had come to; undefined for a bad address range, which AWS reports without a place. */
  readTo: Position | undefined
  /** AWS names the place of what is wrong inside a list of `anything-but` twice. */
  isNamedTwice?: boolean
}

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

  /** `told` is what a reader is told, where it is plainer than what AWS says. */
  constructor(
    problem: PatternProblem,
    position: Position,
    readonly path: string,
    told: string = problem.reason,
  ) {
    super('usage', 'BAD_PATTERN', describe(told, position, path), {
      hint: remedyFor(told),
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
