import {notSupported, SqlFailure} from '../sql-failure'

/**
 * A replacement of `regexp_replace` as Trino reads it (`$1`, `${name}`, a backslash before what stands for itself), in the words of DuckDB. Throws
 * SqlFailure where it names a group that the pattern does not have.
 */
export function fromJava(replacement: string, pattern: string): string {
  const groups = groupsOf(pattern)
  return replacement.replace(
    /\\([\s\S])|\$\{(\w+)\}|\$(\d+)|\$|\\/g,
    (piece, plain?: string, name?: string, digits?: string) => {
      if (plain !== undefined) return plain === '\\' ? '\\\\' : plain
      if (name !== undefined) return group(groups.indexOf(name) + 1, name)
      if (digits === undefined)
        throw new SqlFailure('INVALID_FUNCTION_ARGUMENT: Illegal replacement sequence: unknown group')
      // As many digits as still name a group.
      let length = digits.length
      while (length > 1 && Number(digits.slice(0, length)) > groups.length) length -= 1
      const number = Number(digits.slice(0, length))
      if (number > groups.length) throw unknown(digits)
      return (number === 0 ? '\\0' : group(number, digits)) + digits.slice(length)
    },
  )
}

function group(number: number, named: string): string {
  if (number === 0) throw unknown(named)
  if (number > 9) throw notSupported('A tenth group in regexp_replace()')
  return `\\${number}`
}

function unknown(named: string): SqlFailure {
  return new SqlFailure(`INVALID_FUNCTION_ARGUMENT: Illegal replacement sequence: unknown group ${named}`)
}

/** The names of a pattern's groups in their order; empty where one has none. */
function groupsOf(pattern: string): string[] {
  const bare = pattern.replace(/\\[\s\S]|\[\^?\]?(?:\\[\s\S]|[^\]\\])*\]/g, '')
  return [...bare.matchAll(/\((?:\?P?<(\w+)>|(?!\?))/g)].map(([, name]) => name ?? '')
}
