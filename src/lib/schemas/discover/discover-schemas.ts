import type {Readable} from 'node:stream'
import type {AwsClients} from '../../aws/clients'
import type {Now} from '../../core/clock'
import {OpError} from '../../core/errors'
import {documentText} from '../document-file'
import {toLearnedForm, type LearnedForm} from './learned-form'
import type {DiscoverWords} from './choose-work'
import {fileRemarks, learnedRemarks, progressText} from './discover-text'
import {openEvents, type EventInput} from '../event-input'
import {learnEvents, type LearnedEvents, type LearnOptions} from './learn-events'
import {learnedDocument} from './learned-document'
import {planRegistry} from './registry-plan'
import type {SchemaChange, SchemaPlan} from './schema-change'
import {writeLearned} from './write-learned'

/** One schema in the answer of `schemas discover`. */
export interface DiscoveredSchema {
  name: string
  /** Both are missing for documents that are no EventBridge events. */
  source?: string
  detailType?: string
  eventCount: number
  /** The schema, where it goes to standard output. */
  document?: object | string
  /** Where it was written to. */
  file?: string
}

/** What `schemas discover FILE` answers. */
export interface DiscoverResult {
  readCount: number
  unreadableCount: number
  schemas: DiscoveredSchema[]
  /** With `--registry`: whether something was changed there (with `--dry-run`, would be), and what. */
  changed?: boolean
  changes?: SchemaChange[]
}

export interface DiscoverDeps {
  stdin: Readable & {isTTY?: boolean}
  signal: AbortSignal
  /** Any clock that goes steadily. */
  now: Now
  /** Called only where a bucket is read or a registry is written. */
  connect: () => Promise<AwsClients>
  /** Gets a line now and then while events are read. */
  onProgress: (text: string) => void
}

export interface Discovered {
  result: DiscoverResult
  /** What else there is to say, a line each; the lines hold what the events hold: clean them. */
  remarks: string[]
  /** What would be changed in the registry, where one is named. */
  plan: SchemaPlan | undefined
}

/**
 * Reads events, learns their schemas, and writes the documents where `output` says. Throws `NO_EVENTS` (usage) where nothing in the
 * input is an event, and what `openEvents`, `learnEvents`, `toLearnedForm`, `writeLearned` and `planRegistry` throw.
 */
export async function discoverSchemas(words: DiscoverWords, deps: DiscoverDeps): Promise<Discovered> {
  const form = toLearnedForm(words.as ?? 'openapi3')
  const {signal, now} = deps
  const s3 = async () => (await deps.connect()).s3()
  const input = await openEvents(words.file, {
    stdin: deps.stdin,
    signal,
    s3,
    hint: 'usage-tracker schemas discover events.ndjson; for the discoverer of a bus: --start, --status',
  })
  const learned = await learnSome(input, {
    plainName: words.name,
    signal,
    now,
    onProgress: (progress) => deps.onProgress(progressText(progress, input)),
  })
  const result = await resultOf(learned, form, words.output)
  const remarks = learnedRemarks(learned, input)
  if (words.registry === undefined) {
    return {result, remarks: [...remarks, ...fileRemarks(result)], plan: undefined}
  }
  const client = await (await deps.connect()).schemas()
  return {result, remarks, plan: await planRegistry(client, words.registry, learned.kinds)}
}

async function learnSome(input: EventInput, options: LearnOptions): Promise<LearnedEvents> {
  const learned = await learnEvents(input.elements, options)
  if (learned.kinds.length > 0) return learned
  const [first] = learned.reasons
  const why = first ? `, at ${first.firstPosition} for one: ${first.firstMessage}` : '.'
  throw new OpError('usage', 'NO_EVENTS', `The input holds no event that can be read${why}`, {
    hint: 'Events are JSON objects: one a line, one after the other, or in an array.',
  })
}

/** The answer: with the documents in it, or written to files where there is an `output`. */
async function resultOf(
  {kinds, readCount, unreadableCount}: LearnedEvents,
  form: LearnedForm,
  output: string | undefined,
): Promise<DiscoverResult> {
  const files = output === undefined ? undefined : await writeLearned(kinds, form, output)
  const learned = kinds.map(async (kind, index): Promise<DiscoveredSchema> => {
    const {source, detailType} = kind.model
    const file = files?.[index]
    return {
      name: kind.name,
      ...(source === undefined || detailType === undefined ? {} : {source, detailType}),
      eventCount: kind.eventCount,
      ...(file === undefined ? {document: await learnedDocument(kind, form)} : {file}),
    }
  })
  return {readCount, unreadableCount, schemas: await Promise.all(learned)}
}

/** The documents of an answer as text, one after the other. */
export function documentsText({schemas}: DiscoverResult): string {
  return schemas.map(({document}) => (document ? documentText(document) : '')).join('')
}
