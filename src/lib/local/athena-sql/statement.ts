import {lineAt, notSupported, SqlFailure} from './sql-failure'

const piece = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|[A-Za-z_]\w*|\s+|[\s\S]/g

/** A word, a quoted text or name, a comment, white space, or one other sign of a statement. */
export interface Piece {
  text: string
  place: number
}

/** The statement without white space and semicolons at its end. */
export function trimStatement(sql: string): string {
  return sql.replace(/[\s;]+$/, '')
}

/**
 * Throws where the statement is none that the endpoint runs: SqlFailure naming the construct (DDL, INSERT, UNLOAD, SHOW,
 * EXPLAIN ...), or Athena's `mismatched input` where it is no statement at all.
 */
export function refuseOtherStatements(sql: string): void {
  const words = pieces(sql).filter((one) => /^[A-Za-z_(]/.test(one.text))
  const first = words[0]
  const keyword = first?.text.toUpperCase() ?? ''
  if (['SELECT', 'WITH', 'VALUES', '('].includes(keyword)) return
  if (keyword === 'CREATE' || keyword === 'DROP' || keyword === 'ALTER') {
    throw notSupported(`${keyword} ${words[1]?.text.toUpperCase() ?? ''}`.trim())
  }
  if (otherStatements.has(keyword)) throw notSupported(keyword)
  throw new SqlFailure(
    `${lineAt(sql, first?.place ?? 0)}: mismatched input '${first?.text ?? '<EOF>'}'. Expecting: 'SELECT', 'VALUES', 'WITH', <query>`,
    1006,
  )
}

const otherStatements = new Set(
  'INSERT UNLOAD DELETE UPDATE MERGE MSCK SHOW DESCRIBE DESC EXPLAIN PREPARE EXECUTE DEALLOCATE USE ANALYZE VACUUM OPTIMIZE REFRESH TABLE'.split(
    ' ',
  ),
)

/** True where the text holds a second statement after a semicolon. */
export function holdsSeveralStatements(sql: string): boolean {
  const all = pieces(trimStatement(sql))
  const end = all.findIndex((one) => one.text === ';')
  return end >= 0 && all.slice(end).some((one) => !/^(?:;|\s|--|\/\*)/.test(one.text))
}

/**
 * Replaces each `?` outside of quotes and comments by the parameter in its place. A parameter is the SQL text of one
 * literal (Athena: strings bring their own quotes). Throws SqlFailure where the counts differ.
 */
export function substituteParameters(sql: string, parameters: readonly string[]): string {
  const all = pieces(sql)
  const wanted = all.filter((one) => one.text === '?').length
  if (wanted !== parameters.length) {
    throw new SqlFailure(
      `INVALID_PARAMETER_USAGE: line 1:1: Incorrect number of parameters: expected ${wanted} but found ${parameters.length}`,
    )
  }
  const values = parameters.values()
  return all.map((one) => (one.text === '?' ? literalOf(values.next().value ?? '') : one.text)).join('')
}

const literal =
  /^(?:(?:(?:DATE|TIME|TIMESTAMP|DECIMAL)\s*)?'(?:[^']|'')*'|[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|[+-]?\.\d+|true|false|null)$/i
const castOfLiteral =
  /^CAST\s*\(\s*('(?:[^']|'')*'|[+-]?\d+(?:\.\d*)?)\s+AS\s+[A-Za-z]+(?:\s*\([\d,\s]*\))?\s*\)$/i

function literalOf(parameter: string): string {
  const text = parameter.trim()
  if (literal.test(text) || castOfLiteral.test(text)) return text
  throw new SqlFailure(
    `INVALID_PARAMETER_USAGE: line 1:1: The parameter ${parameter} is not a literal; a text brings its own quotes, as in 'a''b'.`,
  )
}

/** A statement in pieces; put together again they are the statement. */
export function pieces(sql: string): Piece[] {
  return [...sql.matchAll(piece)].map((match) => ({text: match[0], place: match.index}))
}
