import type {GetLogEventsCommandInput, GetLogEventsCommandOutput} from '@aws-sdk/client-cloudwatch-logs'
import {Constraints} from '../../constraints'
import type {Operation} from '../../platform'
import {invalidParameter, refuseMembers} from './errors'
import type {EventStore, StoredEvent} from './event-store'
import type {GroupStore} from './group-store'
import {sizeBytesOf} from './put-log-events'
import type {LogStreamStore} from './stream-store'

/** What an answer holds at most (API reference, GetLogEvents). */
export const maxEvents = 10_000
export const maxAnswerBytes = 1_048_576

/** A token stands between two events: `f/KEY` asks for those after the key, `b/KEY` for those before it. */
interface Place {
  forward: boolean
  /** Undefined at the ends of the stream, where nothing has been read. */
  key: string | undefined
}

/**
 * Events of one stream by time. Without a token the last ones, or from the head on with `startFromHead`. At the end of a stream the
 * token that was given comes back. Throws `ResourceNotFoundException`, `InvalidParameterException`.
 */
export function getLogEvents(
  groups: GroupStore,
  streams: LogStreamStore,
  events: EventStore,
): Operation<GetLogEventsCommandInput, GetLogEventsCommandOutput> {
  return (input, ctx) => {
    new Constraints('InvalidParameterException')
      .number('limit', input.limit, {min: 1, max: maxEvents})
      .check()
    refuseMembers(input, ['unmask'])
    const group = groups.ofCall(input, ctx)
    const stream = streams.ofName(group, input.logStreamName)
    const place = placeOf(input)
    const {startTime: from = 0, endTime: to = Infinity} = input
    const all = [...events.list(group, stream, {from, to, now: ctx.now})]
    const page = pageOf(all, place, input.limit ?? maxEvents)
    const [first, last] = [page[0]?.key ?? place.key ?? '', page.at(-1)?.key ?? place.key ?? '']
    return {
      events: page.map(({timestamp, message, ingestedAt}) => ({
        timestamp,
        message,
        ingestionTime: ingestedAt,
      })),
      nextForwardToken: `f/${last}`,
      nextBackwardToken: `b/${first}`,
    }
  }
}

function placeOf(input: GetLogEventsCommandInput): Place {
  if (input.nextToken === undefined) return {forward: input.startFromHead ?? false, key: undefined}
  const [, way, key = ''] = /^([fb])\/(\d*)$/.exec(input.nextToken) ?? []
  if (way === undefined) throw invalidParameter('The specified nextToken is invalid.')
  return {forward: way === 'f', key}
}

function pageOf(all: readonly StoredEvent[], {forward, key}: Place, limit: number): StoredEvent[] {
  if (forward) return upTo(key === undefined ? all : all.filter((event) => event.key > key), limit)
  const before = key === undefined ? [...all] : all.filter((event) => event.key < key)
  return upTo(before.reverse(), limit).reverse()
}

/** As many of the first events as an answer can hold. */
export function upTo<T extends StoredEvent>(events: readonly T[], limit: number): T[] {
  const taken: T[] = []
  let sizeBytes = 0
  for (const event of events) {
    sizeBytes += sizeBytesOf(event.message)
    if (taken.length === limit || (sizeBytes > maxAnswerBytes && taken.length > 0)) break
    taken.push(event)
  }
  return taken
}
