import {notSupported} from '../sql-failure'
import {Cursor, type ObjectName} from '../words/cursor'
import {StatementProperties} from './statement-properties'

export interface CreateTableAs {
  table: ObjectName
  ifNotExists: boolean
  properties: StatementProperties
  /** The query, at its place in the statement. */
  query: string
  /** WITH NO DATA: the table alone. */
  isEmpty: boolean
}

/** Reads `CREATE TABLE [IF NOT EXISTS] name [WITH (...)] AS query [WITH [NO] DATA]`. Throws SqlFailure in Athena's words. */
export function readCreateTableAs(sql: string): CreateTableAs {
  const cursor = new Cursor(sql, 'trino')
  cursor.needs('CREATE', 'TABLE')
  const ifNotExists = cursor.takes('IF', 'NOT', 'EXISTS')
  // Names of Iceberg's DDL stand in backticks.
  if (cursor.sees('`')) throw notSupported('CREATE TABLE without EXTERNAL or AS')
  const table = cursor.objectName()
  if (cursor.sees('(')) throw notSupported('CREATE TABLE without EXTERNAL or AS')
  const properties = StatementProperties.read(cursor, 'CREATE TABLE AS')
  cursor.needs('AS')
  const withoutData = cursor.placeOfTail('WITH', 'NO', 'DATA')
  const query = cursor.query(withoutData ?? cursor.placeOfTail('WITH', 'DATA'))
  return {table, ifNotExists, properties, query, isEmpty: withoutData !== undefined}
}
