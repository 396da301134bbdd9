import type {S3Client} from '@aws-sdk/client-s3'
import {isAbsent, toOpError} from '../../aws/map-sdk-error'
import {listObjects} from '../../aws/list-objects'
import {OpError} from '../../core/errors'

/** Objects under a folder, by the day in their names. */
export interface FolderMeasure {
  objectCount: number
  sizeBytes: number
  /** Objects below the size that an engine reads well. */
  smallCount: number
  days: Map<string, {objectCount: number; sizeBytes: number}>
}

/** Athena's guide, "Optimize file sizes": files below 128 MB cost more to open than to read; a quarter of it is where it begins to hurt. */
export const smallBytes = 32_000_000

/** Counts the objects under a folder. Throws `NOT_BOUND` (absent) where the bucket is not there, and what S3 refuses. */
export async function measureFolder(s3: S3Client, bucket: string, folder: string): Promise<FolderMeasure> {
  const measure: FolderMeasure = {objectCount: 0, sizeBytes: 0, smallCount: 0, days: new Map()}
  try {
    for await (const {Key: key = '', Size: sizeBytes = 0} of listObjects(s3, {bucket, prefix: folder})) {
      add(measure, key, sizeBytes)
    }
  } catch (error) {
    if (isAbsent(error)) throw notBound(bucket)
    throw toOpError(error, `list the objects of bucket ${bucket}`)
  }
  return measure
}

function add(measure: FolderMeasure, key: string, sizeBytes: number): void {
  measure.objectCount += 1
  measure.sizeBytes += sizeBytes
  if (sizeBytes < smallBytes) measure.smallCount += 1
  const day = /dt=(\d{4}-\d{2}-\d{2})\//.exec(key)?.[1]
  if (day === undefined) return
  const before = measure.days.get(day) ?? {objectCount: 0, sizeBytes: 0}
  measure.days.set(day, {objectCount: before.objectCount + 1, sizeBytes: before.sizeBytes + sizeBytes})
}

function notBound(bucket: string): OpError {
  return new OpError('absent', 'NOT_BOUND', `There is no bucket ${bucket}.`, {
    hint: 'usage-tracker bind-target makes the bucket, the tables and the workgroup.',
  })
}
