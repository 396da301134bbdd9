import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {uniformFloat64} from 'pure-rand/distribution/uniformFloat64'
import {xoroshiro128plus} from 'pure-rand/generator/xoroshiro128plus'
import {AwsClients} from '../../src/lib/aws/clients'
import {Checkpoint} from '../../src/lib/events/checkpoint/checkpoint'
import {generateEntries} from '../../src/lib/events/generate'
import type {SendOutcome} from '../../src/lib/events/send'
import {sendEvents} from '../../src/lib/events/send'
import type {PublishEntry} from '../../src/lib/publish/put-entry'
import type {FaultyBus, Truth} from './faulty-bus'

export interface FaultyRunOptions {
  bus: FaultyBus
  seed: number
  /** For the checkpoint and the failures of this run. */
  folder: string
  /** The share of calls that a fault meets. */
  share: number
  /** Whether the run is interrupted again and again, and gone on with from its checkpoint. */
  interrupted: boolean
}

export interface FaultyRun {
  seed: number
  /** The feature that all its events name. */
  feature: string
  ids: readonly string[]
  outcomes: readonly SendOutcome[]
  /** `eventId` of the events in the failures file. */
  kept: readonly string[]
  truth: Truth
}

/** Sends 500 to 600 events through the proxy by the real way, on a clock that only waiting moves. All chance comes from the seed. */
export async function faultyRun(options: FaultyRunOptions): Promise<FaultyRun> {
  const {bus, seed, folder, share, interrupted} = options
  const random = chance(seed)
  const truth = bus.begin({random, share})
  const feature = `run-${String(seed).padStart(5, '0')}`
  const events = [...eventsOf(seed, 500 + Math.floor(random() * 101), feature)]
  const clients = new AwsClients({
    region: 'eu-west-1',
    endpoint: bus.url,
    credentials: {accessKeyId: 'test', secretAccessKey: 'test'},
  })
  const put = await clients.bulkPutEvents('usage', () => Date.UTC(2026, 10, 3))
  const paths = {
    failures: join(folder, `${feature}.failures`),
    checkpoint: join(folder, `${feature}.checkpoint`),
  }
  const concurrency = 1 + Math.floor(random() * 16)
  const limits = {maxEntryCount: 1 + Math.floor(random() * 7)}
  const retry = {maxAttempts: 12, baseMs: 100, maxMs: 20_000}
  let clock = 0
  const outcomes: SendOutcome[] = []
  for (let isDone = false; !isDone;) {
    const abort = new AbortController()
    let callsLeft = interrupted ? 10 + Math.floor(random() * 150) : Infinity
    const outcome = await sendEvents(
      {
        put: async (batch) => {
          if (--callsLeft === 0) abort.abort()
          return put(batch)
        },
        now: () => clock,
        sleep: async (delayMs) => {
          clock += delayMs
          await new Promise((resolve) => setImmediate(resolve))
        },
        random,
      },
      {
        bus: 'usage',
        items: events,
        concurrency,
        limits,
        retry,
        failuresFile: paths.failures,
        checkpoint: interrupted ? Checkpoint.open(paths.checkpoint, {seed}, {seed, now: 0}) : undefined,
        signal: abort.signal,
      },
    )
    outcomes.push(outcome)
    isDone = !outcome.interrupted
  }
  await clients.close()
  const kept = outcomes.some(({result}) => result.failuresFile !== undefined) ? idsIn(paths.failures) : []
  return {seed, feature, ids: events.map(idOf), outcomes, kept, truth}
}

/** Numbers from 0 to 1 that the seed alone decides. */
function chance(seed: number): () => number {
  const random = xoroshiro128plus(seed)
  // Its first numbers are alike for seeds that are near each other.
  for (let i = 0; i < 32; i++) uniformFloat64(random)
  return () => uniformFloat64(random)
}

function* eventsOf(seed: number, count: number, feature: string): Generator<PublishEntry> {
  const to = Date.UTC(2026, 10, 3)
  const range = {from: to - 3_600_000, to}
  const made = generateEntries({
    seed,
    count,
    ...range,
    source: 'my-applications',
    detailType: 'api-usage-event',
  })
  for (const {entry, position} of made) {
    const Detail = JSON.stringify({...(JSON.parse(entry.Detail) as object), feature})
    yield {entry: {...entry, Detail}, position}
  }
}

function idOf({entry}: PublishEntry): string {
  return (JSON.parse(entry.Detail) as {eventId: string}).eventId
}

function idsIn(file: string): string[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  return lines.map((line) => {
    const {Detail} = JSON.parse(line) as {Detail: string}
    return (JSON.parse(Detail) as {eventId: string}).eventId
  })
}
