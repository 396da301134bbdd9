import type {
  CreateDatabaseCommandInput,
  DeleteDatabaseCommandInput,
  UpdateDatabaseCommandInput,
} from '@aws-sdk/client-glue'
import {Cursor} from '../words/cursor'
import {changeCatalog, executionError, nothing, type StatementContext, type StatementResult} from './context'
import {requireDatabase} from './names'
import {readComment, readProperties} from './read-clauses'

/** CREATE DATABASE or SCHEMA. Throws SqlFailure where the name is taken, unless IF NOT EXISTS. */
export function createDatabase(sql: string, context: StatementContext): StatementResult {
  const cursor = new Cursor(sql, 'hive')
  cursor.needs('CREATE')
  takeDatabase(cursor)
  const ifNotExists = cursor.takes('IF', 'NOT', 'EXISTS')
  const name = cursor.name()
  const Description = readComment(cursor)
  const LocationUri = cursor.takes('LOCATION') ? cursor.text() : undefined
  const Parameters = cursor.takes('WITH', 'DBPROPERTIES') ? readProperties(cursor) : {}
  cursor.end()
  if (context.catalog.database(context.region, name)) {
    if (ifNotExists) return nothing
    throw executionError(`Database ${name} already exists`)
  }
  const DatabaseInput = {Name: name, Description, LocationUri, Parameters}
  changeCatalog(context, 'CreateDatabase', {DatabaseInput} satisfies CreateDatabaseCommandInput)
  return nothing
}

/** ALTER DATABASE name SET DBPROPERTIES: adds to the properties that are there. Throws SqlFailure. */
export function alterDatabase(sql: string, context: StatementContext): StatementResult {
  const cursor = new Cursor(sql, 'hive')
  cursor.needs('ALTER')
  takeDatabase(cursor)
  const name = cursor.name()
  cursor.needs('SET', 'DBPROPERTIES')
  const properties = readProperties(cursor)
  cursor.end()
  const {Name, Description, LocationUri, Parameters} = requireDatabase(name, context)
  const DatabaseInput = {Name, Description, LocationUri, Parameters: {...Parameters, ...properties}}
  changeCatalog(context, 'UpdateDatabase', {Name, DatabaseInput} satisfies UpdateDatabaseCommandInput)
  return nothing
}

/** DROP DATABASE or SCHEMA. Throws SqlFailure where there is none (unless IF EXISTS), and where it has tables (unless CASCADE). */
export function dropDatabase(sql: string, context: StatementContext): StatementResult {
  const cursor = new Cursor(sql, 'hive')
  cursor.needs('DROP')
  takeDatabase(cursor)
  const ifExists = cursor.takes('IF', 'EXISTS')
  const name = cursor.name()
  const cascade = !cursor.takes('RESTRICT') && cursor.takes('CASCADE')
  cursor.end()
  if (ifExists && !context.catalog.database(context.region, name)) return nothing
  const {Name} = requireDatabase(name, context)
  if (!cascade && context.catalog.tables(context.region, Name).length > 0) {
    throw executionError(
      `InvalidOperationException(message:Database ${Name} is not empty. One or more tables exist.)`,
    )
  }
  changeCatalog(context, 'DeleteDatabase', {Name} satisfies DeleteDatabaseCommandInput)
  return nothing
}

function takeDatabase(cursor: Cursor): void {
  if (!cursor.takes('DATABASE')) cursor.needs('SCHEMA')
}
