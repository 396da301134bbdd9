/** One piece of a prefix: text, or `!{namespace:value}`. */
type Piece = {text: string} | {namespace: string; value: string}

export interface PrefixMoment {
  /** Arrival of the oldest record in the object, milliseconds since 1970. */
  at: number
  /** IANA name; UTC unless the destination says otherwise. */
  timeZone: string
  randomString: () => string
  /** Only in error prefixes. */
  errorOutputType?: string
}

const maxEvaluatedLength = 512

/**
 * Why Firehose would refuse these prefixes when a stream is created or changed, in its words; undefined when they are fine.
 * (Amazon Data Firehose developer guide, "Custom prefixes for Amazon S3 objects", and recorded answers.)
 */
export function prefixProblem(
  prefix: string | undefined,
  errorPrefix: string | undefined,
): string | undefined {
  const pieces = parse(prefix ?? '')
  const errorPieces = parse(errorPrefix ?? '')
  for (const [name, list] of [
    ['Prefix', pieces],
    ['ErrorOutputPrefix', errorPieces],
  ] as const) {
    const problem = list.map((piece) => pieceProblem(piece, name)).find((p) => p !== undefined)
    if (problem) return problem
  }
  if (pieces.some(isExpression) && !errorPrefix) {
    return 'ErrorOutputPrefix cannot be null or empty when Prefix contains expressions'
  }
  if (errorPieces.some(isExpression) && !errorPieces.some(isErrorType)) {
    return 'ErrorOutputPrefix expression must contain at least one occurrence of !{firehose:error-output-type}'
  }
  if (pieces.some(isErrorType))
    return 'Prefix must not contain any occurrence of !{firehose:error-output-type}'
  const isTooLong = [prefix, errorPrefix].some(
    (text) => evaluatePrefix(text, sample).length > maxEvaluatedLength,
  )
  return isTooLong ? `Length of evaluated prefix cannot be greater than ${maxEvaluatedLength}` : undefined
}

/** What expressions stand for has the same length at every moment. */
const sample: PrefixMoment = {
  at: 0,
  timeZone: 'UTC',
  randomString: () => '-'.repeat(11),
  errorOutputType: 'format-conversion-failed',
}

/**
 * The prefix of one object. Without any timestamp expression Firehose appends `yyyy/MM/dd/HH/`.
 */
export function evaluatePrefix(prefix: string | undefined, moment: PrefixMoment): string {
  const pieces = parse(prefix ?? '')
  const hasTimestamp = pieces.some((piece) => isExpression(piece) && piece.namespace === 'timestamp')
  const all = hasTimestamp ? pieces : [...pieces, {namespace: 'timestamp', value: 'yyyy/MM/dd/HH/'}]
  return all.map((piece) => evaluatePiece(piece, moment)).join('')
}

/**
 * The prefix of an object of records that could not be processed. Expressions say all of it; plain text has the time behind it.
 * Without an error prefix it is the destination's own (which then has no expressions), the kind of error, and the time.
 */
export function evaluateErrorPrefix(
  prefix: string | undefined,
  errorPrefix: string | undefined,
  moment: PrefixMoment,
): string {
  if (!errorPrefix) return evaluatePrefix(`${prefix ?? ''}${moment.errorOutputType ?? ''}/`, moment)
  const pieces = parse(errorPrefix)
  if (!pieces.some(isExpression)) return evaluatePrefix(errorPrefix, moment)
  return pieces.map((piece) => evaluatePiece(piece, moment)).join('')
}

function evaluatePiece(piece: Piece, moment: PrefixMoment): string {
  if (!isExpression(piece)) return piece.text
  if (piece.namespace === 'timestamp') return formatTime(piece.value, moment.at, moment.timeZone)
  return isErrorType(piece) ? (moment.errorOutputType ?? '') : moment.randomString()
}

function parse(prefix: string): Piece[] {
  return prefix
    .split(/(!\{[^}]*\})/)
    .filter((part) => part !== '')
    .map((part) => {
      const [, namespace, value = ''] = /^!\{([^:}]*):?([^}]*)\}$/.exec(part) ?? []
      return namespace === undefined ? {text: part} : {namespace, value}
    })
}

function isExpression(piece: Piece): piece is {namespace: string; value: string} {
  return 'namespace' in piece
}

function isErrorType(piece: Piece): boolean {
  return isExpression(piece) && piece.namespace === 'firehose' && piece.value === 'error-output-type'
}

function pieceProblem(piece: Piece, where: 'Prefix' | 'ErrorOutputPrefix'): string | undefined {
  if (!isExpression(piece)) return undefined
  switch (piece.namespace) {
    case 'timestamp':
      return tokens(piece.value) === undefined
        ? `Invalid conversion character used in the value of the expression in ${where}`
        : undefined
    case 'firehose':
      return isErrorType(piece) || piece.value === 'random-string'
        ? undefined
        : `Invalid value ${piece.value} of the namespace firehose in ${where}`
    case 'partitionKeyFromQuery':
    case 'partitionKeyFromLambda':
      return where === 'ErrorOutputPrefix'
        ? "Dynamic Partitioning Namespaces can't be part of an error prefix expression"
        : 'Dynamic Partitioning Namespaces can only be used when Dynamic Partitioning is enabled'
    default:
      return `Namespace to the left of colon (${piece.namespace}) is an invalid keyword!`
  }
}

/** A Java date pattern as letters runs and literals; undefined where it holds a letter that is not understood. */
function tokens(pattern: string): {run?: string; literal?: string}[] | undefined {
  const found: {run?: string; literal?: string}[] = []
  for (const [part] of pattern.matchAll(/'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+|'/g)) {
    if (part.startsWith("'")) {
      if (part === "'") return undefined
      found.push({literal: part === "''" ? "'" : part.slice(1, -1).replaceAll("''", "'")})
    } else if (/^[A-Za-z]/.test(part)) {
      if (!Object.hasOwn(fields, part.charAt(0))) return undefined
      found.push({run: part})
    } else found.push({literal: part})
  }
  return found
}

const fields: Readonly<Record<string, Intl.DateTimeFormatPartTypes>> = {
  y: 'year',
  M: 'month',
  d: 'day',
  H: 'hour',
  m: 'minute',
  s: 'second',
}

function formatTime(pattern: string, at: number, timeZone: string): string {
  const parts = timeParts(at, timeZone)
  return (tokens(pattern) ?? [])
    .map(({run, literal}) => {
      if (run === undefined) return literal ?? ''
      const value = parts[fields[run.charAt(0)] ?? 'year'] ?? ''
      return run === 'yy'
        ? value.slice(-2)
        : value.padStart(run.length, '0').slice(run.startsWith('y') ? 0 : -Math.max(run.length, 2))
    })
    .join('')
}

function timeParts(at: number, timeZone: string): Partial<Record<Intl.DateTimeFormatPartTypes, string>> {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  return Object.fromEntries(format.formatToParts(at).map(({type, value}) => [type, value]))
}

/** `yyyy-MM-dd-HH-mm-ss`, as it stands in the names of objects (always UTC). */
export function objectTimestamp(at: number): string {
  return formatTime('yyyy-MM-dd-HH-mm-ss', at, 'UTC')
}
