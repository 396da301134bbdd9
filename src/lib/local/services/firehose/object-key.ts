import {createHash} from 'node:crypto'
import {enabledConversion} from './conversion'
import {evaluateErrorPrefix, evaluatePrefix, objectTimestamp} from './prefix'
import type {Destination, StreamRow} from './rows'

/**
 * `PREFIX STREAM-VERSION-yyyy-MM-dd-HH-mm-ss-UUID EXTENSION`. The id follows from the first record's place, so that a delivery
 * which a crash has cut off before its records were taken out is written again under the same name, not beside it.
 */
export function objectKey(stream: StreamRow, firstKey: string, arrivedAt: number): string {
  const {destination} = stream
  const digest = digestOf(stream, firstKey)
  const prefix = evaluatePrefix(destination.Prefix, momentOf(destination, arrivedAt, digest))
  return `${prefix}${nameOf(stream, arrivedAt, digest)}${extensionOf(destination)}`
}

/** The same for the records of a delivery that could not be processed; it has no extension. */
export function errorKey(
  stream: StreamRow,
  firstKey: string,
  arrivedAt: number,
  errorOutputType: string,
): string {
  const {destination} = stream
  const digest = digestOf(stream, `${firstKey} ${errorOutputType}`)
  const moment = {...momentOf(destination, arrivedAt, digest), errorOutputType}
  const prefix = evaluateErrorPrefix(destination.Prefix, destination.ErrorOutputPrefix, moment)
  return `${prefix}${nameOf(stream, arrivedAt, digest)}`
}

function digestOf(stream: StreamRow, what: string): string {
  return createHash('sha256').update(`${stream.arn} ${stream.createdAt} ${what}`).digest('hex')
}

function momentOf({CustomTimeZone: timeZone = 'UTC'}: Destination, at: number, digest: string) {
  return {at, timeZone, randomString: () => digest.slice(-11)}
}

function nameOf(stream: StreamRow, arrivedAt: number, digest: string): string {
  const id = digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
  return `${stream.name}-${stream.versionId}-${objectTimestamp(arrivedAt)}-${id}`
}

/** An extension of the stream's own replaces that of its format; an empty one counts as none. */
function extensionOf(destination: Destination): string {
  const byFormat = destination.CompressionFormat === 'GZIP' ? '.gz' : ''
  return destination.FileExtension || (enabledConversion(destination) ? '.parquet' : byFormat)
}
