import type {Column} from '@aws-sdk/client-glue'
import {Cursor} from '../words/cursor'
import {textResult, type StatementContext, type StatementResult} from './context'
import {requireOwnTable} from './names'

/** SHOW CREATE TABLE: the statement that makes the table, in the form and with the blanks at line ends that Hive writes. Throws SqlFailure on a view. */
export function showCreateTable(sql: string, context: StatementContext): StatementResult {
  const cursor = new Cursor(sql, 'hive')
  cursor.needs('SHOW', 'CREATE', 'TABLE')
  const name = cursor.objectName()
  const {
    StorageDescriptor: storage = {},
    PartitionKeys: keys = [],
    Parameters = {},
  } = requireOwnTable(name, context)
  cursor.end()
  const {comment, ...others} = Parameters
  // The statement says EXTERNAL itself.
  const properties = Object.fromEntries(Object.entries(others).filter(([key]) => key !== 'EXTERNAL'))
  const serde = propertiesOf(storage.SerdeInfo?.Parameters)
  const shown = name.database === undefined ? name.name : `${name.database}.${name.name}`
  const lines = [
    `CREATE EXTERNAL TABLE \`${shown}\`(`,
    ...columnsOf(storage.Columns),
    ...(comment === undefined ? [] : [`COMMENT ${quoted(comment)}`]),
    ...(keys.length === 0 ? [] : ['PARTITIONED BY ( ', ...columnsOf(keys)]),
    'ROW FORMAT SERDE ',
    `  ${quoted(storage.SerdeInfo?.SerializationLibrary)} `,
    ...(serde.length === 0 ? [] : ['WITH SERDEPROPERTIES ( ', ...serde]),
    'STORED AS INPUTFORMAT ',
    `  ${quoted(storage.InputFormat)} `,
    'OUTPUTFORMAT ',
    `  ${quoted(storage.OutputFormat)}`,
    'LOCATION',
    `  ${quoted(storage.Location)}`,
    ...(Object.keys(properties).length === 0 ? [] : ['TBLPROPERTIES (', ...propertiesOf(properties)]),
  ]
  return textResult(['createtab_stmt'], lines)
}

function columnsOf(columns: readonly Column[] = []): string[] {
  return closed(
    columns.map(({Name, Type, Comment}) => {
      const comment = Comment === undefined || Comment === '' ? '' : ` COMMENT ${quoted(Comment)}`
      return `  \`${Name ?? ''}\` ${Type ?? ''}${comment}`
    }),
  )
}

function propertiesOf(properties: Readonly<Record<string, string>> = {}): string[] {
  const sorted = Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1))
  return closed(sorted.map(([key, value]) => `  ${quoted(key)}=${quoted(value)}`))
}

/** Items with commas between them and the bracket that closes them. */
function closed(lines: readonly string[]): string[] {
  return lines.map((line, place) => (place === lines.length - 1 ? `${line})` : `${line}, `))
}

function quoted(text = ''): string {
  return `'${text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t')}'`
}
