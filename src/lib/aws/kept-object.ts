import type {S3Client} from '@aws-sdk/client-s3'
import {isAbsent, sdkErrorName, toOpError} from './map-sdk-error'

/** An object that the lake keeps of itself. */
export interface KeptObject {
  key: string
  body: string | Buffer
  contentType: string
}

/** Writes an object, in place of one of the same key. Throws what S3 refuses. */
export async function putObject(s3: S3Client, bucket: string, kept: KeptObject): Promise<void> {
  await put(s3, bucket, kept)
}

/**
 * Writes an object where there is none of its key, and answers whether it did: of two writers one is told `false` (conditional writes,
 * `If-None-Match: *`). Throws what else S3 refuses.
 */
export async function putNewObject(s3: S3Client, bucket: string, kept: KeptObject): Promise<boolean> {
  return put(s3, bucket, kept, {IfNoneMatch: '*'})
}

async function put(
  s3: S3Client,
  bucket: string,
  {key, body, contentType}: KeptObject,
  condition: {IfNoneMatch?: string} = {},
): Promise<boolean> {
  const {PutObjectCommand} = await import('@aws-sdk/client-s3')
  const input = {Bucket: bucket, Key: key, Body: body, ContentType: contentType, ...condition}
  try {
    await s3.send(new PutObjectCommand(input))
    return true
  } catch (error) {
    // Two writes at once are answered with 409.
    if (/PreconditionFailed|ConditionalRequestConflict/.test(sdkErrorName(error) ?? '')) return false
    throw toOpError(error, `write s3://${bucket}/${key}`)
  }
}

/** The text of an object, or undefined where there is none. Throws what else S3 refuses. */
export async function readText(s3: S3Client, bucket: string, key: string): Promise<string | undefined> {
  const {GetObjectCommand} = await import('@aws-sdk/client-s3')
  try {
    const {Body: body} = await s3.send(new GetObjectCommand({Bucket: bucket, Key: key}))
    return (await body?.transformToString()) ?? ''
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw toOpError(error, `read s3://${bucket}/${key}`)
  }
}
