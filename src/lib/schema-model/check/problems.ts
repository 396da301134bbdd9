import type {ErrorObject} from 'ajv/dist/2020'
import {elementPath, memberPath, placeText, wholeEvent} from '../event-path'
import {own} from '../json-object'

/** One thing that is wrong with a value. */
export interface Problem {
  /** Place in the event, positions of arrays left out: `lines[].sku`; `$` is the whole. */
  path: string
  /** The keyword that it breaks. */
  rule: string
  message: string
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
  const at = pathOf(instancePath, value)
  const missing = memberNamed(error)
  const path = placeText(missing === undefined ? at : memberPath(at, missing))
  const about = propertyName === undefined ? '' : `the name ${JSON.stringify(propertyName)} `
  return {path, rule, message: about + messageOf(error)}
}

/** The member that is missing, or that should not be there. */
function memberNamed({params}: ErrorObject): string | undefined {
  const names = ['missingProperty', 'additionalProperty', 'unevaluatedProperty'].map((key) => own(params, key))
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
      return own(params, 'passingSchemas') === null ? 'matches none of the options' : 'matches more than one option'
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
function pathOf(pointer: string, value: unknown): string {
  let path = wholeEvent
  let inner = value
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~')
    path = Array.isArray(inner) ? elementPath(path) : memberPath(path, name)
    inner = Array.isArray(inner) ? (inner[Number(name)] as unknown) : own(inner, name)
  }
  return path
}
