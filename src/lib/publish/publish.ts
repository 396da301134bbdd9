import type {BackoffSettings} from '../retry/backoff'
import {entrySizeBytes} from './entry-size'
import type {PackLimits} from './pack'
import {Packer} from './pack'
import type {PublishItem, PutEntry, PutResult, Rejection} from './put-entry'
import {sendBatch} from './send-batch'
import {Slots} from './slots'

export interface RetrySettings extends BackoffSettings {
  /** How often an entry is sent at most, the first time included. */
  maxAttempts: number
}

export const defaultRetry: RetrySettings = {maxAttempts: 8, baseMs: 100, maxMs: 20_000}

/** Counts of events. At the end `readCount` = `acceptedCount` + `rejectedCount`. */
export interface PublishCounts {
  readCount: number
  acceptedCount: number
  rejectedCount: number
  /** Events that were sent more than once. */
  retriedCount: number
}

export interface PublishResult extends PublishCounts {
  /** The signal fired: the source was not read to its end. */
  interrupted: boolean
}

export interface PublishOptions {
  entries: AsyncIterable<PublishItem> | Iterable<PublishItem>
  /** Sends one request; answers one result per entry in the same order, or throws when the whole request failed. */
  put: (batch: readonly PutEntry[]) => Promise<readonly PutResult[]>
  /** Requests in flight at a time; a request that waits to be tried again counts. */
  concurrency: number
  limits: PackLimits
  retry: RetrySettings
  /** Waits; may end early when the signal fires. */
  sleep: (delayMs: number) => Promise<void>
  /** A number from 0 (inclusive) to 1 (exclusive). */
  random: () => number
  signal?: AbortSignal | undefined
  /** Called after every request, with the counts so far. */
  onProgress?: ((counts: Readonly<PublishCounts>) => void) | undefined
  /** Called once per event that is not accepted; waited for. */
  onRejected?: ((rejection: Rejection) => void | Promise<void>) | undefined
}

/** What the requests of one run share. */
export interface PublishRun {
  readonly options: PublishOptions
  readonly counts: PublishCounts
  /** Why nothing is sent any more: the service cannot be reached, or refuses every request. */
  stopped: {code: string; message: string; cause: unknown} | undefined
  /** What the caller's `onRejected` threw: the account cannot be kept any more. */
  broken: {error: unknown} | undefined
  reject: (rejection: Rejection) => Promise<void>
}

/**
 * Sends every entry of a source and accounts for each one: packs by count and bytes, keeps `concurrency` requests in
 * flight, reads the source no faster than that, and sends again only what failed and may succeed, with jittered back-off.
 * When the service cannot be reached, or refuses the caller, the rest is read and rejected without being sent, so that
 * nothing goes missing; when nothing had been accepted by then, that error is thrown as it came.
 * Delivery is at least once: a request whose answer was lost is sent again.
 */
export async function publish(options: PublishOptions): Promise<PublishResult> {
  const run = createRun(options)
  const slots = new Slots(options.concurrency)
  const packer = new Packer<PutItem>(options.limits)
  const inFlight = new Set<Promise<void>>()

  async function start(batch: PutItem[] | undefined): Promise<void> {
    if (!batch) return
    await slots.acquire()
    const request = sendBatch(run, batch).finally(() => {
      inFlight.delete(request)
      slots.release()
      options.onProgress?.(run.counts)
    })
    inFlight.add(request)
    request.catch((error: unknown) => (run.broken ??= {error}))
  }

  try {
    for await (const item of options.entries) {
      if (options.signal?.aborted) break
      run.counts.readCount += 1
      if (!isSendable(item)) await run.reject(item)
      else await start(await pack(run, packer, item))
      if (run.broken || (run.stopped && run.counts.acceptedCount === 0)) break
    }
    await start(packer.flush())
  } finally {
    await Promise.allSettled(inFlight)
  }
  if (run.broken) throw run.broken.error
  if (run.stopped && run.counts.acceptedCount === 0) throw run.stopped.cause
  return {...run.counts, interrupted: options.signal?.aborted ?? false}
}

/** An entry with its place in the input. */
export type PutItem = Extract<PublishItem, {entry: PutEntry}>

function isSendable(item: PublishItem): item is PutItem {
  return !('code' in item)
}

function createRun(options: PublishOptions): PublishRun {
  const counts: PublishCounts = {readCount: 0, acceptedCount: 0, rejectedCount: 0, retriedCount: 0}
  async function reject(rejection: Rejection): Promise<void> {
    counts.rejectedCount += 1
    await options.onRejected?.(rejection)
  }
  return {options, counts, stopped: undefined, broken: undefined, reject}
}

/** Puts one entry into the packer, unless it is larger than any request may be; answers the batch to send, if one is full. */
async function pack(run: PublishRun, packer: Packer<PutItem>, item: PutItem): Promise<PutItem[] | undefined> {
  const sizeBytes = entrySizeBytes(item.entry)
  const {maxBatchBytes} = run.options.limits
  if (sizeBytes <= maxBatchBytes) return packer.add(item, sizeBytes)
  await run.reject({
    code: 'ENTRY_TOO_LARGE',
    message: `The event has ${sizeBytes} bytes, PutEvents takes at most ${maxBatchBytes}.`,
    position: item.position,
    entry: item.entry,
  })
  return undefined
}
