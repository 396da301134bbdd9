import {createHash} from 'node:crypto'
import {evaluatePrefix, objectTimestamp} from './prefix'
import type {StreamRow} from './rows'

/**
 * `PREFIX STREAM-VERSION-yyyy-MM-dd-HH-mm-ss-UUID EXTENSION`. The id follows from the first record's place, so that a delivery
 * which a crash has cut off before its records were taken out is written again under the same name, not beside it.
 */
export function objectKey(stream: StreamRow, firstKey: string, arrivedAt: number): string {
  const {destination} = stream
  const digest = createHash('sha256').update(`${stream.arn} ${stream.createdAt} ${firstKey}`).digest('hex')
  const id = digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
  const prefix = evaluatePrefix(destination.Prefix, {
    at: arrivedAt,
    timeZone: destination.CustomTimeZone ?? 'UTC',
    randomString: () => digest.slice(-11),
  })
  const extension = destination.FileExtension ?? (destination.CompressionFormat === 'GZIP' ? '.gz' : '')
  return `${prefix}${stream.name}-${stream.versionId}-${objectTimestamp(arrivedAt)}-${id}${extension}`
}
