import {fromBase64} from '@smithy/core/serde'
import type {NormalizedSchema} from '@smithy/core/schema'
import {ServiceError} from '../service-error'

/** Reads one value of a shape. `path` is the value's place in the request, as AWS writes it: `targets.1.member.id`. */
export type ShapeReader = (value: unknown, path: string) => unknown

/**
 * How values look before they are read: `json` has types (a number is a number, a timestamp is epoch seconds);
 * `text` comes from a form, a header or a path, where everything is text.
 */
export type Form = 'json' | 'text'

const caches: Record<Form, WeakMap<object, ShapeReader>> = {json: new WeakMap(), text: new WeakMap()}

/**
 * The reader of a shape, compiled once from the SDK's Smithy schema: it refuses missing required members
 * (`ValidationException`) and wrong types (`SerializationException`), turns blobs into bytes and timestamps into dates,
 * takes `null` as absent and leaves out members the schema does not know, as the services do.
 */
export function shapeReader(schema: NormalizedSchema, form: Form): ShapeReader {
  if (!schema.isStructSchema()) return readerOf(schema, form)
  const key = schema.getSchema() as object
  let reader = caches[form].get(key)
  if (!reader) {
    // Shapes may hold themselves; what is put here first is replaced before anything is read.
    caches[form].set(key, (value, path) => (caches[form].get(key) ?? ignore)(value, path))
    reader = structReader(schema, form)
    caches[form].set(key, reader)
  }
  return reader
}

const ignore: ShapeReader = () => undefined

function readerOf(schema: NormalizedSchema, form: Form): ShapeReader {
  if (schema.isStructSchema()) return shapeReader(schema, form)
  if (schema.isListSchema()) return listReader(schema, form)
  if (schema.isMapSchema()) return mapReader(schema, form)
  if (schema.isBlobSchema()) return blobReader
  if (schema.isTimestampSchema()) return form === 'json' ? jsonTimestampReader : textTimestampReader
  if (schema.isNumericSchema() || schema.isBigIntegerSchema())
    return form === 'json' ? jsonNumberReader : textNumberReader
  if (schema.isBooleanSchema()) return form === 'json' ? jsonBooleanReader : textBooleanReader
  if (schema.isStringSchema()) return stringReader
  return (value) => value
}

function structReader(schema: NormalizedSchema, form: Form): ShapeReader {
  const required = requiredMembers(schema)
  const members = [...schema.structIterator()].map(([name, member]) => ({
    name,
    wireName: member.getMergedTraits().jsonName ?? name,
    pathName: lowerFirst(name),
    required: required.has(name),
    read: undefined as ShapeReader | undefined,
    schema: member,
  }))
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongType('structure')
    const from = value as Record<string, unknown>
    const into: Record<string, unknown> = {}
    for (const member of members) {
      const raw = Object.hasOwn(from, member.wireName) ? from[member.wireName] : undefined
      const memberPath = path === '' ? member.pathName : `${path}.${member.pathName}`
      if (raw === undefined || raw === null) {
        if (member.required) throw missing(memberPath)
        continue
      }
      member.read ??= readerOf(member.schema, form)
      into[member.name] = member.read(raw, memberPath)
    }
    return into
  }
}

/** The names of a structure's required members. The SDK's static schemas list them first and keep their number in place 6. */
export function requiredMembers(schema: NormalizedSchema): Set<string> {
  const shape = schema.getSchema() as unknown as [
    number,
    string,
    string,
    unknown,
    string[],
    unknown[],
    number?,
  ]
  return new Set(shape[4].slice(0, shape[6] ?? 0))
}

function listReader(schema: NormalizedSchema, form: Form): ShapeReader {
  let read: ShapeReader | undefined
  return (value, path) => {
    if (!Array.isArray(value)) throw wrongType('list')
    read ??= readerOf(schema.getValueSchema(), form)
    const readItem = read
    return value.map((item, i) => (item === null ? null : readItem(item, `${path}.${i + 1}.member`)))
  }
}

function mapReader(schema: NormalizedSchema, form: Form): ShapeReader {
  let read: ShapeReader | undefined
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongType('map')
    read ??= readerOf(schema.getValueSchema(), form)
    const into: Record<string, unknown> = Object.create(null) as Record<string, unknown>
    for (const [key, item] of Object.entries(value)) {
      if (item !== null) into[key] = read(item, `${path}.${key}.member`)
    }
    return {...into}
  }
}

const stringReader: ShapeReader = (value) => {
  if (typeof value !== 'string') throw wrongType('string')
  return value
}

const blobReader: ShapeReader = (value) => {
  if (typeof value !== 'string' || !/^[A-Za-z0-9+/]*={0,2}$/.test(value) || value.length % 4 !== 0) {
    throw new ServiceError('SerializationException', 'The blob is not valid base64.')
  }
  return fromBase64(value)
}

const jsonNumberReader: ShapeReader = (value) => {
  if (typeof value !== 'number') throw wrongType('number')
  return value
}

const textNumberReader: ShapeReader = (value) => {
  const number = Number(value)
  if (value === '' || Number.isNaN(number)) throw wrongType('number')
  return number
}

const jsonBooleanReader: ShapeReader = (value) => {
  if (typeof value !== 'boolean') throw wrongType('boolean')
  return value
}

const textBooleanReader: ShapeReader = (value) => {
  if (value !== 'true' && value !== 'false') throw wrongType('boolean')
  return value === 'true'
}

/** Epoch seconds, with or without fractions: botocore cuts to whole seconds, the JavaScript SDK sends fractions. */
const jsonTimestampReader: ShapeReader = (value) => {
  if (typeof value === 'string') return textTimestampReader(value, '')
  if (typeof value !== 'number' || !Number.isFinite(value)) throw wrongType('timestamp')
  return new Date(Math.round(value * 1000))
}

const textTimestampReader: ShapeReader = (value) => {
  const text = String(value)
  const date = /^\d+(\.\d+)?$/.test(text) ? new Date(Number(text) * 1000) : new Date(text)
  if (Number.isNaN(date.getTime())) throw wrongType('timestamp')
  return date
}

function missing(path: string): ServiceError {
  return new ServiceError(
    'ValidationException',
    `1 validation error detected: Value null at '${path}' failed to satisfy constraint: Member must not be null`,
  )
}

function wrongType(wanted: string): ServiceError {
  return new ServiceError(
    'SerializationException',
    `A member of the request is not a ${wanted}, as the operation wants it.`,
  )
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}
