import type {
  InputLogEvent,
  PutLogEventsCommandInput,
  PutLogEventsCommandOutput,
  RejectedLogEventsInfo,
} from '@aws-sdk/client-cloudwatch-logs'
import {Constraints} from '../../constraints'
import type {Operation} from '../../platform'
import {invalidParameter, refuseMembers} from './errors'
import {isExpired, type EventStore, type LogEvent} from './event-store'
import type {GroupStore, LogGroup} from './group-store'
import type {LogStreamStore} from './stream-store'

/** Limits of a batch (API reference, PutLogEvents). */
export const maxBatchBytes = 1_048_576
/** What an event counts beside its message. */
export const eventOverheadBytes = 26
const maxBatchCount = 10_000
const dayMs = 86_400_000
const maxAgeMs = 14 * dayMs
const maxAheadMs = 2 * 3_600_000

/** Sequence tokens are accepted and ignored since 2023; callers still get one. */
const sequenceToken = '49000000000000000000000000000000000000000000000000000000'

/**
 * Puts events into a log stream; answers when they are on disk. Events too old, beyond the group's retention or too far ahead are left
 * out, and the answer says which. Throws `InvalidParameterException`, `ResourceNotFoundException`.
 */
export function putLogEvents(
  groups: GroupStore,
  streams: LogStreamStore,
  events: EventStore,
): Operation<PutLogEventsCommandInput, PutLogEventsCommandOutput> {
  return async (input, ctx) => {
    const given = input.logEvents ?? []
    checkBatch(given)
    refuseMembers(input, ['entity'])
    const group = groups.ofName(input.logGroupName, ctx)
    const stream = streams.ofName(group, input.logStreamName)
    const rejected = rejectedOf(given, group, ctx.now)
    const from = Math.max(rejected.tooOldLogEventEndIndex ?? 0, rejected.expiredLogEventEndIndex ?? 0)
    const taken = given.slice(from, rejected.tooNewLogEventStartIndex).map((event) => toEvent(event, ctx.now))
    if (taken.length > 0) await events.put(group, stream, taken, ctx.now)
    return {
      nextSequenceToken: sequenceToken,
      ...(Object.keys(rejected).length > 0 ? {rejectedLogEventsInfo: rejected} : {}),
    }
  }
}

function checkBatch(events: readonly InputLogEvent[]): void {
  const limits = new Constraints('InvalidParameterException')
  limits.list('logEvents', events, {min: 1, max: maxBatchCount})
  for (const [i, {message, timestamp}] of events.entries()) {
    limits.number(`logEvents.${i + 1}.member.timestamp`, timestamp, {min: 0})
    if (message === '') limits.text(`logEvents.${i + 1}.member.message`, message, {min: 1})
  }
  limits.check()
  const times = events.map(({timestamp = 0}) => timestamp)
  if (times.some((time, i) => time < (times[i - 1] ?? 0))) {
    throw invalidParameter('Log events in a single PutLogEvents request must be in chronological order.')
  }
  if ((times.at(-1) ?? 0) - (times[0] ?? 0) > dayMs) {
    throw invalidParameter(
      'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
    )
  }
  const sizeBytes = events.reduce((sum, {message = ''}) => sum + sizeBytesOf(message), 0)
  if (sizeBytes > maxBatchBytes) {
    throw invalidParameter(`Upload too large: ${sizeBytes} bytes exceeds limit of ${maxBatchBytes}`)
  }
}

/** An event's size as the service counts it. */
export function sizeBytesOf(message: string): number {
  return Buffer.byteLength(message, 'utf8') + eventOverheadBytes
}

/** Since events come in the order of their times, those that are refused stand at the two ends. */
function rejectedOf(events: readonly InputLogEvent[], group: LogGroup, now: number): RejectedLogEventsInfo {
  const times = events.map(({timestamp = 0}) => timestamp)
  const tooOld = times.filter((time) => time < now - maxAgeMs).length
  const expired = times.filter((time) => isExpired(group, time, now)).length
  const tooNew = times.findIndex((time) => time > now + maxAheadMs)
  return {
    ...(tooOld > 0 ? {tooOldLogEventEndIndex: tooOld} : {}),
    ...(expired > 0 ? {expiredLogEventEndIndex: expired} : {}),
    ...(tooNew >= 0 ? {tooNewLogEventStartIndex: tooNew} : {}),
  }
}

function toEvent({timestamp = 0, message = ''}: InputLogEvent, now: number): LogEvent {
  return {timestamp, message, ingestedAt: now}
}
