import {standardFolder, withSlash} from '../partition-path'
import {fieldsOfQuery} from '../query-columns'
import {notSupported, SqlFailure} from '../sql-failure'
import {Cursor} from '../words/cursor'
import {requireEmpty} from './destination'
import {jsonFormat, parquetFormat, type FileFormat} from './file-format'
import {partitionedBy} from './partitioned-by'
import {StatementProperties} from './statement-properties'
import type {WriteContext, WriteStatement} from './write-target'

/**
 * `UNLOAD (query) TO 's3://...' WITH (...)`: objects and no table. Throws SqlFailure on formats and properties that are not done, and where
 * there are objects at the place already.
 */
export function unload(sql: string, context: WriteContext): WriteStatement {
  const cursor = new Cursor(sql, 'trino')
  cursor.needs('UNLOAD', '(')
  const query = cursor.queryInParentheses()
  cursor.needs('TO')
  const location = cursor.text()
  const properties = StatementProperties.read(cursor, 'UNLOAD')
  cursor.end()
  const format = formatOf(properties)
  const keyNames = properties.names('partitioned_by')
  properties.refuseRest()
  requireEmpty(location, 'UNLOAD', context.blobs)
  return {
    query,
    isEmpty: false,
    targetOf: (found) => {
      const filled = fieldsOfQuery(found)
      const {columns, keys} = partitionedBy(filled, keyNames)
      const names = keys.map((key) => key.name)
      const folderOf = (values: readonly string[]) =>
        names.length === 0 ? withSlash(location) : standardFolder(location, names, values)
      return {columns, keys, filled, format, folderOf, register: () => undefined}
    },
  }
}

function formatOf(properties: StatementProperties): FileFormat {
  const name = properties.text('format')?.toUpperCase()
  const [codec, level] = [properties.text('compression'), properties.text('compression_level')]
  switch (name) {
    case 'PARQUET':
      return parquetFormat(codec, level)
    case 'JSON':
      return jsonFormat(codec)
    case undefined:
      throw new SqlFailure('INVALID_TABLE_PROPERTY: line 1:1: UNLOAD needs the property format', 1006)
    default:
      throw notSupported(`The format ${name} of UNLOAD`)
  }
}
