import {createHash} from 'node:crypto'
import {Readable} from 'node:stream'
import {OpError} from '../core/errors'
import {formatTime, parseRange, parseTime} from '../core/time'
import type {PublishItem} from '../publish/put-entry'
import type {RoadSettings} from '../road/settings'
import {createUsageEventValidator} from '../usage-event/validate'
import type {Choices, InputMark} from './checkpoint/checkpoint'
import {generateEntries} from './generate'
import {headOf} from './head-of'
import {isLoopback} from './is-loopback'
import {openBytes, openInput, textOf} from './open-input'
import type {OpenBytes} from './open-input'
import {parseInput} from './parse-input'
import type {SendSchema} from './send-schema'
import type {FillOptions} from './template/fill-template'
import type {Template} from './template/template'

/** What `events send` was asked to send: an input that is read, or generated events. */
export interface SendRequest {
  /** A path, `-` for standard input, or the events themselves: JSON begins with a brace or a bracket. */
  file?: string | undefined
  /** How many events to generate. */
  count?: number | undefined
  /** File of the event that generated ones are made after. */
  template?: string | undefined
  seed?: number | undefined
  /** Range of the generated events' times, as `parseTime` takes them. The hour before `to` unless given. */
  from?: string | undefined
  to?: string | undefined
  /** Whether generated events are marked as tests; unless given, they are wherever they leave this machine. */
  test?: boolean | undefined
  /** Whether what is read must keep `schema`, or the contract of usage events without one. */
  validate: boolean
  /** Where the run keeps what it has dealt with, and where its rejected events. */
  checkpoint?: string | undefined
  failures?: string | undefined
  /** What the schema is called, by which a checkpoint knows it. */
  schemaName?: string | undefined
  /** Opens the schema that events are made of, or that they must keep. Called when they are. */
  schema?: (() => Promise<SendSchema>) | undefined
}

/** Where the events go, known once the session is open. */
export interface SendPlace {
  settings: Pick<RoadSettings, 'bus' | 'source' | 'detailType'>
  endpoint: string | undefined
}

export type SendItems = AsyncIterable<PublishItem> | Iterable<PublishItem>

/** An input that is open, or events to be generated. */
export interface SendSource {
  /** Tells this input from others; called before `items`. It is read a little for it: as far as for the mark that was `kept`. */
  mark: (place: SendPlace, kept?: InputMark) => Promise<InputMark>
  items: (place: SendPlace, choices: Choices) => Promise<SendItems>
  /** How much of it is read, from 0 to 1, where that is known. */
  share: (readCount: number) => number | undefined
}

const hourMs = 3_600_000

/**
 * Opens what is to be sent, before anything is asked of the service. Without a file and a count it is standard input, unless
 * that is a terminal. Throws `NO_INPUT`, `TWO_INPUTS`, `SAME_FILE`, `INPUT_NOT_READABLE`, `BAD_TEMPLATE`, `UNKNOWN_PLACEHOLDER`, and when
 * it is read `BAD_TIME` (all usage).
 */
export async function openSendSource(
  request: SendRequest,
  stdin: Readable & {isTTY?: boolean},
  signal: AbortSignal,
): Promise<SendSource> {
  const {file, count} = request
  if (count !== undefined) {
    if (file !== undefined) throw twoInputs()
    return generated(request, count, stdin)
  }
  if (file === undefined && stdin.isTTY) throw noInput()
  if (file !== undefined && file === request.failures && request.checkpoint !== undefined)
    throw sameFile(file)
  const isInline = file !== undefined && /^\s*[[{]/.test(file)
  if (isInline)
    return read(request, {bytes: Readable.from([Buffer.from(file)]), readBytes: () => 0}, 'inline')
  return read(request, await openBytes(file ?? '-', stdin, signal), file ?? '-')
}

function twoInputs(): OpError {
  const message = 'FILE and --count were both given: events are either read or generated.'
  return new OpError('usage', 'TWO_INPUTS', message, {hint: 'Leave one of the two out.'})
}

function sameFile(file: string): OpError {
  const message = `--failures would replace ${file}, which the next run reads on from its checkpoint.`
  return new OpError('usage', 'SAME_FILE', message, {hint: 'Name another file for the rejected events.'})
}

function noInput(): OpError {
  const message = 'There is nothing to send: name a FILE (- for standard input), or --count N.'
  return new OpError('usage', 'NO_INPUT', message, {
    hint: 'usage-tracker events send events.ndjson, or usage-tracker events send --count 100',
  })
}

function read(request: SendRequest, {bytes, readBytes, sizeBytes}: OpenBytes, name: string): SendSource {
  let source: AsyncIterable<Buffer | string> = bytes
  return {
    mark: async ({settings: {source: eventSource, detailType}}, kept) => {
      const keptBytes = kept?.['headBytes']
      const head = await headOf(bytes, typeof keptBytes === 'number' ? keptBytes : undefined)
      source = head.bytes
      return {
        input: name === '-' ? 'stdin' : 'file',
        head: head.hash,
        headBytes: head.hashedBytes,
        sizeBytes,
        source: eventSource,
        detailType,
      }
    },
    items: async ({settings}) =>
      parseInput(textOf(source), {
        ...settings,
        mayBeCut: name === '-' && request.checkpoint !== undefined,
        validate: request.validate ? await checkOf(request) : undefined,
      }),
    share: () => (sizeBytes === undefined ? undefined : readBytes() / Math.max(1, sizeBytes)),
  }
}

async function checkOf({schema}: SendRequest): Promise<(detail: unknown) => string[]> {
  return schema ? (await schema()).check : createUsageEventValidator()
}

async function generated(request: SendRequest, count: number, stdin: Readable): Promise<SendSource> {
  const template = request.template === undefined ? undefined : await readTemplate(request.template, stdin)
  const {seed, from, to, test, schema, schemaName} = request
  return {
    mark: async ({settings: {source, detailType}}) => ({
      ...{input: 'generated', count, seed, from, to, test, source, detailType},
      template: template?.hash,
      schema: schemaName,
    }),
    items: async ({settings, endpoint}, choices) => {
      const isTest = test ?? !isLoopback(endpoint)
      const made: FillOptions = {
        ...settings,
        ...rangeOf(request, choices.now),
        ...{seed: choices.seed, count, test: isTest},
      }
      if (schema) return (await schema()).generate(made)
      if (!template) return generateEntries(made)
      const {fillTemplate} = await import('./template/fill-template')
      return fillTemplate(template.fill, made)
    },
    share: (readCount) => readCount / count,
  }
}

async function readTemplate(file: string, stdin: Readable): Promise<{fill: Template; hash: string}> {
  const {parseTemplate} = await import('./template/template')
  let text = ''
  for await (const chunk of await openInput(file, stdin)) text += chunk
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16)
  return {fill: parseTemplate(text), hash}
}

function rangeOf(request: SendRequest, now: number): {from: number; to: number} {
  const to = request.to === undefined ? now : parseTime(request.to, now)
  const from = request.from ?? formatTime(to - hourMs)
  return parseRange({from, to: formatTime(to)}, now)
}
