import {SqlFailure} from '../sql-failure'

const step = /^(?:\.([A-Za-z_][\w]*|[^\s.["'*?()@$]+)|\["((?:[^"\\]|\\["\\])*)"\]|\[(\d+)\])/

/** A path of Trino's JSON functions in DuckDB's words: `$["a b"][0]` is `$."a b"[0]` there. Throws SqlFailure where Trino takes none such. */
export function fromTrinoPath(path: string): string {
  if (!path.startsWith('$')) throw invalid(path)
  let rest = path.slice(1)
  let written = '$'
  while (rest !== '') {
    const [piece, name, quoted, index] = step.exec(rest) ?? []
    if (piece === undefined) throw invalid(path)
    const key = name ?? quoted?.replace(/\\(.)/g, '$1')
    // DuckDB's paths have no escape for a quote.
    if (key?.includes('"') === true) throw invalid(path)
    written += key === undefined ? `[${index}]` : `."${key}"`
    rest = rest.slice(piece.length)
  }
  return written
}

function invalid(path: string): SqlFailure {
  return new SqlFailure(`INVALID_FUNCTION_ARGUMENT: Invalid JSON path: '${path}'`)
}
