import {OpError} from '../core/errors'
import {sqlText} from '../core/sql-text'

/**
 * A value as Athena's ExecutionParameters take it: the text of an SQL literal. A string stands in single quotes, those inside it
 * doubled (Trino knows no other escape); an integer stands bare. Throws BAD_PARAMETER (usage) for a string with a NUL
 * character, and for what is longer than the 1024 characters that the API takes.
 */
export function sqlLiteral(value: string | bigint): string {
  const literal = typeof value === 'bigint' ? String(value) : sqlText(value)
  if (literal.includes('\0') || literal.length > 1024) {
    throw new OpError(
      'usage',
      'BAD_PARAMETER',
      'A parameter of the query is too long or has a NUL character.',
      {
        hint: 'Athena takes parameters of up to 1024 characters.',
      },
    )
  }
  return literal
}
