import Ajv from 'ajv'
import type {ErrorObject, ValidateFunction} from 'ajv'
import {LineCounter, isMap, isScalar, parseDocument} from 'yaml'
import type {Document} from 'yaml'
import {OpError} from '../core/errors'
import type {ConfigContent} from './config-types'
import schema from './config.schema.json'
import {nearest} from '../core/nearest'

/** Made with the first file: to make it takes far longer than to read a file. */
let validator: ValidateFunction | undefined

/**
 * Parses and checks the text of a configuration file. `file` is named in errors.
 * Throws BAD_CONFIG (usage) with `file:line:column`, the path of the value, and what is right there.
 */
export function checkConfig(text: string, file: string): ConfigContent {
  const lines = new LineCounter()
  const document = parseDocument(text, {lineCounter: lines})
  const flaw = document.errors[0]
  if (flaw) throw badConfig(file, lines, flaw.pos[0], flaw.message.split(' at line ')[0] ?? flaw.message)
  const content: unknown = document.toJS() ?? {}
  const validate = (validator ??= new Ajv({allErrors: false, verbose: true, allowUnionTypes: true}).compile(
    schema,
  ))
  if (validate(content)) {
    const clash = clashOf(content as ConfigContent)
    if (clash) throw badConfig(file, lines, offsetOf(document, clash.path), clash.words)
    return content as ConfigContent
  }
  const error = mostTelling(validate.errors ?? [])
  const path = error.instancePath.split('/').slice(1).map(unescapePointer)
  const unknown = error.params['additionalProperty'] as string | undefined
  const offset = unknown === undefined ? offsetOf(document, path) : offsetOfKey(document, path, unknown)
  throw badConfig(file, lines, offset, explain(error, path))
}

/** A name of a feature stands for one alone. */
function clashOf({features = {}}: ConfigContent): {path: string[]; words: string} | undefined {
  const owners = new Map(Object.keys(features).map((name) => [name, name]))
  for (const [name, feature] of Object.entries(features)) {
    for (const [place, alias] of (feature?.aliases ?? []).entries()) {
      const owner = owners.get(alias)
      const path = ['features', name, 'aliases', String(place)]
      if (owner !== undefined) return {path, words: `"${alias}" is a name of the feature "${owner}" already.`}
      owners.set(alias, name)
    }
  }
  return undefined
}

function mostTelling(errors: readonly ErrorObject[]): ErrorObject {
  const error = errors[0]
  if (!error) throw new OpError('bug', 'BUG', 'A configuration file was refused without a reason.')
  return error
}

function badConfig(file: string, lines: LineCounter, offset: number, what: string): OpError {
  const {line, col} = lines.linePos(offset)
  return new OpError('usage', 'BAD_CONFIG', `${file}:${line}:${col}: ${what}`, {
    hint: 'Correct the file; "usage-tracker init" writes a valid one.',
  })
}

function explain(error: ErrorObject, path: readonly string[]): string {
  const where = path.length === 0 ? 'the file' : `"${path.join('.')}"`
  const params = error.params as Record<string, unknown>
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(params['additionalProperty'] as string, error, path)
    case 'required':
      return `${where} needs the key "${String(params['missingProperty'])}".`
    case 'type':
      return `${where} must be ${wordsOfType(params['type'])}, not ${seen(error.data)}.`
    case 'pattern':
    case 'minLength':
      return `${where} must be ${description(error) ?? 'a text that is not empty'}, not ${seen(error.data)}.`
    default:
      return `${where} ${error.message ?? 'is not valid'}.`
  }
}

function unknownKey(key: string, error: ErrorObject, path: readonly string[]): string {
  const known = Object.keys((error.parentSchema?.['properties'] as object | undefined) ?? {})
  const meant = nearest(key, known)
  const place = path.length === 0 ? '' : ` in "${path.join('.')}"`
  return `there is no key "${key}"${place}. ${meant ? `Did you mean "${meant}"?` : `Keys are ${known.join(', ')}.`}`
}

function wordsOfType(type: unknown): string {
  const names: Record<string, string> = {
    string: 'a text (in quotes where it is made of digits)',
    boolean: 'true or false',
    integer: 'a whole number',
    object: 'a mapping (key: value)',
    array: 'a list (- item)',
  }
  const types = Array.isArray(type) ? (type as string[]) : [String(type)]
  return types.map((t) => names[t] ?? t).join(' or ')
}

function seen(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing'
}

function description(error: ErrorObject): string | undefined {
  const text: unknown = error.parentSchema?.['description']
  return typeof text === 'string' ? text : undefined
}

function unescapePointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~')
}

/** Where the value at `path` begins in the text. */
function offsetOf(document: Document, path: readonly string[]): number {
  const steps = path.map((step) => (/^\d+$/.test(step) ? Number(step) : step))
  const node = steps.length === 0 ? document.contents : document.getIn(steps, true)
  const range = (node as {range?: [number, number, number] | null} | null | undefined)?.range
  return range?.[0] ?? 0
}

/** Where the key `key` of the mapping at `path` begins in the text. */
function offsetOfKey(document: Document, path: readonly string[], key: string): number {
  const steps = path.map((step) => (/^\d+$/.test(step) ? Number(step) : step))
  const node: unknown = steps.length === 0 ? document.contents : document.getIn(steps, true)
  if (!isMap(node)) return 0
  const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
  return (isScalar(pair?.key) ? pair.key.range?.[0] : undefined) ?? 0
}
