import type {S3Client} from '@aws-sdk/client-s3'
import {toOpError} from '../aws/map-sdk-error'
import {listObjects} from '../aws/list-objects'
import type {Now} from '../core/clock'
import {hourFolders, longestBufferMs} from '../road/layout'

/** The clocks of S3 and of this machine may differ a little. */
const skewMs = 60_000

/**
 * Keys of the raw objects under `folder` in which an event that was sent at `sentAt` (milliseconds since 1970) can stand by now, in
 * the order of their hours. Throws what S3 refuses.
 */
export async function keysWrittenSince(
  {s3, now}: {s3: S3Client; now: Now},
  {bucket, folder, sentAt}: {bucket: string; folder: string; sentAt: number},
): Promise<string[]> {
  const keys: string[] = []
  for (const prefix of hourFolders(folder, sentAt - longestBufferMs, now())) {
    try {
      for await (const {Key: key, LastModified: writtenAt} of listObjects(s3, {bucket, prefix})) {
        if (key !== undefined && (writtenAt?.getTime() ?? 0) >= sentAt - skewMs) keys.push(key)
      }
    } catch (error) {
      throw toOpError(error, `list the objects of bucket ${bucket}`)
    }
  }
  return keys
}
