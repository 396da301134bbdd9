import {detailHiveType} from '../usage-event/columns'
import {layout} from './layout'
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

/**
 * The table over the raw objects: one whole EventBridge event a line, in partitions by the hour of its arrival.
 * Partitions are projected, so none is ever added; the range goes back three years, for a lake older than its table,
 * and one day ahead of now, for clocks that are. `ignore.malformed.json` keeps one bad line from failing a query.
 */
export function rawTable(settings: RoadSettings): TableInput {
  const location = `s3://${settings.bucket}/${layout.eventsFolder}`
  return {
    Name: layout.rawTable,
    Description:
      'Usage events as Firehose wrote them: one EventBridge event a line, by hour of arrival (UTC).',
    TableType: 'EXTERNAL_TABLE',
    PartitionKeys: [
      {Name: 'dt', Type: 'string'},
      {Name: 'hour', Type: 'string'},
    ],
    Parameters: {EXTERNAL: 'TRUE', classification: 'json', ...projection(location)},
    StorageDescriptor: {
      Columns: columns(),
      Location: location,
      InputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
      OutputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
      SerdeInfo: {
        SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe',
        Parameters: {
          'case.insensitive': 'TRUE',
          'ignore.malformed.json': 'true',
          'mapping.detail_type': 'detail-type',
        },
      },
    },
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

function columns(): TableColumn[] {
  return [
    {Name: 'version', Type: 'string'},
    {Name: 'id', Type: 'string'},
    {Name: 'detail_type', Type: 'string'},
    {Name: 'source', Type: 'string'},
    {Name: 'account', Type: 'string'},
    {Name: 'time', Type: 'string'},
    {Name: 'region', Type: 'string'},
    {Name: 'resources', Type: 'array<string>'},
    {Name: 'detail', Type: detailHiveType()},
  ]
}
