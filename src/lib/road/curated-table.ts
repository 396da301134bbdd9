import {eventColumns, type LearntField} from './event-columns'
import {layout} from './layout'
import {parquetStorage} from './raw-table'
import type {TableInput} from './raw-table'
import type {RoadSettings} from './settings'

/** The column that says which compaction wrote a row: the view leaves out those that never came to their end. */
export const batchColumn = 'batch'

/** The first day that the curated table's partitions reach back to, where no event is older. */
export const defaultFirstDay = '2020-01-01'

/**
 * The table over the compacted events: one row for each event that arrived, copies too, in partitions by the date of the billing time. Partitions
 * are projected, from `firstDay` (YYYY-MM-DD) on; an event claims at most a year ahead of now, and compaction widens the range for what lies outside.
 */
export function curatedTable(
  settings: Pick<RoadSettings, 'bucket'>,
  range = defaultDayRange,
  learnt: readonly LearntField[] = [],
): TableInput {
  const location = `s3://${settings.bucket}/${layout.curatedFolder}`
  return {
    Name: layout.curatedTable,
    Description: 'Usage events, compacted to Parquet, by the day of their billing time (UTC).',
    TableType: 'EXTERNAL_TABLE',
    PartitionKeys: [{Name: 'dt', Type: 'string'}],
    Parameters: {
      EXTERNAL: 'TRUE',
      classification: 'parquet',
      'parquet.compression': 'ZSTD',
      'projection.enabled': 'true',
      'projection.dt.type': 'date',
      'projection.dt.format': 'yyyy-MM-dd',
      'projection.dt.range': range,
      'projection.dt.interval': '1',
      'projection.dt.interval.unit': 'DAYS',
      'storage.location.template': `${location}dt=\${dt}/`,
    },
    StorageDescriptor: {
      Columns: [
        ...eventColumns(learnt).map(({name, type, comment}) => ({
          Name: name,
          Type: type,
          ...(comment !== undefined && {Comment: comment}),
        })),
        {Name: batchColumn, Type: 'string', Comment: 'The compaction that wrote the row.'},
      ],
      Location: location,
      ...parquetStorage,
    },
  }
}

/** `projection.dt.range` of a curated table whose events are all in their right mind. */
export const defaultDayRange = `${defaultFirstDay},NOW+1YEAR`
