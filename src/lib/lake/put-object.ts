import type {S3Client} from '@aws-sdk/client-s3'
import {toOpError} from '../aws/map-sdk-error'

/** An object that the lake keeps of itself. */
export interface KeptObject {
  key: string
  body: string | Buffer
  contentType: string
}

/** Writes an object, in place of one of the same key. Throws what S3 refuses. */
export async function putObject(
  s3: S3Client,
  bucket: string,
  {key, body, contentType}: KeptObject,
): Promise<void> {
  const {PutObjectCommand} = await import('@aws-sdk/client-s3')
  try {
    await s3.send(new PutObjectCommand({Bucket: bucket, Key: key, Body: body, ContentType: contentType}))
  } catch (error) {
    throw toOpError(error, `write s3://${bucket}/${key}`)
  }
}
