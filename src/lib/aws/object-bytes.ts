import {Readable} from 'node:stream'
import type {S3Client} from '@aws-sdk/client-s3'

/** Connections that break one after the other, none of which brought a byte, before reading is given up. */
const mostBreaks = 3

/**
 * The bytes of an object, from the first to the last. Where the connection breaks they are gone on with by a range of the same object: a client
 * retries requests, and not what it streams. Resolves once the object is open, so that what S3 refuses is thrown here.
 */
export async function openBytes(
  s3: S3Client,
  place: {bucket: string; key: string; signal: AbortSignal},
): Promise<AsyncGenerator<Buffer>> {
  const first = await open(s3, place)
  return bytesOf(s3, place, first)
}

interface Opened {
  body: Readable
  tag: string | undefined
}

async function* bytesOf(
  s3: S3Client,
  place: {bucket: string; key: string; signal: AbortSignal},
  first: Opened,
): AsyncGenerator<Buffer> {
  let {body} = first
  let received = 0
  for (let breaks = 0; ;) {
    try {
      for await (const chunk of body) {
        place.signal.throwIfAborted()
        received += (chunk as Buffer).length
        breaks = 0
        yield chunk as Buffer
      }
      return
    } catch (error) {
      breaks += 1
      if (place.signal.aborted || breaks > mostBreaks) throw error
    }
    const more = await open(s3, place, {from: received, tag: first.tag})
    if (!more.body.readable) return
    body = more.body
  }
}

async function open(
  s3: S3Client,
  {bucket, key, signal}: {bucket: string; key: string; signal: AbortSignal},
  rest?: {from: number; tag: string | undefined},
): Promise<Opened> {
  const {GetObjectCommand} = await import('@aws-sdk/client-s3')
  const command = new GetObjectCommand({
    ...{Bucket: bucket, Key: key},
    ...(rest && {Range: `bytes=${rest.from}-`}),
    ...(rest?.tag !== undefined && {IfMatch: rest.tag}),
  })
  const {Body: body, ETag: tag} = await s3.send(command, {abortSignal: signal})
  return {body: body instanceof Readable ? body : Readable.from([]), tag}
}
