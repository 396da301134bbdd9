import {Ajv} from 'ajv'
import type {ErrorObject, ValidateFunction} from 'ajv'
import {LineCounter, isMap, isNode, isScalar, parseDocument} from 'yaml'
import type {Document} from 'yaml'
import {OpError} from '../core/errors'
import {nearest} from '../core/nearest'
import type {PriceFile} from './price-file'
import {priceFileSchema} from './price-file'

/** Where something stands in a file: `plans`, `pro`, `prices`, 0. */
export type Path = readonly (string | number)[]

/** The content of a price file, and the error that names the line of a place in it. */
export interface PriceFileText {
  source: string
  content: PriceFile
  /** BAD_PRICES (usage): `prices.yaml:7: plans.pro.cap must be ...`. `words` go on behind the name of the place. */
  wrong: (path: Path, words: string) => OpError
}

/** Made with the first file: to make it takes far longer than to read a file. */
let validator: ValidateFunction<PriceFile> | undefined

/**
 * Reads the text of a price file (YAML or JSON) and holds it against the schema. Scalars are read as the text that stands there (YAML's
 * failsafe schema), so a price never passes through a double, with or without quotes. Throws BAD_PRICES (usage), with the line.
 */
export function readPriceFile(text: string, file: string): PriceFileText {
  const lines = new LineCounter()
  const document = parseDocument(text, {schema: 'failsafe', lineCounter: lines})
  const broken = document.errors[0]
  if (broken) throw badPrices(file, broken.linePos?.[0].line, broken.message.split('\n')[0] ?? broken.code)
  const content: unknown = document.toJS({maxAliasCount: 100})
  const validate = (validator ??= new Ajv({strict: false, verbose: true}).compile<PriceFile>(priceFileSchema))
  const wrong = (path: Path, words: string, key?: string): OpError =>
    badPrices(file, lineOf(document, lines, path, key), `${nameOf(path)} ${words}`)
  if (validate(content)) return {source: text, content, wrong}
  const error = validate.errors?.[0]
  if (!error) throw badPrices(file, undefined, 'It is no price plan.')
  throw wrong(pathOf(error, content), wordsOf(error), keyOf(error))
}

function badPrices(file: string, line: number | undefined, reason: string): OpError {
  const place = line === undefined ? file : `${file}:${line}`
  return new OpError('usage', 'BAD_PRICES', `${place}: ${reason}`, {
    hint: 'docs/price-plans.md says what a price plan may have; docs/examples/prices.yaml is a short one.',
  })
}

function nameOf(path: Path): string {
  return path.length === 0 ? 'the file' : path.join('.')
}

/** The path of a JSON pointer: `/plans/a~1b` is `plans`, `a/b`; positions in a list are numbers. */
function pathOf(error: ErrorObject, content: unknown): Path {
  const steps = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  let value = content
  return steps.map((step) => {
    const isList = Array.isArray(value)
    value = (value as Record<string, unknown> | undefined)?.[step]
    return isList ? Number(step) : step
  })
}

/** The key that an error is about, where it is about a key and not its value. */
function keyOf({params, propertyName}: ErrorObject): string | undefined {
  return (params['additionalProperty'] as string | undefined) ?? propertyName
}

/** The line of the key that should not be there, else of the value that is wrong. */
function lineOf(document: Document, lines: LineCounter, path: Path, extra?: string): number | undefined {
  const node = path.length === 0 ? document.contents : document.getIn(path, true)
  const key =
    extra !== undefined &&
    isMap(node) &&
    node.items.find((item) => isScalar(item.key) && item.key.value === extra)?.key
  const offset = isNode(key) ? key.range?.[0] : isNode(node) ? node.range?.[0] : undefined
  if (offset !== undefined) return lines.linePos(offset).line
  return path.length === 0 ? undefined : lineOf(document, lines, path.slice(0, -1))
}

function wordsOf(error: ErrorObject): string {
  const params = error.params as Record<string, unknown>
  const description: unknown = error.parentSchema?.['description']
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(String(params['additionalProperty']), error)
    case 'required':
      return `lacks "${String(params['missingProperty'])}".`
    case 'enum':
      return `must be ${choice(params['allowedValues'] as string[])}.`
    case 'minItems':
      return 'must not be empty.'
    case 'type':
      return `must be ${typeWords(params['type'])}.`
    default:
      if (error.propertyName !== undefined)
        return `may not have "${error.propertyName}": a name is ${String(description)}.`
      return typeof description === 'string' ? `must be ${description}.` : `${error.message ?? 'is wrong'}.`
  }
}

function unknownKey(key: string, error: ErrorObject): string {
  const known = Object.keys((error.parentSchema?.['properties'] as object | undefined) ?? {})
  const meant = nearest(key, known)
  return `may not have "${key}".${meant === undefined ? '' : ` Did you mean "${meant}"?`}`
}

function choice(values: readonly string[]): string {
  return `${values.slice(0, -1).join(', ')} or ${values[values.length - 1] ?? ''}`
}

function typeWords(type: unknown): string {
  const words: Record<string, string> = {
    string: 'a single value',
    object: 'a mapping (key: value)',
    array: 'a list (- item)',
  }
  return (Array.isArray(type) ? (type as string[]) : [String(type)]).map((t) => words[t] ?? t).join(' or ')
}
