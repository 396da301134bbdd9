import type {CreateTableCommandInput, TableInput} from '@aws-sdk/client-glue'
import {hiveTypeText, type HiveField} from '../hive-type'
import {withSlash} from '../partition-path'
import {fieldsOfQuery} from '../query-columns'
import {requireSchema} from '../resolve-tables'
import {lineAt, notSupported, SqlFailure} from '../sql-failure'
import {readCreateTableAs} from './create-table-as'
import {requireEmpty} from './destination'
import {parquetFormat, type FileFormat} from './file-format'
import {PartitionFolders} from './partition-folders'
import {partitionedBy} from './partitioned-by'
import type {StatementProperties} from './statement-properties'
import type {WriteContext, WriteStatement} from './write-target'

/**
 * CREATE TABLE AS: a Parquet table of Hive. Undefined where IF NOT EXISTS finds it there. Throws SqlFailure where the name is taken, on
 * properties that are not done, and where the place for the table is not empty.
 */
export function createTableAs(sql: string, context: WriteContext): WriteStatement | undefined {
  const {table: named, ifNotExists, properties, query, isEmpty} = readCreateTableAs(sql)
  const database = requireSchema(named.database, lineAt(sql, named.place), context)
  const {name} = named
  if (context.catalog.table(context.region, database, name)) {
    if (ifNotExists) return undefined
    throw new SqlFailure(
      `TABLE_ALREADY_EXISTS: line 1:1: Destination table 'awsdatacatalog.${database}.${name}' already exists`,
      1006,
    )
  }
  const {format, codec} = tableFormat(properties)
  const location = locationOf(properties, context)
  const keyNames = properties.names('partitioned_by')
  properties.refuseRest()
  requireEmpty(location, `table '${database}.${name}'`, context.blobs)
  return {
    query,
    isEmpty,
    targetOf: (found) => {
      const filled = fieldsOfQuery(found)
      const {columns, keys} = partitionedBy(filled, keyNames)
      const table = tableInput(name, {columns, keys, location, codec})
      const folders = new PartitionFolders({...table, DatabaseName: database, Name: name}, context)
      return {
        columns,
        keys,
        filled,
        format,
        folderOf: (values) => folders.folderOf(values),
        register: () => {
          const input = {DatabaseName: database, TableInput: table} satisfies CreateTableCommandInput
          context.glue('CreateTable', input)
          folders.register()
        },
      }
    },
  }
}

/** PARQUET with GZIP where nothing is said ("CTAS table properties" of Athena's user guide). */
function tableFormat(properties: StatementProperties): {format: FileFormat; codec: string} {
  const type = properties.text('table_type')?.toUpperCase() ?? 'HIVE'
  if (type !== 'HIVE') throw notSupported(`The table_type ${type} of CREATE TABLE AS`)
  const external = properties.text('is_external') ?? 'true'
  if (external !== 'true') throw notSupported(`is_external = ${external} of CREATE TABLE AS`)
  const name = properties.text('format')?.toUpperCase() ?? 'PARQUET'
  if (name !== 'PARQUET') throw notSupported(`The format ${name} of CREATE TABLE AS`)
  const [written, parquet] = [properties.text('write_compression'), properties.text('parquet_compression')]
  const codec = (written ?? parquet ?? 'GZIP').toUpperCase()
  return {format: parquetFormat(codec, properties.text('compression_level')), codec}
}

function locationOf(properties: StatementProperties, context: WriteContext): string {
  const location = properties.text('external_location')
  if (location === undefined) return context.tableLocation
  if (!context.enforcesLocation) return withSlash(location)
  throw new SqlFailure(
    "The Create Table As Select query failed because it was submitted with an 'external_location' property to an Athena Workgroup that enforces a centralized output location for all queries. Please remove the 'external_location' property and resubmit the query.",
  )
}

interface TableParts {
  columns: readonly HiveField[]
  keys: readonly HiveField[]
  location: string
  codec: string
}

function tableInput(name: string, {columns, keys, location, codec}: TableParts): TableInput {
  const list = (fields: readonly HiveField[]) =>
    fields.map((field) => ({Name: field.name, Type: hiveTypeText(field.type)}))
  return {
    Name: name,
    TableType: 'EXTERNAL_TABLE',
    PartitionKeys: list(keys),
    Parameters: {
      EXTERNAL: 'TRUE',
      has_encrypted_data: 'false',
      classification: 'parquet',
      'parquet.compression': codec,
    },
    StorageDescriptor: {
      Columns: list(columns),
      Location: location.replace(/\/$/, ''),
      InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
      OutputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
      SerdeInfo: {
        SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
        Parameters: {'serialization.format': '1'},
      },
    },
  }
}
