import type {FilterLogEventsCommandInput, FilterLogEventsCommandOutput} from '@aws-sdk/client-cloudwatch-logs'
import {Constraints} from '../../constraints'
import type {Operation} from '../../platform'
import {invalidParameter, refuseMembers, unsupported} from './errors'
import type {EventStore, StoredEvent} from './event-store'
import {readFilterPattern} from './filter-pattern'
import {maxEvents, upTo} from './get-log-events'
import type {GroupStore, LogGroup} from './group-store'
import type {LogStream, LogStreamStore} from './stream-store'

/**
 * Events of a group, of all its streams or of some, by time and with all terms of the pattern; `endTime` is inclusive here.
 * Throws `ResourceNotFoundException`, `InvalidParameterException`.
 */
export function filterLogEvents(
  groups: GroupStore,
  streams: LogStreamStore,
  events: EventStore,
): Operation<FilterLogEventsCommandInput, FilterLogEventsCommandOutput> {
  return (input, ctx) => {
    new Constraints('InvalidParameterException')
      .number('limit', input.limit, {min: 1, max: maxEvents})
      .list('logStreamNames', input.logStreamNames, {min: 1, max: 100})
      .check()
    refuseMembers(input, ['unmask'])
    if (input.startFromHead === false) throw unsupported('startFromHead false')
    const matches = readFilterPattern(input.filterPattern)
    const group = groups.ofCall(input, ctx)
    const range = {from: input.startTime ?? 0, to: (input.endTime ?? Infinity) + 1, now: ctx.now}
    const found: FoundEvent[] = []
    for (const stream of chosenStreams(streams, group, input)) {
      for (const event of events.list(group, stream, range)) {
        if (matches(event.message)) found.push({...event, stream: stream.name})
      }
    }
    const rest = after(found, input.nextToken)
    const page = upTo(rest, input.limit ?? maxEvents)
    const last = page.at(-1)
    return {
      events: page.map(describe),
      searchedLogStreams: [],
      ...(page.length < rest.length && last ? {nextToken: tokenOf(last)} : {}),
    }
  }
}

interface FoundEvent extends StoredEvent {
  stream: string
}

function chosenStreams(
  streams: LogStreamStore,
  group: LogGroup,
  {logStreamNames: names, logStreamNamePrefix: prefix}: FilterLogEventsCommandInput,
): LogStream[] {
  if (names && prefix !== undefined) {
    throw invalidParameter('The logStreamNames and logStreamNamePrefix parameters cannot be used together.')
  }
  return names ? names.map((name) => streams.ofName(group, name)) : streams.list(group, prefix)
}

/** By time, then in the order of arrival; keys are unique over all streams. */
function after(found: FoundEvent[], token: string | undefined): FoundEvent[] {
  found.sort((a, b) => (a.key < b.key ? -1 : 1))
  if (token === undefined) return found
  const key = Buffer.from(token, 'base64url').toString()
  if (!/^\d{35}$/.test(key)) throw invalidParameter('The specified nextToken is invalid.')
  return found.filter((event) => event.key > key)
}

const tokenOf = (event: FoundEvent): string => Buffer.from(event.key).toString('base64url')

function describe({stream, timestamp, message, ingestedAt, key}: FoundEvent) {
  return {
    logStreamName: stream,
    timestamp,
    message,
    ingestionTime: ingestedAt,
    // 56 digits, as AWS's have.
    eventId: key.padStart(56, '3'),
  }
}
