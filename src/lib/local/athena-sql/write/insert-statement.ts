import {Cursor, type ObjectName} from '../words/cursor'

export interface InsertStatement {
  table: ObjectName
  /** The columns that the query's are for; undefined where the statement names none: then all, in the table's order. */
  columns: string[] | undefined
  /** The query, at its place in the statement. */
  query: string
}

const queryWords = ['SELECT', 'WITH', 'VALUES', 'TABLE', '(']

/** Reads `INSERT INTO table [(columns)] query`. Throws SqlFailure in Athena's words. */
export function readInsert(sql: string): InsertStatement {
  const cursor = new Cursor(sql, 'trino')
  cursor.needs('INSERT', 'INTO')
  const table = cursor.objectName()
  const hasColumns = cursor.sees('(') && !cursor.seesAhead(1, queryWords)
  const columns = hasColumns ? cursor.list(() => cursor.name()) : undefined
  if (!cursor.seesAhead(0, queryWords))
    throw cursor.unexpected("'('", "'SELECT'", "'TABLE'", "'VALUES'", "'WITH'")
  return {table, columns, query: cursor.query()}
}
