import type {AwsClients} from '../../aws/clients'
import {parseArn} from '../../core/arn'
import {layout} from '../../road/layout'
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
  sayOtherPrefix(name, stream, remarks)
  const {database, workgroup: group} = road.settings
  const place = `s3://${bucket}/${layout.eventsFolder}`
  const table = await remarks.tryRead(
    'The Glue catalog',
    () => findTable(clients, bucket, database),
    `No table lies over ${place}: bind-target makes one.`,
  )
  if (table && table.name !== layout.rawTable) {
    const read = `${table.database}.${layout.rawTable}`
    remarks.add(`Table ${table.database}.${table.name} lies over ${place}; reports read ${read}.`)
  }
  const workgroup = await remarks.tryRead(
    'The workgroups of Athena',
    () => findWorkgroup(clients, bucket, group),
    `No workgroup puts its answers into bucket ${bucket}: bind-target makes one.`,
  )
  return {stream: name, bucket, database: table?.database, workgroup}
}

function bucketOf(name: string, {destination}: ActualStream, remarks: Remarks): string | undefined {
  if (destination?.BucketARN) return parseArn(destination.BucketARN).resource
  remarks.add(`Delivery stream ${name} does not write to S3: bind-target needs another one.`)
  return undefined
}

function sayOtherPrefix(name: string, stream: ActualStream | undefined, remarks: Remarks): void {
  const prefix = stream?.destination?.Prefix ?? ''
  if (prefix === layout.eventsPrefix) return
  const where = prefix === '' ? 'without a prefix' : `under ${prefix}`
  remarks.add(
    `Delivery stream ${name} writes ${where}; bind-target has it write under ${layout.eventsPrefix}.`,
  )
}
