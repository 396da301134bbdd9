import type {Now} from '../../core/clock'
import {OpError} from '../../core/errors'
import type {InputElement} from '../../events/input-element'
import {openEvents, type EventInput, type EventPorts} from '../event-input'
import {openSchema, schemaId, type SchemaId} from '../open/open-schema'
import {refuseStdinTwice} from '../open/refuse-stdin-twice'
import type {SchemaPorts} from '../open/schema-ports'
import {ErrorTally, type EventError} from './error-tally'
import {eventCheck, type EventCheck} from './event-check'

/** What `schemas validate` is asked for. */
export interface ValidateRequest {
  schema: string
  registry?: string | undefined
  /** File, `-` or `s3://BUCKET/PREFIX`; standard input unless given. */
  file?: string | undefined
}

/** The answer under `--json`. */
export interface ValidateResult {
  schema: SchemaId
  /** Something was checked, and all of it conforms. */
  valid: boolean
  /** Lines and elements: `validCount + invalidCount + otherCount`. */
  readCount: number
  validCount: number
  /** Events that break the schema, and what is no JSON. */
  invalidCount: number
  /** Events of another source or detail type than the schema's. */
  otherCount: number
  errors: EventError[]
  /** Errors of further kinds than are told apart. */
  otherErrorCount?: number
}

export interface ValidateOutcome {
  result: ValidateResult
  /** How the schema is told to a person. */
  label: string
  /** For events of a bucket: objects that were read, and those that were left out. */
  objects: EventInput['counts']
}

export type ValidateProgress = Pick<ValidateResult, 'readCount' | 'invalidCount'> & {durationMs: number}

export interface ValidatePorts {
  schemas: SchemaPorts
  events: Omit<EventPorts, 'hint'>
  /** Any clock that goes steadily: only differences of it are used. */
  now: Now
  onProgress: (progress: ValidateProgress) => void
}

const progressIntervalMs = 2000
/** The clock is looked at once in so many events. */
const progressStep = 1000

/**
 * Checks events against a schema. Throws `STDIN_TWICE`, `NO_EVENTS` (usage), what `openSchema`, `openEvents` and `eventCheck` throw, and the
 * signal's reason when it fires.
 */
export async function runValidate(request: ValidateRequest, ports: ValidatePorts): Promise<ValidateOutcome> {
  refuseStdinTwice(request.schema, request.file)
  const opened = await openSchema(request.schema, request.registry, ports.schemas)
  const check = await eventCheck(opened.document)
  const hint = `usage-tracker schemas validate ${request.schema} events.ndjson`
  const input = await openEvents(request.file, {...ports.events, hint})
  const counts = await checkAll(input.elements, check, ports)
  if (counts.readCount === 0) {
    throw new OpError('usage', 'NO_EVENTS', 'The input holds no events.', {
      hint: 'Events are JSON: one a line, one after the other, or in an array.',
    })
  }
  return {result: {schema: schemaId(opened), ...counts}, label: opened.label, objects: input.counts}
}

async function checkAll(
  elements: AsyncIterable<InputElement>,
  check: EventCheck,
  {now, onProgress, events: {signal}}: ValidatePorts,
): Promise<Omit<ValidateResult, 'schema'>> {
  const tally = new ErrorTally()
  const counts = {readCount: 0, validCount: 0, invalidCount: 0, otherCount: 0}
  const startedAt = now()
  let saidAt = startedAt
  for await (const element of elements) {
    counts.readCount += 1
    const verdict = verdictOn(element, check)
    if (verdict === 'other') counts.otherCount += 1
    else if (verdict.length === 0) counts.validCount += 1
    else counts.invalidCount += 1
    if (verdict !== 'other') for (const problem of verdict) tally.add(problem, element.position)
    if (counts.readCount % progressStep > 0) continue
    signal.throwIfAborted()
    const at = now()
    if (at - saidAt < progressIntervalMs) continue
    saidAt = at
    onProgress({...counts, durationMs: at - startedAt})
  }
  // An input that was cut off by the signal ends like one that is damaged.
  signal.throwIfAborted()
  const {otherErrorCount} = tally
  return {
    valid: counts.invalidCount === 0 && counts.validCount > 0,
    ...counts,
    errors: tally.errors(),
    ...(otherErrorCount > 0 ? {otherErrorCount} : {}),
  }
}

function verdictOn({text, problem, message}: InputElement, check: EventCheck): ReturnType<EventCheck> {
  if (problem) return [{path: '$', rule: 'json', message: message ?? problem}]
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // The parser's own words hold the text, so each would be a kind of error.
    return [{path: '$', rule: 'json', message: 'is not JSON', seen: shortened(text)}]
  }
  return check(value)
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}...` : text
}
