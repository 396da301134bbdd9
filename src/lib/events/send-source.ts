import type {Readable} from 'node:stream'
import {OpError} from '../core/errors'
import {formatTime, parseRange, parseTime} from '../core/time'
import type {PublishItem} from '../publish/put-entry'
import type {RoadSettings} from '../road/settings'
import {createUsageEventValidator} from '../usage-event/validate'
import {generateEntries} from './generate'
import {isLoopback} from './is-loopback'
import {openInput} from './open-input'
import {parseInput} from './parse-input'

/** What `events send` was asked to send: a file, or generated events. */
export interface SendRequest {
  /** A path, or `-` for standard input. */
  file?: string | undefined
  /** How many events to generate. */
  count?: number | undefined
  seed: number
  /** Range of the generated events' times, as `parseTime` takes them. The hour before `to` unless given. */
  from?: string | undefined
  to?: string | undefined
  /** Whether generated events are marked as tests; unless given, they are wherever they leave this machine. */
  test?: boolean | undefined
  validate: boolean
}

/** What is sent to where, known once the session is open. */
export interface SendPlace {
  settings: Pick<RoadSettings, 'bus' | 'source' | 'detailType'>
  endpoint: string | undefined
  now: number
}

/** An input that is open, or nothing where events are generated; `items` reads it. */
export interface SendSource {
  items: (place: SendPlace) => Promise<AsyncIterable<PublishItem> | Iterable<PublishItem>>
}

const hourMs = 3_600_000

/**
 * Opens what is to be sent, before anything is asked of the service. Without a file and a count it is standard input, unless
 * that is a terminal. Throws `NO_INPUT`, `TWO_INPUTS`, `INPUT_NOT_READABLE`, and when it is read `BAD_TIME` (all usage).
 */
export async function openSendSource(
  request: SendRequest,
  stdin: Readable & {isTTY?: boolean},
  signal: AbortSignal,
): Promise<SendSource> {
  const {file, count} = request
  if (count !== undefined) {
    if (file !== undefined) {
      throw new OpError(
        'usage',
        'TWO_INPUTS',
        'FILE and --count were both given: events are either read or generated.',
        {hint: 'Leave one of the two out.'},
      )
    }
    return {items: async (place) => generated(request, count, place)}
  }
  if (file === undefined && stdin.isTTY) {
    throw new OpError(
      'usage',
      'NO_INPUT',
      'There is nothing to send: name a FILE (- for standard input), or --count N.',
      {hint: 'usage-tracker events send events.ndjson, or usage-tracker events send --count 100'},
    )
  }
  const chunks = await openInput(file ?? '-', stdin, signal)
  return {
    items: async ({settings}) =>
      parseInput(chunks, {
        source: settings.source,
        detailType: settings.detailType,
        bus: settings.bus,
        validate: request.validate ? await createUsageEventValidator() : undefined,
      }),
  }
}

function generated(
  request: SendRequest,
  count: number,
  {settings, endpoint, now}: SendPlace,
): Iterable<PublishItem> {
  const to = request.to === undefined ? now : parseTime(request.to, now)
  const from = request.from ?? formatTime(to - hourMs)
  return generateEntries({
    ...parseRange({from, to: formatTime(to)}, now),
    seed: request.seed,
    count,
    source: settings.source,
    detailType: settings.detailType,
    test: request.test ?? !isLoopback(endpoint),
  })
}
