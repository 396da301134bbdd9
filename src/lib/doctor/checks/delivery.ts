import type {ExtendedS3DestinationDescription} from '@aws-sdk/client-firehose'
import {convertsToParquet, streamDifferences} from '../../binding/plan/stream-differences'
import type {Road} from '../../road/road'
import type {Check} from '../check'
import {broken, ok, skippedAfter, warn} from '../finding'

/** How the stream writes: what is wrong here is stored for good, and no report can read it. */
export const delivery: Check = {
  hop: 'delivery',
  after: ['stream'],
  permissions: ['firehose:DescribeDeliveryStream'],
  run: async ({reads, road, commands}) => {
    const found = (await reads.stream())?.destination
    if (!found) return skippedAfter('stream')
    const wanted = road.stream.destination
    const fields = streamDifferences(wanted, found).filter((field) => field !== 'roleArn')
    const faults = fields.flatMap((field) => faultOf(field, found, road))
    const {name} = road.stream
    if (faults.length > 0) {
      return broken(`Delivery stream ${name} ${faults.join(', and ')}.`, commands.bind())
    }
    if (fields.length > 0) {
      return warn(`Delivery stream ${name} is not as it was bound: ${fields.join(', ')}.`, commands.bind())
    }
    const {IntervalInSeconds: seconds, SizeInMBs: size} = wanted.BufferingHints
    const what = road.recordFormat === 'parquet' ? 'Parquet' : 'one event a line'
    return ok(`Delivery stream ${name} writes ${what}, after ${seconds} s or ${size} MB.`)
  },
}

/** The differences that make events unreadable, in words. */
function faultOf(field: string, actual: ExtendedS3DestinationDescription, road: Road): string[] {
  switch (field) {
    case 'processing':
      return road.recordFormat === 'parquet' || hasDelimiter(actual)
        ? []
        : ['appends no line break to a record, so that Athena reads only the first event of an object']
    case 'prefix': {
      const wanted = road.stream.destination.Prefix
      return [`writes under ${actual.Prefix ?? 'its own prefix'}, where the table does not look (${wanted})`]
    }
    case 'bucketArn':
      return [`writes to ${actual.BucketARN ?? 'no bucket'}`]
    case 'formatConversion':
      return [conversionFault(actual, road)]
    default:
      return []
  }
}

function conversionFault(actual: ExtendedS3DestinationDescription, road: Road): string {
  if (road.recordFormat === 'json') return 'converts events to another format than the table reads'
  if (!convertsToParquet(actual)) return 'does not convert events to Parquet, which alone the table reads'
  const {SchemaConfiguration: schema, InputFormatConfiguration: input} =
    actual.DataFormatConversionConfiguration ?? {}
  const table = `${schema?.DatabaseName ?? ''}.${schema?.TableName ?? ''}`
  const wanted = `${road.table.database}.${road.table.input.Name}`
  if (table !== wanted) return `converts by the columns of table ${table}, not by those of ${wanted}`
  return input?.Deserializer?.OpenXJsonSerDe?.ColumnToJsonKeyMappings?.['detail_type'] === 'detail-type'
    ? 'converts events in another way than it was bound to'
    : 'does not read detail_type from the key detail-type, so that the column is empty'
}

/** Whether the stream appends something that ends a line (`\n`, its default). */
export function hasDelimiter(destination: ExtendedS3DestinationDescription): boolean {
  const processing = destination.ProcessingConfiguration
  if (processing?.Enabled !== true) return false
  return (processing.Processors ?? []).some(({Type: type, Parameters: parameters}) => {
    const delimiter =
      parameters?.find(({ParameterName: name}) => name === 'Delimiter')?.ParameterValue ?? '\\n'
    return type === 'AppendDelimiterToRecord' && delimiter.includes('\\n')
  })
}
