import {lineAt, notSupported, SqlFailure} from './sql-failure'
import {dialectOf, headOf} from './statement-kind'
import {tokensOf} from './words/tokens'

/** The statement without white space and semicolons at its end. */
export function trimStatement(sql: string): string {
  return sql.replace(/[\s;]+$/, '')
}

/**
 * Throws where the statement is none that the endpoint runs: SqlFailure naming the construct (DDL, INSERT, UNLOAD, SHOW,
 * EXPLAIN ...), or Athena's `mismatched input` where it is no statement at all.
 */
export function refuseOtherStatements(sql: string): void {
  const [keyword = '', next = ''] = headOf(sql)
  if (['SELECT', 'WITH', 'VALUES', '('].includes(keyword)) return
  if (keyword === 'CREATE' || keyword === 'DROP' || keyword === 'ALTER')
    throw notSupported(`${keyword} ${next}`.trim())
  if (otherStatements.has(keyword)) throw notSupported(keyword)
  const [first] = tokensOf(sql, 'trino')
  throw new SqlFailure(
    `${lineAt(sql, first?.place ?? 0)}: mismatched input '${first?.raw ?? '<EOF>'}'. Expecting: 'SELECT', 'VALUES', 'WITH', <query>`,
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
  const tokens = [...tokensOf(sql, dialectOf(sql))]
  const end = tokens.findIndex((one) => one.raw === ';')
  return end >= 0 && tokens.slice(end).some((one) => one.raw !== ';' && one.kind !== 'end')
}

/**
 * Replaces each `?` outside of quotes and comments by the parameter in its place. A parameter is the SQL text of one
 * literal (Athena: strings bring their own quotes). Throws SqlFailure where the counts differ.
 */
export function substituteParameters(sql: string, parameters: readonly string[]): string {
  const marks = [...tokensOf(sql, 'trino')].filter((one) => one.raw === '?')
  if (marks.length !== parameters.length) {
    throw wrongParameters(marks.length, parameters.length)
  }
  const texts = marks.map(({place}, number) => {
    return sql.slice((marks[number - 1]?.place ?? -1) + 1, place) + literalOf(parameters[number] ?? '')
  })
  return texts.join('') + sql.slice((marks.at(-1)?.place ?? -1) + 1)
}

export function wrongParameters(expected: number, found: number): SqlFailure {
  return new SqlFailure(
    `INVALID_PARAMETER_USAGE: line 1:1: Incorrect number of parameters: expected ${expected} but found ${found}`,
  )
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
