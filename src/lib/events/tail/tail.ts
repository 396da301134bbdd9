import type {AwsClients} from '../../aws/clients'
import type {Now} from '../../core/clock'
import {closeListener, keepListener, lifeMs, openListener} from './listener'
import type {ListenerPlace} from './listener'
import {receiveEvents} from './receive'
import {sweepListeners} from './sweep'

export interface TailPorts {
  clients: AwsClients
  now: Now
  /** Raised when nobody listens any more. */
  signal: AbortSignal
}

export interface TailOptions {
  place: ListenerPlace
  /** Event pattern, JSON text. */
  pattern: string
  /** Distinguishes this listener: letters, digits and hyphens. */
  id: string
  /** Called once the rule and the queue are there. `swept` are the names of what was removed before. */
  onListening: (swept: string[]) => void
}

/** How many calls to the queue are under way together: 40 events at a time. */
const parallel = 4

/**
 * The events of a bus that a pattern matches, in parts as they come (empty ones now and then), until the signal is raised or the caller has enough. A rule and a
 * queue are made for it and removed whatever happens; what a killed run has left is removed by the next one. Throws what the
 * services refuse.
 */
export async function* tailEvents(
  ports: TailPorts,
  options: TailOptions,
): AsyncGenerator<string[], void, void> {
  const {clients, now, signal} = ports
  const swept = await sweepListeners(clients, options.place.bus, now())
  const listener = await openListener(clients, options.place, {...options, now: now()})
  const ended = new AbortController()
  try {
    options.onListening(swept)
    let keptAt = now()
    for await (const events of receiveEvents(clients, listener.queueUrl, {
      signal: AbortSignal.any([signal, ended.signal]),
      parallel,
    })) {
      yield events
      if (now() - keptAt > lifeMs / 3) {
        keptAt = now()
        await keepListener(clients, listener, keptAt)
      }
    }
  } finally {
    ended.abort()
    await closeListener(clients, listener)
  }
}
