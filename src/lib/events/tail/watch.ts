import type {Pattern} from '../../pattern/pattern'
import {RuleSet} from '../../pattern/rule-set'
import type {TailOptions, TailPorts} from './tail'
import {tailEvents} from './tail'

export interface WatchOptions extends TailOptions {
  /** Ends after so many events; with `expected`, after so many that match it (one where this is missing). */
  count?: number | undefined
  /** What is waited for. */
  expected?: Pattern | undefined
  /** Sees every event, as JSON text. */
  onEvent: (text: string) => void
}

export interface WatchOutcome {
  eventCount: number
  /** Set where something was waited for: whether it came, as often as was asked. */
  isMet?: boolean
}

/** Follows a bus until enough has come or the signal is raised. Throws what the services refuse. */
export async function watchEvents(ports: TailPorts, options: WatchOptions): Promise<WatchOutcome> {
  const {count = options.expected ? 1 : Infinity, expected} = options
  const rules = expected && RuleSet.compile([{key: true, pattern: expected}])
  let eventCount = 0
  let countedCount = 0
  const parts = tailEvents(ports, options)
  for await (const events of parts) {
    for (const text of events) {
      eventCount += 1
      options.onEvent(text)
      if (!rules || rules.match(text).length > 0) countedCount += 1
      if (countedCount >= count) break
    }
    if (countedCount >= count) break
  }
  return {eventCount, ...(expected ? {isMet: countedCount >= count} : {})}
}
