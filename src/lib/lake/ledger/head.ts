import type {S3Client} from '@aws-sdk/client-s3'
import {isAbsent, sdkErrorName, toOpError} from '../../aws/map-sdk-error'
import {OpError} from '../../core/errors'
import {layout} from '../../road/layout'

/**
 * What the compactions of a lake have done, in one object that changes as a whole: `ledger/head.json`. A batch counts from the moment
 * on in which the head says so, and not before.
 */
export interface LakeHead {
  version: 1
  /** Number of the last batch that was begun; 0 before the first. */
  begun: number
  /** Number of the last batch that came to its end; 0 before the first. */
  committed: number
  /** The batch that is being written. */
  open?: number
  /** Batches that never came to their end, and whose rows may still lie in the curated table. */
  lost: number[]
  /** Every raw object that had arrived before this hour when it was compacted is: start of the hour, ISO-8601. */
  before?: string
  /** Keys of compacted objects that arrived in the two days up to `before`, or after it. */
  objects: string[]
  /** Who compacts now. */
  lease?: Lease
}

export interface Lease {
  owner: LeaseOwner
  /** Until when the owner has it, ISO-8601; it is renewed while its work goes on. */
  until: string
}

export interface LeaseOwner {
  host: string
  pid: number
  /** Tells two runs of one process number apart. */
  run: string
}

export interface StoredHead {
  head: LakeHead
  /** Of the object; undefined before there is one. */
  etag: string | undefined
}

export interface LedgerPlace {
  s3: S3Client
  bucket: string
}

/** The head of a lake that was never compacted. */
export const firstHead: LakeHead = {version: 1, begun: 0, committed: 0, lost: [], objects: []}

const key = `${layout.ledgerFolder}head.json`

/** The head as it is stored, or the first one. Throws `LEDGER_UNREADABLE` (usage) and what S3 refuses. */
export async function readHead({s3, bucket}: LedgerPlace): Promise<StoredHead> {
  const {GetObjectCommand} = await import('@aws-sdk/client-s3')
  try {
    const {Body: body, ETag: etag} = await s3.send(new GetObjectCommand({Bucket: bucket, Key: key}))
    return {head: parseHead((await body?.transformToString()) ?? '', bucket), etag}
  } catch (error) {
    if (isAbsent(error)) return {head: firstHead, etag: undefined}
    throw toOpError(error, `read s3://${bucket}/${key}`)
  }
}

function parseHead(text: string, bucket: string): LakeHead {
  try {
    const head = JSON.parse(text) as LakeHead
    if (head.version === 1) return head
  } catch {
    // Said below.
  }
  throw new OpError(
    'usage',
    'LEDGER_UNREADABLE',
    `s3://${bucket}/${key} is not a ledger that this version reads.`,
    {
      hint: 'A newer usage-tracker may have written it: install that one.',
    },
  )
}

/**
 * Stores a head in place of the one that was read, and answers with its tag. S3 compares the tags and writes in one step (conditional writes,
 * `If-Match` and `If-None-Match: *`), so of two writers one is told `LAKE_BUSY` (service).
 */
export async function writeHead(
  {s3, bucket}: LedgerPlace,
  head: LakeHead,
  etag: string | undefined,
): Promise<string> {
  const {PutObjectCommand} = await import('@aws-sdk/client-s3')
  const condition = etag === undefined ? {IfNoneMatch: '*'} : {IfMatch: etag}
  const Body = JSON.stringify(head)
  try {
    const put = new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body,
      ContentType: 'application/json',
      ...condition,
    })
    return (await s3.send(put)).ETag ?? ''
  } catch (error) {
    // Two writes at once are answered with 409.
    if (/PreconditionFailed|ConditionalRequestConflict/.test(sdkErrorName(error) ?? '')) throw busy(bucket)
    throw toOpError(error, `write s3://${bucket}/${key}`)
  }
}

function busy(bucket: string): OpError {
  return new OpError(
    'service',
    'LAKE_BUSY',
    `Another compaction has taken over the lake in bucket ${bucket}.`,
    {
      hint: 'Nothing of this one counts. Run the command again when the other is done.',
    },
  )
}
