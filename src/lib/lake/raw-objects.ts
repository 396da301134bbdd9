import type {S3Client} from '@aws-sdk/client-s3'
import {toOpError} from '../aws/map-sdk-error'
import {listObjects} from '../aws/list-objects'
import {partitionOf, rawLayouts} from '../road/layout'
import {recordFormats} from '../road/record-format'
import type {RecordFormat} from '../road/record-format'
import {hourOfKey} from './raw-hours'

export interface RawObject {
  key: string
  format: RecordFormat
  /** Start of the hour in which it arrived, milliseconds since 1970. */
  hour: number
  sizeBytes: number
}

/**
 * The raw objects that arrived from `from` (all, where it is undefined) to `to`, in the order of their hours; both are the starts of hours. Empty
 * objects and names that engines pass over are left out. Throws what S3 refuses.
 */
export async function listRawObjects(
  {s3, bucket}: {s3: S3Client; bucket: string},
  {from, to}: {from?: number | undefined; to: number},
): Promise<RawObject[]> {
  const found: RawObject[] = []
  for (const format of recordFormats) {
    const {folder} = rawLayouts[format]
    for await (const {Key: key = '', Size: sizeBytes = 0} of objectsFrom({s3, bucket}, folder, from)) {
      const hour = hourOfKey(key)
      // Keys come in the order of their text, which is that of their hours.
      if (hour !== undefined && hour >= to) break
      if (hour === undefined || sizeBytes === 0 || /\/[_.][^/]*$/.test(key)) continue
      found.push({key, format, hour, sizeBytes})
    }
  }
  return found.sort((a, b) => a.hour - b.hour)
}

async function* objectsFrom(
  {s3, bucket}: {s3: S3Client; bucket: string},
  folder: string,
  from: number | undefined,
) {
  const first = from === undefined ? undefined : partitionOf(from)
  const after = first && `${folder}dt=${first.dt}/hour=${first.hour}/`
  try {
    yield* listObjects(s3, {bucket, prefix: folder, after})
  } catch (error) {
    throw toOpError(error, `list the objects of bucket ${bucket}`)
  }
}
