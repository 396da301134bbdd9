import type {AwsClients} from '../../aws/clients'
import {parseArn} from '../../core/arn'
import {rawLayouts} from '../../road/layout'
import type {RawLayout} from '../../road/layout'
import {recordFormatOf} from '../plan/stream-differences'
import {defaultRecordFormat} from '../../road/record-format'
import type {RecordFormat} from '../../road/record-format'
import type {Road} from '../../road/road'
import type {ActualStream} from '../read/actual-road'
import {readStream} from '../read/read-stream'
import {findTable, findWorkgroup} from './find-lake'
import type {Remarks} from './remarks'

/** Names of the lake behind a delivery stream. What is not there, or could not be read, is missing. */
export interface AdoptedLake {
  stream: string
  bucket?: string | undefined
  database?: string | undefined
  workgroup?: string | undefined
  /** Where that is not JSON. */
  recordFormat?: RecordFormat | undefined
}

/** Reads the lake that a road's delivery stream writes into. Throws what `Remarks.tryRead` throws. */
export async function adoptLake(clients: AwsClients, road: Road, remarks: Remarks): Promise<AdoptedLake> {
  const {name} = road.stream
  const stream = await remarks.tryRead(
    `Delivery stream ${name}`,
    () => readStream(clients, name),
    `There is no delivery stream ${name}, which the rule sends to.`,
  )
  const bucket = stream && bucketOf(name, stream, remarks)
  if (bucket === undefined) return {stream: name}
  const format = stream?.destination ? recordFormatOf(stream.destination) : road.recordFormat
  const usual = rawLayouts[format]
  sayOtherPrefix(name, {stream, usual}, remarks)
  const {database, workgroup: group} = road.settings
  const place = `s3://${bucket}/${usual.folder}`
  const table = await remarks.tryRead(
    'The Glue catalog',
    () => findTable(clients, {bucket, format}, database),
    `No table lies over ${place}: bind-target makes one.`,
  )
  if (table && table.name !== usual.table) {
    const read = `${table.database}.${usual.table}`
    remarks.add(`Table ${table.database}.${table.name} lies over ${place}; reports read ${read}.`)
  }
  const workgroup = await remarks.tryRead(
    'The workgroups of Athena',
    () => findWorkgroup(clients, bucket, group),
    `No workgroup puts its answers into bucket ${bucket}: bind-target makes one.`,
  )
  const recordFormat = format === defaultRecordFormat ? undefined : format
  return {stream: name, bucket, database: table?.database, workgroup, recordFormat}
}

function bucketOf(name: string, {destination}: ActualStream, remarks: Remarks): string | undefined {
  if (destination?.BucketARN) return parseArn(destination.BucketARN).resource
  remarks.add(`Delivery stream ${name} does not write to S3: bind-target needs another one.`)
  return undefined
}

function sayOtherPrefix(
  name: string,
  {stream, usual}: {stream: ActualStream | undefined; usual: RawLayout},
  remarks: Remarks,
): void {
  const prefix = stream?.destination?.Prefix ?? ''
  if (prefix === usual.prefix) return
  const where = prefix === '' ? 'without a prefix' : `under ${prefix}`
  remarks.add(`Delivery stream ${name} writes ${where}; bind-target has it write under ${usual.prefix}.`)
}
