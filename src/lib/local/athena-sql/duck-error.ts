import {messageOf} from '../../core/errors'
import type {ReadFiles} from './read-files'
import {lineAt, SqlFailure} from './sql-failure'
import {failing, unfit} from './trino/reasons'

interface Rule {
  pattern: RegExp
  reason: (at: string, match: RegExpExecArray) => string
  errorType?: number
}

const unresolved = 'cannot be resolved or requester is not authorized to access requested resources'

/** This endpoint's own reason: Athena has other machines. */
const outOfMemory = 'EXCEEDED_LOCAL_MEMORY_LIMIT'

const rules: readonly Rule[] = [
  {
    pattern: /Referenced column "([^"]*)" (?:not found|was not found)/,
    reason: (at, [, column]) => `COLUMN_NOT_FOUND: ${at}Column '${column}' ${unresolved}`,
    errorType: 1006,
  },
  {
    pattern: /Referenced table "([^"]*)" not found/,
    reason: (at, [, table]) => `COLUMN_NOT_FOUND: ${at}Column '${table}.*' ${unresolved}`,
    errorType: 1006,
  },
  {
    pattern: /(?:Table|Values list) "([^"]*)" does not have a column named "([^"]*)"/,
    reason: (at, [, table, column]) => `COLUMN_NOT_FOUND: ${at}Column '${table}.${column}' ${unresolved}`,
    errorType: 1006,
  },
  {
    pattern: /Could not find key "([^"]*)" in struct/,
    reason: (at, [, field]) => `COLUMN_NOT_FOUND: ${at}Column '${field}' ${unresolved}`,
    errorType: 1006,
  },
  {
    pattern: /(?:Function|Macro) with name "?([^" ]*)"? does not exist/,
    reason: (at, [, name]) => `FUNCTION_NOT_FOUND: ${at}Function '${name}' not registered`,
    errorType: 1006,
  },
  {
    pattern: /column "([^"]*)" must appear in the GROUP BY clause/,
    reason: (at, [, column]) =>
      `EXPRESSION_NOT_AGGREGATE: ${at}'${column}' must be an aggregate expression or appear in GROUP BY clause`,
    errorType: 1006,
  },
  {
    pattern: /Ambiguous reference to column name "([^"]*)"/,
    reason: (at, [, column]) => `AMBIGUOUS_NAME: ${at}Column '${column}' is ambiguous`,
    errorType: 1006,
  },
  // Reasons of our own, in a cast that had to fail; a text as a date or a time is quoted by other rules of DuckDB's.
  {
    pattern: new RegExp(`["']${failing}([\\s\\S]*?)["'](?: to |,| when )`),
    reason: (_, [, reason = '']) => reason.replaceAll("''", "'"),
  },
  {
    pattern: /Could not parse string "([\s\S]*?)" according to format/,
    reason: (_, [, value]) => `INVALID_FUNCTION_ARGUMENT: Invalid format: "${value}"`,
  },
  {
    pattern: /Conversion Error: Could not convert string '([\s\S]*?)' to (\w+)/,
    reason: (at, [, value = '', type]) =>
      `INVALID_CAST_ARGUMENT: Cannot cast '${value.replace(unfit, '')}' to ${type}`,
  },
  {
    pattern: /Conversion Error: ([^\n]*)/,
    reason: (at, [, text = '']) => `INVALID_CAST_ARGUMENT: ${text.replace(unfit, '')}`,
  },
  {pattern: /Out of Range Error: ([^\n]*)/, reason: (at, [, text]) => `NUMERIC_VALUE_OUT_OF_RANGE: ${text}`},
  {
    pattern: /Out of Memory Error/,
    reason: () => `${outOfMemory}: Query exhausted resources at this scale factor`,
  },
  {
    pattern: /(?:Binder|Parser|Catalog) Error: ([^\n]*)/,
    reason: (at, [, text]) => `SYNTAX_ERROR: ${at}${text}`,
    errorType: 1006,
  },
]

/** What DuckDB says of a Parquet file that is damaged, cut short or made up. It names the file in part of them. */
const parquetRules: readonly Rule[] = [
  {
    pattern:
      /No magic bytes found at end of file '([^']*)'|File '([^']*)' too small to be a Parquet file|"([^"]*)"[^\n]*too small to be a Parquet file/,
    reason: (_, [, ...files]) =>
      `HIVE_BAD_DATA: Not valid Parquet file: ${files.find(Boolean) ?? ''} expected magic number: PAR1`,
  },
  {
    pattern: /(?:Invalid Error|Invalid Input Error|IO Error)[\s\S]*?['"](s3:\/\/[^'"]+)['"]/,
    reason: (_, [, file]) => `HIVE_CURSOR_ERROR: Failed to read Parquet file: ${file}`,
  },
  {
    pattern: /(?:^|: )(?:Invalid|IO) Error: |Snappy|Parquet|Invalid unicode|stats size/,
    reason: () => 'HIVE_CURSOR_ERROR: Failed to read Parquet file',
  },
]

/** Whether a query failed of too little memory. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof SqlFailure && error.message.startsWith(outOfMemory)
}

/**
 * The failure that an error of DuckDB means for the query, in the words of Athena where it has some for it. `files` are those
 * that the query reads.
 */
export function fromDuckError(error: unknown, sql: string, files: ReadFiles): SqlFailure {
  if (error instanceof SqlFailure) return error
  const message = files.withAddresses(messageOf(error))
  for (const {pattern, reason, errorType} of [...(files.hasParquet ? parquetRules : []), ...rules]) {
    const match = pattern.exec(message)
    if (match) return new SqlFailure(reason(placeIn(message, sql), match), errorType)
  }
  return new SqlFailure(`GENERIC_INTERNAL_ERROR: ${message.split('\n')[0] ?? ''}`, undefined, 1)
}

/** `line 2:5: ` of the caret that DuckDB draws under the line in question; empty where there is none. */
function placeIn(message: string, sql: string): string {
  const drawn = /LINE (\d+): (.*)\n( *)\^/.exec(message)
  if (!drawn) return ''
  const [, line = '1', shown = '', indent = ''] = drawn
  const lines = sql.split('\n')
  const before = lines.slice(0, Number(line) - 1).join('\n').length + (Number(line) > 1 ? 1 : 0)
  const snippet = shown.replace(/^\.\.\./, '').replace(/\.\.\.$/, '')
  const from = (lines[Number(line) - 1] ?? '').indexOf(snippet)
  if (from < 0) return ''
  const cut = shown.startsWith('...') ? 3 : 0
  const column = indent.length - `LINE ${line}: `.length - cut
  return `${lineAt(sql, before + from + Math.max(0, column))}: `
}
