import type {ErrorObject} from 'ajv/dist/2020'
import {elementPath, memberPath, placeText, wholeEvent} from '../event-path'
import {isJsonObject, own} from '../json-object'

/** One thing that is wrong with a value. */
export interface Problem {
  /** Place in the event, positions of arrays left out: `lines[].sku`; `$` is the whole. */
  path: string
  /** The keyword that it breaks. */
  rule: string
  message: string
  /** What stands there, in short; missing where nothing does. */
  seen?: string
}

/** A value that cannot be looked at to its ground. */
export const tooDeep: Problem = {path: '$', rule: 'depth', message: 'nests deeper than can be checked'}

/** Keywords that only say that another one, which is told too, does not hold. */
const echoes = new Set(['if', 'propertyNames'])

/** What a validator found, by place and rule, each once. Options of a union are told as one. */
export function problemsOf(errors: readonly ErrorObject[], value: unknown): Problem[] {
  const unions = errors
    .filter(({keyword}) => keyword === 'anyOf' || keyword === 'oneOf')
    .map(({schemaPath}) => `${schemaPath}/`)
  const told = errors.filter(
    ({keyword, schemaPath}) => !echoes.has(keyword) && !unions.some((union) => schemaPath.startsWith(union)),
  )
  const problems = told.map((error) => problemOf(error, value))
  return [...new Map(problems.map((problem) => [`${problem.path} ${problem.rule}`, problem])).values()]
}

function problemOf(error: ErrorObject, value: unknown): Problem {
  const {keyword: rule, instancePath, propertyName} = error
  const at = placeOf(instancePath, value)
  const member = memberNamed(error)
  const path = placeText(member === undefined ? at.path : memberPath(at.path, member))
  const about = propertyName === undefined ? '' : `the name ${JSON.stringify(propertyName)} `
  const seen = shortText(member === undefined ? at.value : own(at.value, member))
  return {path, rule, message: about + messageOf(error), ...(seen === undefined ? {} : {seen})}
}

/** The member that is missing, or that should not be there. */
function memberNamed({params}: ErrorObject): string | undefined {
  const names = ['missingProperty', 'additionalProperty', 'unevaluatedProperty'].map((key) =>
    own(params, key),
  )
  return names.find((name) => typeof name === 'string')
}

function messageOf({keyword, message, params}: ErrorObject): string {
  switch (keyword) {
    case 'required':
      return 'is missing'
    case 'dependentRequired':
      return `is missing beside ${String(own(params, 'property'))}`
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return 'is not a member that the schema knows'
    case 'enum':
      return `must be one of ${listText(own(params, 'allowedValues'))}`
    case 'const':
      return `must be ${JSON.stringify(own(params, 'allowedValue'))}`
    case 'anyOf':
      return 'matches none of the options'
    case 'oneOf':
      return own(params, 'passingSchemas') === null
        ? 'matches none of the options'
        : 'matches more than one option'
    case 'false schema':
      return 'must not be there'
    default:
      return message ?? 'is not valid'
  }
}

function listText(values: unknown): string {
  const list = Array.isArray(values) ? values : []
  const texts = list.slice(0, 5).map((value) => JSON.stringify(value))
  return texts.join(', ') + (list.length > 5 ? ` and ${list.length - 5} more` : '')
}

/** A JSON pointer into the value as a place; whether a number is a position or a name is for the value to say. */
function placeOf(pointer: string, value: unknown): {path: string; value: unknown} {
  let path = wholeEvent
  let inner = value
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~')
    path = Array.isArray(inner) ? elementPath(path) : memberPath(path, name)
    inner = Array.isArray(inner) ? (inner[Number(name)] as unknown) : own(inner, name)
  }
  return {path, value: inner}
}

const seenChars = 60

/** A scalar as it stands, cut where it is long; of anything else how much of it there is. */
function shortText(value: unknown): string | undefined {
  if (Array.isArray(value)) return `array of ${value.length}`
  if (isJsonObject(value)) return `object of ${Object.keys(value).length}`
  const text = JSON.stringify(value) as string | undefined
  return text !== undefined && text.length > seenChars ? `${text.slice(0, seenChars)}...` : text
}
