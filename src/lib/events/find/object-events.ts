import type {S3Client} from '@aws-sdk/client-s3'
import {isAbsent, toOpError} from '../../aws/map-sdk-error'
import {textOf} from '../open-input'
import {splitInput} from '../split-input'

/** An object of the lake, and the texts of those of its events that were asked for, by the id that the bus gave. */
export interface ObjectEvents {
  /** When the object was written, ISO-8601; undefined where it is gone. */
  arrivedAt: string | undefined
  texts: ReadonlyMap<string, string>
}

/**
 * Reads the events with these ids out of an object of JSON lines, gzip too; of an object of Parquet only the time is read. One that
 * is gone has nothing. Throws what S3 refuses.
 */
export async function readObjectEvents(
  s3: S3Client,
  {bucket, key, ids, signal}: {bucket: string; key: string; ids: ReadonlySet<string>; signal: AbortSignal},
): Promise<ObjectEvents> {
  const {GetObjectCommand, HeadObjectCommand} = await import('@aws-sdk/client-s3')
  const place = {Bucket: bucket, Key: key}
  const texts = new Map<string, string>()
  try {
    if (key.endsWith('.parquet')) {
      const {LastModified: writtenAt} = await s3.send(new HeadObjectCommand(place), {abortSignal: signal})
      return {arrivedAt: writtenAt?.toISOString(), texts}
    }
    const {Body: body, LastModified: writtenAt} = await s3.send(new GetObjectCommand(place), {
      abortSignal: signal,
    })
    for await (const {text} of splitInput(textOf(body as AsyncIterable<Buffer>))) {
      const id = idOf(text)
      if (ids.has(id)) texts.set(id, text)
    }
    return {arrivedAt: writtenAt?.toISOString(), texts}
  } catch (error) {
    if (isAbsent(error)) return {arrivedAt: undefined, texts}
    throw toOpError(error, `read s3://${bucket}/${key}`)
  }
}

function idOf(text: string): string {
  try {
    return String((JSON.parse(text) as {id?: unknown} | null)?.id)
  } catch {
    return ''
  }
}
