import {SqlFailure, notSupported} from '../sql-failure'
import type {Node} from '../syntax-tree'
import {call, cast, decimalType, text, whole} from './nodes'

const conversion = /%(?:(%)|([-,0]*)(\d+)?(?:\.(\d+))?([a-zA-Z]))/g

/**
 * `format('%5.2f of %s', ...)` as texts that are put together, each written as Java does. Throws SqlFailure where the arguments are too few, and
 * NOT_SUPPORTED on conversions other than %s, %d, %f and %%.
 */
export function formatted(pattern: string, given: readonly Node[]): Node {
  const pieces: Node[] = []
  let [at, next] = [0, 0]
  for (const match of pattern.matchAll(conversion)) {
    pieces.push(text(pattern.slice(at, match.index)))
    at = match.index + match[0].length
    const [whole, percent, flags = '', width, digits, letter = ''] = match
    if (percent !== undefined) {
      pieces.push(text('%'))
      continue
    }
    const value = given[next]
    next += 1
    if (value === undefined) throw new SqlFailure(`INVALID_FUNCTION_ARGUMENT: Format specifier '${whole}'`)
    pieces.push(converted(value, {whole, flags, width: Number(width ?? 0), digits, letter}))
  }
  pieces.push(text(pattern.slice(at)))
  if (pattern.slice(at).includes('%')) throw notSupported(`format('${pattern}')`)
  return pieces.reduce((left, right) => ({...call('||', left, right), is_operator: true}))
}

interface Conversion {
  whole: string
  flags: string
  width: number
  digits: string | undefined
  letter: string
}

function converted(value: Node, {whole: written, flags, width, digits, letter}: Conversion): Node {
  const fill = (piece: Node) =>
    width === 0 ? piece : call('trino_fill', piece, whole(flags.includes('-') ? -width : width))
  const zeros = whole(flags.includes('0') ? width : 0)
  const isGrouped = cast(text(String(flags.includes(','))), 'BOOLEAN')
  if (letter === 's' && digits === undefined && !/[0,]/.test(flags)) return fill(call('trino_word', value))
  if (letter === 'd' && digits === undefined) return fill(call('trino_number', value, zeros, isGrouped))
  if (letter === 'f' && !/[0,]/.test(flags)) {
    const rounded = cast(cast(value, 'VARCHAR'), 'DECIMAL', decimalType(38, Number(digits ?? 6)))
    return fill(call('trino_word', rounded))
  }
  throw notSupported(`${written} in format()`)
}
