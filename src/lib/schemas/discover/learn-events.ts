import type {Now} from '../../core/clock'
import type {InputElement} from '../../events/input-element'
import {RejectionSummary, type RejectionReason} from '../../events/rejection-summary'
import {EventKinds, type LearnedKind} from '../../schema-model/event-kinds'

/** What an input held. */
export interface LearnedEvents {
  kinds: LearnedKind[]
  /** Lines and elements, those that could not be read among them. */
  readCount: number
  unreadableCount: number
  /** Why some could not be read, the most frequent reason first. */
  reasons: RejectionReason[]
}

export interface LearnProgress {
  readCount: number
  unreadableCount: number
  /** Since the beginning. */
  durationMs: number
}

export interface LearnOptions {
  /** The name of the schema of what is no EventBridge event; `Event` unless given. */
  plainName?: string | undefined
  signal: AbortSignal
  /** Any clock that goes steadily: only differences of it are used. */
  now: Now
  onProgress: (progress: LearnProgress) => void
}

const progressIntervalMs = 2000
/** The clock is looked at once in so many events. */
const progressStep = 1000

/**
 * Learns the schemas of all events of an input. What cannot be read is counted, by `NOT_JSON`, `NOT_AN_OBJECT`, `JSON_TOO_DEEP`,
 * `TOO_MANY_KINDS`, `TOO_LONG` or `INPUT_DAMAGED`. Throws what reading throws, and the signal's reason when it fires.
 */
export async function learnEvents(
  elements: AsyncIterable<InputElement>,
  options: LearnOptions,
): Promise<LearnedEvents> {
  const kinds = new EventKinds(options.plainName)
  const unreadable = new RejectionSummary()
  const counts = {readCount: 0, unreadableCount: 0}
  const startedAt = options.now()
  let saidAt = startedAt
  for await (const element of elements) {
    counts.readCount += 1
    const problem = problemOf(element) ?? kinds.add(element.text)
    if (problem) {
      counts.unreadableCount += 1
      unreadable.add({...problem, position: element.position, original: undefined})
    }
    if (counts.readCount % progressStep > 0) continue
    options.signal.throwIfAborted()
    const now = options.now()
    if (now - saidAt < progressIntervalMs) continue
    saidAt = now
    options.onProgress({...counts, durationMs: now - startedAt})
  }
  // An input that was cut off by the signal ends like one that is damaged.
  options.signal.throwIfAborted()
  return {...counts, kinds: kinds.learned(), reasons: unreadable.reasons()}
}

function problemOf({problem, message}: InputElement): {code: string; message: string} | undefined {
  return problem && {code: problem, message: message ?? ''}
}
