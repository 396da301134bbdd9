import type {S3Client} from '@aws-sdk/client-s3'
import {isAbsent, toOpError} from '../../aws/map-sdk-error'
import {envelopeId} from '../envelope-id'
import {textOf} from '../open-input'
import {openObject} from '../open-object'
import {splitInput} from '../split-input'

/** An object of the lake, and the texts of those of its events that were asked for, by the id that the bus gave. */
export interface ObjectEvents {
  /** When the object was written, ISO-8601; undefined where it is gone. */
  arrivedAt: string | undefined
  texts: ReadonlyMap<string, string>
}

interface Place {
  bucket: string
  key: string
  signal: AbortSignal
}

/**
 * Reads the events with these ids out of an object of JSON lines, gzip too; of an object of Parquet only the time is read. One that
 * is gone has nothing. Throws what S3 refuses.
 */
export async function readObjectEvents(
  s3: S3Client,
  {ids, ...place}: Place & {ids: ReadonlySet<string>},
): Promise<ObjectEvents> {
  const texts = new Map<string, string>()
  if (place.key.endsWith('.parquet')) return {arrivedAt: await timeOf(s3, place), texts}
  const {body, writtenAt} = await openObject(s3, place)
  if ('gone' in body) return {arrivedAt: undefined, texts}
  for await (const {text} of splitInput(textOf(body))) {
    const id = envelopeId(text)
    if (ids.has(id)) texts.set(id, text)
  }
  return {arrivedAt: writtenAt?.toISOString(), texts}
}

async function timeOf(s3: S3Client, {bucket, key, signal}: Place): Promise<string | undefined> {
  const {HeadObjectCommand} = await import('@aws-sdk/client-s3')
  try {
    const command = new HeadObjectCommand({Bucket: bucket, Key: key})
    return (await s3.send(command, {abortSignal: signal})).LastModified?.toISOString()
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw toOpError(error, `read s3://${bucket}/${key}`)
  }
}
