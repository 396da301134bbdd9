import type {S3Client} from '@aws-sdk/client-s3'
import {toOpError} from '../../aws/map-sdk-error'
import {listObjects} from '../../aws/list-objects'
import {OpError} from '../../core/errors'
import {formatTime} from '../../core/time'
import {layout, rawLayouts} from '../../road/layout'
import type {LakeDeps, LakePlace} from '../compact/lake-deps'
import {Ledger} from '../ledger/ledger'
import {putObject} from '../../aws/kept-object'
import {eraseLines, eraseQuotes} from './erase-json'
import {eraseParquet} from './erase-parquet'
import type {SubjectObject} from './find-objects'
import {subjectHash} from './subject'
import type {Subject} from './subject'

/** What was done, without naming the subject: kept in the lake, as proof. */
export interface Receipt {
  kind: Subject['kind']
  /** SHA-256 of `user:ID` or `customer:ID`. */
  subjectHash: string
  erasedAt: string
  objects: {key: string; rowCount: number}[]
  rowCount: number
}

/**
 * Takes what is personal of a subject out of objects: each is written anew in one step, under its name. No compaction runs meanwhile. Killed in the middle it
 * leaves objects that are done and others that are not; the next run does the rest. Throws `LAKE_BUSY` (service), `OBJECT_CHANGED` (service) where
 * somebody else writes an object meanwhile, and what S3 refuses.
 */
export async function erase(
  deps: LakeDeps,
  place: LakePlace,
  {
    subject,
    objects,
    onObject,
  }: {subject: Subject; objects: readonly SubjectObject[]; onObject?: (key: string) => void},
): Promise<Receipt> {
  const ledger = await Ledger.take({...deps, bucket: place.bucket})
  const done: Receipt['objects'] = []
  try {
    const quarantined = await keysOf(deps.s3, place.bucket, layout.quarantineFolder)
    const all = [...objects.map(({key}) => key), ...quarantined]
    for (const key of all) {
      deps.signal.throwIfAborted()
      const rowCount = await eraseObject(deps.s3, place.bucket, key, subject)
      if (rowCount > 0) done.push({key, rowCount})
      onObject?.(key)
      await ledger.keep()
    }
    const receipt = {
      kind: subject.kind,
      subjectHash: subjectHash(subject),
      erasedAt: formatTime(deps.now()),
      objects: done,
      rowCount: done.reduce((sum, one) => sum + one.rowCount, 0),
    }
    await keepReceipt(deps.s3, place.bucket, receipt)
    return receipt
  } finally {
    await ledger.release()
  }
}

async function eraseObject(s3: S3Client, Bucket: string, Key: string, subject: Subject): Promise<number> {
  const {GetObjectCommand, PutObjectCommand} = await import('@aws-sdk/client-s3')
  try {
    const {
      Body: body,
      ETag,
      ContentType,
      ContentEncoding,
      Metadata,
    } = await s3.send(new GetObjectCommand({Bucket, Key}))
    const erased = await erasedBytes(Key, Buffer.from((await body?.transformToByteArray()) ?? []), subject)
    if (!erased) return 0
    const head = {ContentType, ContentEncoding, Metadata, IfMatch: ETag}
    await s3.send(new PutObjectCommand({Bucket, Key, Body: erased.bytes, ...head}))
    return erased.count
  } catch (error) {
    if (error instanceof Error && error.name === 'PreconditionFailed') throw changed(Bucket, Key)
    throw toOpError(error, `rewrite s3://${Bucket}/${Key}`)
  }
}

function erasedBytes(key: string, bytes: Buffer, subject: Subject) {
  if (key.startsWith(layout.quarantineFolder)) return eraseQuotes(bytes, subject)
  if (key.startsWith(layout.curatedFolder)) return eraseParquet(bytes, 'curated', subject)
  if (key.startsWith(rawLayouts.parquet.folder)) return eraseParquet(bytes, 'raw', subject)
  return eraseLines(bytes, subject)
}

function changed(bucket: string, key: string): OpError {
  return new OpError(
    'service',
    'OBJECT_CHANGED',
    `s3://${bucket}/${key} was written by somebody else meanwhile.`,
    {
      hint: 'Run the command again: it goes on where it was.',
    },
  )
}

async function keysOf(s3: S3Client, bucket: string, folder: string): Promise<string[]> {
  const keys: string[] = []
  try {
    for await (const {Key: key} of listObjects(s3, {bucket, prefix: folder})) {
      if (key !== undefined) keys.push(key)
    }
  } catch (error) {
    throw toOpError(error, `list the objects of bucket ${bucket}`)
  }
  return keys
}

function keepReceipt(s3: S3Client, bucket: string, receipt: Receipt): Promise<void> {
  const time = receipt.erasedAt.replace(/[:.]/g, '-')
  const key = `${layout.ledgerFolder}erased-${time}-${receipt.subjectHash.slice(0, 12)}.json`
  return putObject(s3, bucket, {key, body: JSON.stringify(receipt), contentType: 'application/json'})
}
