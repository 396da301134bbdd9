import type {CreateTableCommandInput, TableInput} from '@aws-sdk/client-glue'
import type {ObjectName} from '../words/cursor'
import {Cursor} from '../words/cursor'
import {notSupported} from '../sql-failure'
import {
  changeCatalog,
  executionError,
  nothing,
  semanticError,
  type StatementContext,
  type StatementResult,
} from './context'
import {findTable, requireDatabase} from './names'
import {readColumns, readComment, readProperties} from './read-clauses'
import {readStorageFormat} from './storage-format'

interface CreateTable {
  name: ObjectName
  ifNotExists: boolean
  table: Omit<TableInput, 'Name'>
}

/** CREATE EXTERNAL TABLE, as Athena writes it to Glue. Throws SqlFailure where the name is taken, unless IF NOT EXISTS. */
export function createTable(sql: string, context: StatementContext): StatementResult {
  const {name, ifNotExists, table} = readCreateTable(sql)
  const database = requireDatabase(name.database, context)
  if (findTable(name, context)) {
    if (ifNotExists) return nothing
    throw executionError(`AlreadyExistsException(message:Table ${name.name} already exists)`)
  }
  // Hive notes in seconds when a table was last changed.
  const Parameters = {...table.Parameters, transient_lastDdlTime: String(Math.floor(context.now / 1000))}
  changeCatalog(context, 'CreateTable', {
    DatabaseName: database.Name,
    TableInput: {...table, Name: name.name, Parameters},
  } satisfies CreateTableCommandInput)
  return nothing
}

/** Reads the statement, whose clauses have a fixed order, into what Glue keeps of it. Throws SqlFailure. */
function readCreateTable(sql: string): CreateTable {
  const cursor = new Cursor(sql, 'hive')
  cursor.needs('CREATE', 'EXTERNAL', 'TABLE')
  const ifNotExists = cursor.takes('IF', 'NOT', 'EXISTS')
  const name = cursor.objectName()
  if (cursor.sees('LIKE')) throw notSupported('CREATE EXTERNAL TABLE ... LIKE')
  const Columns = readColumns(cursor)
  const comment = readComment(cursor)
  const PartitionKeys = cursor.takes('PARTITIONED', 'BY') ? readColumns(cursor) : []
  if (cursor.sees('CLUSTERED')) throw notSupported('CLUSTERED BY (buckets)')
  if (cursor.sees('SKEWED')) throw notSupported('SKEWED BY')
  const format = readStorageFormat(cursor)
  const location = cursor.takes('LOCATION') ? cursor.text() : undefined
  const properties = cursor.takes('TBLPROPERTIES') ? readProperties(cursor) : {}
  cursor.end()
  return {
    name,
    ifNotExists,
    table: {
      Owner: 'hadoop',
      Retention: 0,
      TableType: 'EXTERNAL_TABLE',
      PartitionKeys,
      // COMMENT "creates the comment table property" (Athena's user guide, "CREATE TABLE").
      Parameters: {EXTERNAL: 'TRUE', ...(comment === undefined ? {} : {comment}), ...properties},
      StorageDescriptor: {
        Columns,
        Location: locationOf(location),
        ...format,
        Compressed: false,
        NumberOfBuckets: -1,
        BucketColumns: [],
        SortColumns: [],
        Parameters: {},
        StoredAsSubDirectories: false,
      },
    },
  }
}

/** A folder in S3; Hive keeps no slash at its end. Throws SqlFailure on anything else. */
export function locationOf(text: string | undefined): string {
  if (text === undefined) throw semanticError('An external table needs a LOCATION')
  if (!/^s3[an]?:\/\/[^/]/.test(text)) {
    throw semanticError(`${text} is no LOCATION in S3; it begins with s3:// and a bucket`)
  }
  return text.replace(/\/+$/, '')
}
