import {Readable} from 'node:stream'
import type {S3Client} from '@aws-sdk/client-s3'
import {isAbsent, toOpError} from '../aws/map-sdk-error'
import {messageOf} from '../core/errors'

/** An object that was opened, or why there is nothing to read. */
export interface OpenedObject {
  key: string
  body: Readable | {gone: string}
  writtenAt?: Date | undefined
}

/** Opens an object; one that is gone (compaction, a lifecycle rule) is no error. Throws what S3 refuses. */
export async function openObject(
  client: S3Client,
  {bucket, key, signal}: {bucket: string; key: string; signal: AbortSignal},
): Promise<OpenedObject> {
  const {GetObjectCommand} = await import('@aws-sdk/client-s3')
  try {
    const command = new GetObjectCommand({Bucket: bucket, Key: key})
    const {Body: body, LastModified: writtenAt} = await client.send(command, {abortSignal: signal})
    return {key, body: body instanceof Readable ? body : {gone: 'it has no body'}, writtenAt}
  } catch (error) {
    if (isAbsent(error)) return {key, body: {gone: messageOf(error)}}
    throw toOpError(error, `read s3://${bucket}/${key}`)
  }
}
