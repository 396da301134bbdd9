import {Ajv2020} from 'ajv/dist/2020'
import addFormats from 'ajv-formats'
import {isExactNumber} from '../../core/json'
import {isJsonObject, mapValues} from '../json-object'

/** A pattern as JSON Schema means it, with `u`; without where it is valid only so. */
export function toRegExp(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags)
  } catch {
    return new RegExp(pattern, flags.replace('u', ''))
  }
}

/**
 * A validator library for a schema document: what it does not know is an annotation, own keys alone count. It finds all problems of a value
 * and not only the first. Loads ajv: import this file only where something is validated.
 */
export function makeAjv(schema: unknown): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: false,
    validateSchema: false,
    logger: false,
    ownProperties: true,
    code: {regExp: Object.assign(toRegExp, {code: 'new RegExp'})},
  })
  // Else it keeps book of every member that it has seen, which takes time, and fails on some schemas.
  ajv.opts.unevaluated = looksAtUnevaluated(schema)
  addFormats(ajv)
  return ajv
}

function looksAtUnevaluated(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.some(looksAtUnevaluated)
  if (!isJsonObject(schema)) return false
  return Object.entries(schema).some(
    ([key, value]) => key.startsWith('unevaluated') || looksAtUnevaluated(value),
  )
}

/** A JSON value with every number as a double, which is all that the library can compare. */
export function withPlainNumbers(value: unknown): unknown {
  if (typeof value === 'object' && isExactNumber(value)) return Number(value)
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(withPlainNumbers)
  return isJsonObject(value) ? mapValues(value, withPlainNumbers) : value
}
