import type {EventBridgeClient} from '@aws-sdk/client-eventbridge'
import {toOpError} from '../aws/map-sdk-error'
import type {Now} from '../core/clock'
import {OpError} from '../core/errors'
import {putEventsLimits} from '../publish/pack'
import type {PublishCounts} from '../publish/publish'
import {defaultRetry, publish} from '../publish/publish'
import type {PublishItem, Rejection} from '../publish/put-entry'
import {AsideFile} from './aside-file'
import {failureLine} from './failure-line'
import {putEvents} from './put-events'
import type {RejectionReason} from './rejection-summary'
import {RejectionSummary} from './rejection-summary'

export interface SendPorts {
  eventBridge: EventBridgeClient
  /** Any clock that goes steadily: only differences of it are used. */
  now: Now
  sleep: (delayMs: number) => Promise<void>
  random: () => number
}

export interface SendOptions {
  /** Name or ARN; the caller has made sure that it exists. */
  bus: string
  items: AsyncIterable<PublishItem> | Iterable<PublishItem>
  /** Requests in flight at a time. */
  concurrency: number
  /** Where rejected events are kept, in the form that is read again. Absent: they are counted only. */
  failuresFile?: string | undefined
  signal?: AbortSignal | undefined
  onProgress?: ((counts: Readonly<PublishCounts>) => void) | undefined
  /** Sees every rejection; those for which it answers true are not written into the failures file. */
  onRejected?: ((rejection: Rejection) => Promise<boolean>) | undefined
}

/** The answer of `events send` under `--json`. */
export interface SendResult extends PublishCounts {
  durationMs: number
  /** Set where events were rejected and kept. */
  failuresFile?: string
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
  const put = await putEvents(ports.eventBridge, options.bus)
  const failures = options.failuresFile === undefined ? undefined : await AsideFile.open(options.failuresFile)
  const summary = new RejectionSummary()
  const startedAt = ports.now()

  async function onRejected(rejection: Rejection): Promise<void> {
    summary.add(rejection)
    if (await options.onRejected?.(rejection)) return
    const line = failures && failureLine(rejection)
    if (line !== undefined) await failures?.writeLine(line)
  }

  try {
    const {interrupted, ...counts} = await publish({
      entries: options.items,
      put,
      concurrency: options.concurrency,
      limits: putEventsLimits,
      retry: defaultRetry,
      sleep: ports.sleep,
      random: ports.random,
      signal: options.signal,
      onProgress: options.onProgress,
      onRejected,
    })
    const result: SendResult = {...counts, durationMs: Math.round(ports.now() - startedAt)}
    const failuresFile = await failures?.close()
    if (failuresFile !== undefined) result.failuresFile = failuresFile
    return {result, reasons: summary.reasons(), interrupted}
  } catch (error) {
    await failures?.close().catch(() => undefined)
    throw error instanceof OpError ? error : toOpError(error, `send events to the bus ${options.bus}`)
  }
}
