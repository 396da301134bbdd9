import {layout} from '../../road/layout'
import {batchText} from '../ledger/compacted'
import {putObject} from '../../aws/kept-object'
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
export function writeBatchRecord({s3}: LakeDeps, {bucket}: LakePlace, record: BatchRecord): Promise<void> {
  const key = `${layout.ledgerFolder}batch-${batchText(record.number)}.json`
  return putObject(s3, bucket, {key, body: JSON.stringify(record), contentType: 'application/json'})
}
