import {StatementReader, type QualifiedName} from './statement-reader'

export interface InsertStatement {
  table: QualifiedName
  /** The columns that the query's are for; undefined where the statement names none: then all, in the table's order. */
  columns: string[] | undefined
  /** The query, at its place in the statement. */
  query: string
}

const queryWords = ['SELECT', 'WITH', 'VALUES', 'TABLE', '(']

/** Reads `INSERT INTO table [(columns)] query`. Throws SqlFailure in Athena's words. */
export function readInsert(sql: string): InsertStatement {
  const reader = new StatementReader(sql)
  reader.expect('INSERT', 'INTO')
  const table = reader.qualifiedName()
  const hasColumns = reader.peek() === '(' && !queryWords.includes(reader.peek(1))
  const columns = hasColumns ? reader.list(() => reader.name()) : undefined
  if (!queryWords.includes(reader.peek())) throw reader.mismatch("'(', 'SELECT', 'TABLE', 'VALUES', 'WITH'")
  return {table, columns, query: reader.query()}
}
