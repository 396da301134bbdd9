import {messageOf, OpError} from '../core/errors'
import type {ReceivedPage} from './received/received-event'

export interface LocalHealth {
  status: 'ready'
  version: string
  dataDir: string
  pid: number
}

export interface LocalStatus {
  endpoint: string
  dataDir: string
  pid: number
  version: string
  /** The endpoint's own time, ISO-8601 UTC. */
  now: string
  /** Events that have not reached their targets yet; `oldestAt` is when the oldest was accepted. */
  pending: {count: number; oldestAt?: string}
}

/** Speaks to a running local endpoint about itself (not AWS): status, clock, flush, reset, stop. */
export class ControlClient {
  constructor(readonly url: string) {}

  /** What answers at the address, or undefined where no local endpoint does (within a second). */
  async health(): Promise<LocalHealth | undefined> {
    try {
      const response = await fetch(this.address('health'), {signal: AbortSignal.timeout(1000)})
      const body = (await response.json()) as Partial<LocalHealth>
      return response.ok && body.status === 'ready' ? (body as LocalHealth) : undefined
    } catch {
      return undefined
    }
  }

  status(): Promise<LocalStatus> {
    return this.call('GET', 'status')
  }

  /** Delivers everything that waits in buffers. */
  flush(): Promise<LocalStatus> {
    return this.call('POST', 'flush')
  }

  /** Moves the endpoint's clock forward. */
  advance(ms: number): Promise<LocalStatus> {
    return this.call('POST', 'advance', {ms})
  }

  /** Forgets everything: buses, events, objects, clock. */
  reset(): Promise<LocalStatus> {
    return this.call('POST', 'reset')
  }

  /** What came in with PutEvents, the oldest first; the last 10,000 are kept. */
  async *received(): AsyncGenerator<ReceivedPage> {
    let next: string | undefined
    do {
      const page: ReceivedPage = await this.call(
        'GET',
        next === undefined ? 'events' : `events?after=${encodeURIComponent(next)}`,
      )
      yield page
      next = page.next
    } while (next !== undefined)
  }

  /** Asks the serving process to end. */
  async stop(): Promise<void> {
    await this.call('POST', 'stop')
  }

  private async call<T>(method: string, name: string, body?: object): Promise<T> {
    let response: Response
    try {
      response = await fetch(this.address(name), {method, ...(body ? {body: JSON.stringify(body)} : {})})
    } catch (error) {
      throw new OpError(
        'service',
        'ENDPOINT_UNREACHABLE',
        `No local endpoint answers at ${this.url}: ${messageOf(error)}.`,
        {
          hint: 'Start one with `usage-tracker local start`.',
          cause: error,
        },
      )
    }
    const answer = (await response.json()) as T & {error?: string}
    if (!response.ok) {
      throw new OpError(
        'service',
        'ENDPOINT_REFUSED',
        `The local endpoint refused ${name}: ${answer.error ?? response.statusText}`,
      )
    }
    return answer
  }

  private address(name: string): string {
    return `${this.url.replace(/\/$/, '')}/_usage-tracker/${name}`
  }
}
