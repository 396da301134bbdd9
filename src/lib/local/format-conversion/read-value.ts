import type {HiveField, HiveType} from '../athena-sql/hive-type'
import {invalidType, mismatch} from './conversion-failure'
import type {Fold} from './fold'
import {numberText} from './json-documents'
import {javaNameOf, scalarReader} from './read-scalar'
import type {Scalar} from './read-scalar'

/** A value in the form in which it is written: scalars as text, lists, and objects without a prototype. */
export type Written = Scalar | null | Written[] | {[key: string]: Written}

type Read = (value: unknown) => Written

/**
 * What reads values of a type out of parsed documents, as OpenX's SerDe does: a struct also out of a list, by place; a list also
 * out of a single value. What it returns throws ConversionFailure where a value does not fit. Throws it itself, with
 * `InvalidSchema`, for a type that cannot be converted to.
 */
export function valueReader(type: HiveType, fold: Fold): Read {
  const read = readerOf(type, fold)
  return (value) => (value === null || value === undefined ? null : read(value))
}

function readerOf(type: HiveType, fold: Fold): Read {
  switch (type.kind) {
    case 'scalar':
      return scalarOf(type, fold)
    case 'array': {
      const read = valueReader(type.element, fold)
      return (value) => (Array.isArray(value) ? value.map(read) : [read(value)])
    }
    case 'map':
      return mapReader(type, fold)
    case 'struct':
      return structReader(type.fields, fold)
  }
}

function scalarOf(type: HiveType & {kind: 'scalar'}, fold: Fold): (value: unknown) => Scalar {
  const read = scalarReader(type, fold)
  if (read) return read
  throw invalidType(type.name)
}

function mapReader(type: HiveType & {kind: 'map'}, fold: Fold): Read {
  if (type.key.kind !== 'scalar') throw invalidType(`a map with keys of ${type.key.kind}`)
  const readKey = scalarOf(type.key, fold)
  const read = valueReader(type.value, fold)
  return (value) => {
    if (!isObject(value)) throw mismatch(`${javaNameOf(value)} cannot be cast to java.util.Map`)
    const written = empty()
    for (const [key, member] of Object.entries(value)) written[String(readKey(fold(key)))] = read(member)
    return written
  }
}

function structReader(fields: readonly HiveField[], fold: Fold): Read {
  return fieldsReader(
    fields.map((field) => ({...field, key: field.name})),
    fold,
  )
}

/** The same for the fields of a struct, or the columns of a table, each with the key that it is read from. */
export function fieldsReader(fields: readonly (HiveField & {key: string})[], fold: Fold): Read {
  const readers = fields.map(({name, type}) => ({name, read: valueReader(type, fold)}))
  const byKey = new Map(fields.map(({key}, place) => [fold(key), readers[place]]))
  return (value) => {
    const written = empty()
    for (const {name} of readers) written[name] = null
    // An empty text stands for no struct at all.
    if (typeof value === 'string' && value.trim() === '') return null
    if (Array.isArray(value)) {
      for (const [place, {name, read}] of readers.entries()) written[name] = read(value[place])
      return written
    }
    if (!isObject(value)) {
      throw mismatch(`Data is not JSONObject  but ${javaNameOf(value)} with value ${String(value)}`)
    }
    for (const [key, member] of Object.entries(value)) {
      const field = byKey.get(fold(key))
      if (field) written[field.name] = field.read(member)
    }
    return written
  }
}

function empty(): {[key: string]: Written} {
  return Object.create(null) as {[key: string]: Written}
}

function isObject(value: unknown): value is object {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && numberText(value) === undefined
  )
}
