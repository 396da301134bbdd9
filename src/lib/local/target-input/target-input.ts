import {LosslessNumber, parse} from 'lossless-json'
import {stringifyExact} from '../../core/json'
import {parseTemplate, type InputTemplate} from './input-template'
import {parseJsonPath, valueAt, type PathStep} from './json-path'
import {renderTemplate, Verbatim} from './render-template'

/** What a target receives instead of the event: one of the three. */
export type TargetInput =
  {constant: string} | {path: string} | {template: string; paths: Readonly<Record<string, string>>}

/** An event on its way to a target. */
export interface InputSource {
  /** The event, JSON text. */
  event: string
  ruleArn: string
  /** When the event was accepted, milliseconds since 1970. */
  ingestedAt: number
}

/** Placeholders that need no path (user guide, "Predefined variables"). */
export const reservedPlaceholders: ReadonlySet<string> = new Set([
  'aws.events.rule-arn',
  'aws.events.rule-name',
  'aws.events.event.ingestion-time',
  'aws.events.event',
  'aws.events.event.json',
])

/**
 * What a target with these settings receives for an event; undefined where its transformer makes no valid JSON of it. Every digit of a
 * number is kept. A path that leads nowhere gives an empty text.
 */
export function bodyOf(input: TargetInput, source: InputSource): string | undefined {
  if ('constant' in input) return input.constant
  const event = parseEvent(source.event)
  const ready = readyInput(input)
  if (!ready.template) {
    const value = valueAt(event, ready.path)
    return value === undefined ? '""' : stringifyExact(value)
  }
  return renderTemplate(ready.template, (name) => {
    const path = ready.paths.get(name)
    return path ? valueAt(event, path) : reservedValue(name, event, source)
  })
}

type ReadyInput =
  {template: InputTemplate; paths: ReadonlyMap<string, PathStep[]>} | {template?: undefined; path: PathStep[]}

/** Settings of rules stay the same for many events; each is read once. */
const readInputs = new WeakMap<TargetInput, ReadyInput>()

function readyInput(input: Exclude<TargetInput, {constant: string}>): ReadyInput {
  let made = readInputs.get(input)
  if (!made) readInputs.set(input, (made = makeReady(input)))
  return made
}

/** Settings were checked when they were put, so a path that cannot be read does not come here. */
function makeReady(input: Exclude<TargetInput, {constant: string}>): ReadyInput {
  if ('path' in input) return {path: parseJsonPath(input.path) ?? []}
  const paths = Object.entries(input.paths).map(([name, path]) => [name, parseJsonPath(path) ?? []] as const)
  return {template: parseTemplate(input.template), paths: new Map(paths)}
}

function parseEvent(text: string): Record<string, unknown> {
  // Of a key that stands twice the last one counts, as in JSON.parse.
  return parse(text, null, {
    parseNumber: (digits) => new LosslessNumber(digits),
    onDuplicateKey: ({newValue}) => newValue,
  }) as Record<string, unknown>
}

function reservedValue(name: string, event: Record<string, unknown>, source: InputSource): unknown {
  switch (name) {
    case 'aws.events.rule-arn':
      return source.ruleArn
    case 'aws.events.rule-name':
      return source.ruleArn.slice(source.ruleArn.lastIndexOf('/') + 1)
    case 'aws.events.event.ingestion-time':
      return new Date(source.ingestedAt).toISOString()
    case 'aws.events.event.json':
      return new Verbatim(source.event)
    case 'aws.events.event':
      return withoutDetail(event)
    default:
      return undefined
  }
}

/** The envelope as the service writes it for `<aws.events.event>`: this order, and `detailType` in one word. */
function withoutDetail(event: Record<string, unknown>): Record<string, unknown> {
  const {id, account, time, source, region, resources, version} = event
  return {id, account, detailType: event['detail-type'], time, source, region, resources, version}
}
