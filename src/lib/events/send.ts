import {toOpError} from '../aws/map-sdk-error'
import type {Now} from '../core/clock'
import {OpError} from '../core/errors'
import type {PackLimits} from '../publish/pack'
import {putEventsLimits} from '../publish/pack'
import type {PublishCounts, PublishOptions, RetrySettings} from '../publish/publish'
import {defaultRetry, publish} from '../publish/publish'
import type {Rejection} from '../publish/put-entry'
import {AsideFile} from './aside-file'
import type {Checkpoint} from './checkpoint/checkpoint'
import type {SendItems} from './send-source'
import {failureLine} from './failure-line'
import type {Confirmation} from './confirm/confirm-in-lake'
import type {Put} from './put-events'
import type {RejectionReason} from './rejection-summary'
import {RejectionSummary} from './rejection-summary'

export interface SendPorts {
  /** Sends a batch to the bus; the caller has made sure that it exists. */
  put: Put
  /** Any clock that goes steadily: only differences of it are used. */
  now: Now
  sleep: (delayMs: number) => Promise<void>
  random: () => number
}

export interface SendOptions {
  /** Name or ARN, for messages. */
  bus: string
  items: SendItems
  /** Requests in flight at a time. */
  concurrency: number
  /** Events a second at most. Absent: as many as the service takes. */
  perSecond?: number | undefined
  /** How much a request carries; as much as PutEvents takes unless given. */
  limits?: Partial<PackLimits> | undefined
  retry?: RetrySettings | undefined
  /** Knows what earlier runs have dealt with; closed at the end. Events that this run leaves to the next are not kept in the failures file. */
  checkpoint?: Checkpoint | undefined
  /** Where rejected events are kept, in the form that is read again. Absent: they are counted only. */
  failuresFile?: string | undefined
  signal?: AbortSignal | undefined
  onProgress?: ((counts: Readonly<PublishCounts>) => void) | undefined
  /** Sees every rejection; those for which it answers true are not written into the failures file. */
  onRejected?: ((rejection: Rejection) => Promise<boolean>) | undefined
}

/** What became of the events of a run. */
export interface SendResult extends PublishCounts {
  durationMs: number
  /** With a checkpoint: events that earlier runs had dealt with; they are not in the other counts. */
  skippedCount?: number
  /** With a checkpoint: of `rejectedCount`, those that the next run sends. */
  leftCount?: number
  /** Set where events were rejected and kept. */
  failuresFile?: string
}

/** The answer of `events send` under `--json`. */
export interface SendAnswer extends SendResult {
  /** Set with `--confirm`. */
  confirmation?: Confirmation
}

export interface SendOutcome {
  result: SendResult
  reasons: RejectionReason[]
  /** The signal fired before the end of the input. */
  interrupted: boolean
}

/**
 * Sends everything that `items` yields to a bus, and accounts for every event. Rejected events do not stop the others.
 * Throws `FILE_NOT_WRITABLE` (usage), and the service's refusal (`denied`, `service`) when not one event was accepted
 * because every request failed.
 */
export async function sendEvents(ports: SendPorts, options: SendOptions): Promise<SendOutcome> {
  const {checkpoint} = options
  const aside =
    options.failuresFile === undefined ? undefined : await AsideFile.open(options.failuresFile, !!checkpoint)
  const summary = new RejectionSummary()
  const startedAt = ports.now()
  let leftCount = 0

  async function onRejected(rejection: Rejection): Promise<void> {
    summary.add(rejection)
    if (rejection.isLeft) {
      leftCount += 1
      return
    }
    if (await options.onRejected?.(rejection)) return
    const line = aside && failureLine(rejection)
    if (line !== undefined) await aside?.writeLine(line)
  }

  try {
    const {interrupted, ...counts} = await publish({...publishOptions(ports, options), onRejected})
    const result: SendResult = {...counts, durationMs: Math.round(ports.now() - startedAt)}
    if (checkpoint) Object.assign(result, {skippedCount: checkpoint.settledCount, leftCount})
    const failuresFile = await aside?.close()
    if (failuresFile !== undefined) result.failuresFile = failuresFile
    return {result, reasons: summary.reasons(), interrupted}
  } catch (error) {
    await aside?.close().catch(() => undefined)
    throw error instanceof OpError ? error : toOpError(error, `send events to the bus ${options.bus}`)
  } finally {
    checkpoint?.close()
  }
}

function publishOptions({put, now, sleep, random}: SendPorts, options: SendOptions): PublishOptions {
  const {items: entries, concurrency, perSecond, checkpoint: ledger, signal, onProgress} = options
  const limits = {...putEventsLimits, ...options.limits}
  const retry = options.retry ?? defaultRetry
  return {entries, put, concurrency, perSecond, limits, retry, ledger, now, sleep, random, signal, onProgress}
}
