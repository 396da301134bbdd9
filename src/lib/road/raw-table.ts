import {learntOf, type LearntField} from './event-columns'
import {rawLayouts} from './layout'
import {detailWith} from './learnt-fields'
import {defaultRecordFormat} from './record-format'
import type {RecordFormat} from './record-format'
import type {RoadSettings} from './settings'

export interface TableColumn {
  Name: string
  Type: string
  Comment?: string
}

/** A table of the Glue catalog, in the members and spelling of Glue's `TableInput`. */
export interface TableInput {
  Name: string
  Description: string
  TableType: 'EXTERNAL_TABLE'
  PartitionKeys: TableColumn[]
  Parameters: Record<string, string>
  StorageDescriptor: {
    Columns: TableColumn[]
    Location: string
    InputFormat: string
    OutputFormat: string
    SerdeInfo: {SerializationLibrary: string; Parameters: Record<string, string>}
  }
}

/** Columns whose name is not the key of the event, in Firehose's and the SerDe's sense: Hive knows no hyphens. */
export const jsonKeyOfColumn = {detail_type: 'detail-type'} as const

interface Form {
  description: string
  /** Parameters of the table. */
  parameters: Record<string, string>
  storage: Omit<TableInput['StorageDescriptor'], 'Columns' | 'Location'>
}

/** How Hive reads and writes Parquet. */
export const parquetStorage: Form['storage'] = {
  InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
  OutputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
  SerdeInfo: {
    SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
    Parameters: {'serialization.format': '1'},
  },
}

/** `ignore.malformed.json` keeps one bad line from failing a query. */
const forms: Readonly<Record<RecordFormat, Form>> = {
  json: {
    description:
      'Usage events as Firehose wrote them: one EventBridge event a line, by hour of arrival (UTC).',
    parameters: {classification: 'json'},
    storage: {
      InputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
      OutputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
      SerdeInfo: {
        SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe',
        Parameters: {
          'case.insensitive': 'TRUE',
          'ignore.malformed.json': 'true',
          'mapping.detail_type': jsonKeyOfColumn.detail_type,
        },
      },
    },
  },
  parquet: {
    description: 'Usage events as Firehose converted them to Parquet, by hour of arrival (UTC).',
    parameters: {classification: 'parquet'},
    storage: parquetStorage,
  },
}

/**
 * The table over the raw objects: whole EventBridge events, in partitions by the hour of their arrival, with the same columns
 * whatever the form of the objects. Partitions are projected, so none is ever added; the range goes back three years, for a
 * lake older than its table, and one day ahead of now, for clocks that are.
 */
export function rawTable(settings: RoadSettings, learnt: readonly LearntField[] = []): TableInput {
  const format = settings.recordFormat ?? defaultRecordFormat
  const {description, parameters, storage} = forms[format]
  const {folder, table} = rawLayouts[format]
  const location = `s3://${settings.bucket}/${folder}`
  return {
    Name: table,
    Description: description,
    TableType: 'EXTERNAL_TABLE',
    PartitionKeys: [
      {Name: 'dt', Type: 'string'},
      {Name: 'hour', Type: 'string'},
    ],
    Parameters: {EXTERNAL: 'TRUE', ...parameters, ...projection(location)},
    StorageDescriptor: {Columns: rawColumns(learntOf(format, learnt)), Location: location, ...storage},
  }
}

/** Athena, "Supported types for partition projection". The template needs every partition key and a closing slash. */
function projection(location: string): Record<string, string> {
  return {
    'projection.enabled': 'true',
    'projection.dt.type': 'date',
    'projection.dt.format': 'yyyy-MM-dd',
    'projection.dt.range': 'NOW-3YEARS,NOW+1DAY',
    'projection.dt.interval': '1',
    'projection.dt.interval.unit': 'DAYS',
    'projection.hour.type': 'integer',
    'projection.hour.range': '0,23',
    'projection.hour.digits': '2',
    'storage.location.template': `${location}dt=\${dt}/hour=\${hour}/`,
  }
}

/** The columns of a raw table, without its partition keys. */
export function rawColumns(learnt: readonly LearntField[] = []): TableColumn[] {
  return [
    {Name: 'version', Type: 'string'},
    {Name: 'id', Type: 'string'},
    {Name: 'detail_type', Type: 'string'},
    {Name: 'source', Type: 'string'},
    {Name: 'account', Type: 'string'},
    {Name: 'time', Type: 'string'},
    {Name: 'region', Type: 'string'},
    {Name: 'resources', Type: 'array<string>'},
    {Name: 'detail', Type: detailWith(learnt)},
  ]
}
