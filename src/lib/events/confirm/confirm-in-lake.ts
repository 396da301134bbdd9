import type {S3Client} from '@aws-sdk/client-s3'
import type {Sleep} from '../../aws/wait'
import {waitUntil} from '../../aws/wait'
import type {Now} from '../../core/clock'
import {OpError} from '../../core/errors'
import {rawLayouts} from '../../road/layout'
import type {RoadSettings} from '../../road/settings'
import {envelopeId} from '../envelope-id'
import {keysWrittenSince} from '../keys-written-since'
import {textOf} from '../open-input'
import {openObject} from '../open-object'
import {splitInput} from '../split-input'
import type {Followed} from './followed'

export interface ConfirmPorts {
  s3: S3Client
  now: Now
  sleep: Sleep
  signal: AbortSignal
  /** Delivers what a local endpoint holds back; absent on AWS, where the buffer must be waited for. */
  deliver?: (() => Promise<unknown>) | undefined
}

export interface Confirmation {
  /** Events that were looked for: all that were accepted, or a share of very many. */
  followedCount: number
  /** Those of them that stand in a raw object of the lake. */
  foundCount: number
}

/** Throws `NOT_CONFIRMABLE` (usage) where the road ends elsewhere than in raw objects of JSON, which alone can be searched. */
export function refuseUnconfirmable({targetArn, recordFormat}: RoadSettings): void {
  if (targetArn === undefined && recordFormat !== 'parquet') return
  const where = targetArn === undefined ? 'in objects of Parquet' : `in ${targetArn}`
  throw new OpError('usage', 'NOT_CONFIRMABLE', `The events end ${where}, which --confirm does not read.`, {
    hint: 'Send without --confirm, and follow one event: usage-tracker doctor --canary',
  })
}

/**
 * Waits until every followed event stands in a raw object of the lake, or the time is up. Each object is read once. Throws
 * what S3 refuses, and `INTERRUPTED`.
 */
export async function confirmInLake(
  ports: ConfirmPorts,
  followed: Followed,
  {bucket, sentAt, timeoutMs}: {bucket: string; sentAt: number; timeoutMs: number},
): Promise<Confirmation> {
  const missing = new Set(followed.ids)
  const searched = new Set<string>()
  async function look(): Promise<true | undefined> {
    await ports.deliver?.()
    for (const key of await keysWrittenSince(ports, {bucket, folder: rawLayouts.json.folder, sentAt})) {
      if (missing.size === 0) break
      if (searched.has(key)) continue
      await strikeOut(ports, bucket, key, missing)
      searched.add(key)
    }
    return missing.size === 0 ? true : undefined
  }
  const {now, sleep, signal} = ports
  const waitingFor = `the events to stand in bucket ${bucket}`
  await waitUntil(look, {now, sleep, signal, timeoutMs, waitingFor}).catch((error: unknown) => {
    if (!(error instanceof OpError && error.code === 'WAIT_TIMED_OUT')) throw error
  })
  return {followedCount: followed.ids.size, foundCount: followed.ids.size - missing.size}
}

/** Takes away the ids of all events that an object holds. One that is gone by now (compaction) holds none. */
async function strikeOut(
  {s3, signal}: ConfirmPorts,
  bucket: string,
  key: string,
  ids: Set<string>,
): Promise<void> {
  const {body} = await openObject(s3, {bucket, key, signal})
  if ('gone' in body) return
  for await (const {text} of splitInput(textOf(body))) ids.delete(envelopeId(text))
}
