import {isExactNumber} from '../../core/json'
import {isJsonObject} from '../json-object'
import type {KeywordKind} from './keywords'

const typeNames = new Set(['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'])

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText)
}

function isCount(value: unknown): boolean {
  return typeof value === 'bigint' ? value >= 0n : Number.isInteger(value) && (value as number) >= 0
}

function isPattern(value: unknown): boolean {
  if (!isText(value)) return false
  return ['u', ''].some((flags) => {
    try {
      return new RegExp(value, flags) instanceof RegExp
    } catch {
      return false
    }
  })
}

/** Half of a surrogate pair is no character: JSON cannot hold it but as an escape, and validators cannot work with it as a name. */
function isNameOfMember(name: string): boolean {
  return !/\p{Surrogate}/u.test(name)
}

/** What a name under a keyword that holds schemas by name should be and is not; undefined where it is well. */
export function faultOfName(key: string, name: string): string | undefined {
  if (!isNameOfMember(name)) return 'text of whole characters'
  return key === 'patternProperties' && !isPattern(name) ? 'a regular expression' : undefined
}

const checks: Partial<Record<KeywordKind, {holds: (value: unknown) => boolean; wanted: string}>> = {
  flag: {holds: (value) => typeof value === 'boolean', wanted: 'true or false'},
  count: {holds: isCount, wanted: 'a whole number from 0'},
  number: {holds: isExactNumber, wanted: 'a number'},
  factor: {holds: (value) => isExactNumber(value) && Number(value) > 0, wanted: 'a number above 0'},
  pattern: {holds: isPattern, wanted: 'a regular expression'},
  names: {holds: isTexts, wanted: 'a list of names'},
  nameMap: {
    holds: (value) => isJsonObject(value) && Object.values(value).every(isTexts),
    wanted: 'lists of names by name',
  },
  schemas: {
    holds: (value) => Array.isArray(value) && value.length > 0,
    wanted: 'a list of at least one schema',
  },
  schemaMap: {holds: isJsonObject, wanted: 'schemas by name'},
}

/** Kinds of keywords that only describe: where they are malformed they are left out, since nothing depends on them. */
const descriptions: Partial<Record<KeywordKind, (value: unknown) => boolean>> = {
  note: isText,
  mark: (value) => typeof value === 'boolean',
  list: Array.isArray,
  object: isJsonObject,
}

/** What a keyword that decides what is valid should hold and does not; undefined where it is well. */
export function faultOf(kind: KeywordKind, value: unknown): string | undefined {
  const check = checks[kind]
  return check && !check.holds(value) ? check.wanted : undefined
}

/** Whether a keyword that only describes is malformed. */
export function isIdle(kind: KeywordKind, value: unknown): boolean {
  return !(descriptions[kind]?.(value) ?? true)
}

/** What `type` should hold and does not; undefined where it is well. */
export function faultOfType(value: unknown): string | undefined {
  const names = Array.isArray(value) ? (value as unknown[]) : [value]
  const isWell = names.length > 0 && names.every((name) => isText(name) && typeNames.has(name))
  return isWell ? undefined : 'one or several of array, boolean, integer, null, number, object, string'
}
