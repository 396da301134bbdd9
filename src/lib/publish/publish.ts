import type {Now} from '../core/clock'
import type {BackoffSettings} from '../retry/backoff'
import {Pace} from '../retry/pace'
import {entrySizeBytes} from './entry-size'
import type {Ledger} from './ledger'
import type {PackLimits} from './pack'
import {Packer} from './pack'
import type {PublishEntry, PublishItem, PutEntry, PutResult, Rejection} from './put-entry'
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
  /** Events a second at most, those that are sent again included. Absent: as many as the service takes. */
  perSecond?: number | undefined
  /** What earlier runs have dealt with is left out, and this run adds to it. */
  ledger?: Ledger | undefined
  /** Any clock that goes steadily, in milliseconds. */
  now: Now
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
  readonly pace: Pace
  /** Why nothing is sent any more: the service cannot be reached, or refuses every request. */
  stopped: {code: string; message: string; cause: unknown} | undefined
  /** What the caller's `onRejected` threw: the account cannot be kept any more. */
  broken: {error: unknown} | undefined
  accept: (numbers: readonly number[]) => void
  /** Rejects for good; with `isPending` it is only this run that has not sent the event, and the ledger does not hear of it. */
  reject: (rejection: Rejection, number: number, isPending?: boolean) => Promise<void>
}

/** An entry with its place in the input, and its number there, from 0. */
export interface PutItem extends PublishEntry {
  number: number
}

/** So many requests a second where a slow rate is asked for: one event after the other, and not ten at once. */
const requestsPerSecond = 10

/**
 * Sends every entry of a source and accounts for each one: packs by count and bytes, keeps `concurrency` requests in
 * flight, reads the source no faster than that, and sends again only what failed and may succeed, with jittered back-off.
 * When the service cannot be reached, or refuses the caller, the rest is read and rejected without being sent, so that
 * nothing goes missing; when nothing had been accepted by then, that error is thrown as it came. With a ledger the rest is
 * not read: a later run goes on from there.
 * Delivery is at least once: a request whose answer was lost is sent again.
 */
export async function publish(options: PublishOptions): Promise<PublishResult> {
  const run = createRun(options)
  const slots = new Slots(options.concurrency)
  const packer = new Packer<PutItem>(limitsOf(options))
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

  let number = -1
  try {
    for await (const item of options.entries) {
      if (options.signal?.aborted) break
      number += 1
      if (options.ledger?.isSettled(number)) continue
      run.counts.readCount += 1
      if ('code' in item) await run.reject(item, number, item.isLeft)
      else await start(await pack(run, packer, {...item, number}))
      if (endsReading(run)) break
    }
    await start(packer.flush())
  } finally {
    await Promise.allSettled(inFlight)
  }
  if (run.broken) throw run.broken.error
  if (run.stopped && run.counts.acceptedCount === 0) throw run.stopped.cause
  return {...run.counts, interrupted: options.signal?.aborted ?? false}
}

function limitsOf({limits, perSecond = Infinity}: PublishOptions): PackLimits {
  const share = Math.max(1, Math.ceil(perSecond / requestsPerSecond))
  return {...limits, maxEntryCount: Math.min(limits.maxEntryCount, share)}
}

function createRun(options: PublishOptions): PublishRun {
  const counts: PublishCounts = {readCount: 0, acceptedCount: 0, rejectedCount: 0, retriedCount: 0}
  const {ledger, now, sleep, perSecond} = options
  function accept(numbers: readonly number[]): void {
    counts.acceptedCount += numbers.length
    ledger?.settle(numbers)
  }
  async function reject(rejection: Rejection, number: number, isPending = false): Promise<void> {
    counts.rejectedCount += 1
    const isLeft = isPending && ledger !== undefined
    await options.onRejected?.(isLeft ? {...rejection, isLeft} : rejection)
    if (!isLeft) ledger?.settle([number])
  }
  const pace = new Pace({perSecond, now, sleep})
  return {options, counts, pace, stopped: undefined, broken: undefined, accept, reject}
}

/** Without a ledger the rest is read all the same, as long as something came of the run, to be rejected and kept. */
function endsReading({broken, stopped, options, counts}: PublishRun): boolean {
  return broken !== undefined || (stopped !== undefined && (!!options.ledger || counts.acceptedCount === 0))
}

/** Puts one entry into the packer, unless it is larger than any request may be; answers the batch to send, if one is full. */
async function pack(run: PublishRun, packer: Packer<PutItem>, item: PutItem): Promise<PutItem[] | undefined> {
  const sizeBytes = entrySizeBytes(item.entry)
  const {maxBatchBytes} = run.options.limits
  if (sizeBytes <= maxBatchBytes) return packer.add(item, sizeBytes)
  const message = `The event has ${sizeBytes} bytes, PutEvents takes at most ${maxBatchBytes}.`
  const {position, entry} = item
  await run.reject({code: 'ENTRY_TOO_LARGE', message, position, entry}, item.number)
  return undefined
}
