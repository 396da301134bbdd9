import type {LearntField} from '../../road/event-columns'
import {rawTable} from '../../road/raw-table'
import type {TableColumn, TableInput} from '../../road/raw-table'
import type {RoadSettings} from '../../road/settings'
import {viewStatement} from '../replace-view'

/** The DDL of the lake as Athena takes it, one statement after the other: the raw table, the curated one, the view. */
export function lakeDdl(
  settings: RoadSettings,
  {table, view, learnt = []}: {table: TableInput; view: string; learnt?: readonly LearntField[]},
): string[] {
  const {database} = settings
  return [
    `CREATE DATABASE IF NOT EXISTS \`${database}\``,
    createTable(database, rawTable(settings, learnt)),
    createTable(database, table),
    viewStatement(view),
  ]
}

/** `CREATE EXTERNAL TABLE` of a table as Glue has it. Names stand in backticks: some are words of Hive (`time`). */
export function createTable(database: string, table: TableInput): string {
  const {Columns, InputFormat, Location, OutputFormat, SerdeInfo} = table.StorageDescriptor
  const serde = SerdeInfo.SerializationLibrary
  return [
    `CREATE EXTERNAL TABLE IF NOT EXISTS \`${database}\`.\`${table.Name}\` (`,
    columnsOf(Columns),
    ')',
    `COMMENT ${textOf(table.Description)}`,
    `PARTITIONED BY (${table.PartitionKeys.map(({Name, Type}) => `\`${Name}\` ${Type}`).join(', ')})`,
    `ROW FORMAT SERDE ${textOf(serde)}`,
    `WITH SERDEPROPERTIES (${propertiesOf(SerdeInfo.Parameters)})`,
    `STORED AS INPUTFORMAT ${textOf(InputFormat)}`,
    `OUTPUTFORMAT ${textOf(OutputFormat)}`,
    `LOCATION ${textOf(Location)}`,
    `TBLPROPERTIES (\n  ${propertiesOf(withoutExternal(table.Parameters), ',\n  ')}\n)`,
  ].join('\n')
}

function columnsOf(columns: readonly TableColumn[]): string {
  return columns
    .map(
      ({Name, Type, Comment}) =>
        `  \`${Name}\` ${quotedFields(Type)}${Comment === undefined ? '' : ` COMMENT ${textOf(Comment)}`}`,
    )
    .join(',\n')
}

/** Hive takes names of fields that are words of its own (`user`) in backticks alone. */
function quotedFields(type: string): string {
  return type.replace(/([<,])(\w+):/g, '$1`$2`:')
}

/** The statement says so itself. */
function withoutExternal(properties: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => key !== 'EXTERNAL'))
}

function propertiesOf(properties: Record<string, string>, between = ', '): string {
  return Object.entries(properties)
    .map(([key, value]) => `${textOf(key)}=${textOf(value)}`)
    .join(between)
}

/** Hive escapes quotes with a backslash. */
function textOf(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}
