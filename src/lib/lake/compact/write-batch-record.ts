import {toOpError} from '../../aws/map-sdk-error'
import {layout} from '../../road/layout'
import {batchText} from '../ledger/compacted'
import type {LakeDeps, LakePlace} from './lake-deps'
import type {BatchRows} from './run-batch'

/** What a batch consumed and wrote. It says so from the moment on in which the head names the batch. */
export interface BatchRecord {
  number: number
  /** Keys of the raw objects. */
  objects: readonly string[]
  rows: readonly BatchRows[]
  quarantinedCount: number
}

/** Keeps what a batch did beside the head. Throws what S3 refuses. */
export async function writeBatchRecord(
  {s3}: LakeDeps,
  {bucket}: LakePlace,
  record: BatchRecord,
): Promise<void> {
  const {PutObjectCommand} = await import('@aws-sdk/client-s3')
  const Key = `${layout.ledgerFolder}batch-${batchText(record.number)}.json`
  try {
    const Body = JSON.stringify(record)
    await s3.send(new PutObjectCommand({Bucket: bucket, Key, Body, ContentType: 'application/json'}))
  } catch (error) {
    throw toOpError(error, `write s3://${bucket}/${Key}`)
  }
}
