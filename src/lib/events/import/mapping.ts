import {isObject} from '../../core/json'
import {OpError} from '../../core/errors'
import type {LogLine} from './log-line/log-line'
import {recordFields, textOf, valueAt, type RecordNames} from './log-line/record'

const lineFields = [
  ...(['address', 'user', 'method', 'path', 'query', 'route', 'host'] as const),
  ...(['status', 'referer', 'userAgent'] as const),
]

const targets = ['service', 'route', 'feature', 'customer', 'user'] as const
type Target = (typeof targets)[number]

/** Takes one value out of a line; undefined where the line has none. */
export type Extract = (line: LogLine) => string | undefined

/** Where members of a usage event come from. What is not named keeps its default. */
export interface Mapping extends Readonly<Partial<Record<Target, Extract>>> {
  /** How the log calls the members of its lines, where it has names of its own. */
  names?: RecordNames
}

/**
 * Reads a mapping file: YAML with any of `service`, `route`, `feature`, `customer`, `user`, each one of
 *
 *     feature: path                                  # a field of the line
 *     user: log.claims.sub                           # a value of the line under the name that its log has for it
 *     service: {value: website}                      # always the same
 *     customer: {from: query, match: '(?:^|&)key=(?<value>[^&]+)'}
 *
 * Fields of a line: address, user, method, path, query, route, host, status, referer, userAgent. A pattern that does not match
 * leaves the member out. Logs whose lines have names of their own say them under `fields`:
 *
 *     fields: {time: at, status: response.code, durationMs: took}
 *
 * Throws `BAD_MAPPING` (usage).
 */
export async function parseMapping(text: string, file: string): Promise<Mapping> {
  const {parse} = await import('yaml')
  let document: unknown
  try {
    document = parse(text)
  } catch (error) {
    throw badMapping(file, error instanceof Error ? error.message : 'it is not YAML')
  }
  if (!isObject(document)) throw badMapping(file, 'it is not a mapping of names to sources')
  const {fields, ...rules} = document
  const mapping: Partial<Record<Target, Extract>> = {}
  for (const [name, rule] of Object.entries(rules)) {
    if (!isOneOf(targets, name)) throw badMapping(file, `"${name}" is none of ${targets.join(', ')}, fields`)
    mapping[name] = toExtract(rule, name, file)
  }
  return fields === undefined ? mapping : {...mapping, names: namesOf(fields, file)}
}

function namesOf(fields: unknown, file: string): RecordNames {
  if (!isObject(fields)) throw badMapping(file, 'fields is not a mapping of fields to names of the log')
  for (const [field, name] of Object.entries(fields)) {
    if (!isOneOf(recordFields, field)) {
      throw badMapping(file, `fields: "${field}" is none of ${recordFields.join(', ')}`)
    }
    if (typeof name !== 'string') throw badMapping(file, `fields.${field} needs a name, as text`)
  }
  return fields as RecordNames
}

function toExtract(rule: unknown, name: string, file: string): Extract {
  if (typeof rule === 'string') return fieldOf(rule, name, file)
  if (!isObject(rule)) throw badMapping(file, `${name} is neither a field nor {from, match} nor {value}`)
  const {value, from, match, ...others} = rule
  const [unknownKey] = Object.keys(others)
  if (unknownKey !== undefined) throw badMapping(file, `${name}.${unknownKey} is not known`)
  if (typeof value === 'string' && from === undefined && match === undefined) return () => value
  if (value !== undefined || typeof from !== 'string') {
    throw badMapping(file, `${name} needs either "value" or "from", as text`)
  }
  const field = fieldOf(from, name, file)
  if (match === undefined) return field
  const pattern = toPattern(match, name, file)
  return (line) => {
    const text = field(line)
    return text === undefined ? undefined : pattern.exec(text)?.groups?.['value']
  }
}

function fieldOf(field: string, name: string, file: string): Extract {
  const ownName = /^log\.(.+)$/.exec(field)?.[1]
  if (ownName !== undefined) return (line) => line.record && textOf(valueAt(line.record, ownName))
  if (!isOneOf(lineFields, field)) {
    throw badMapping(file, `${name}: "${field}" is none of ${lineFields.join(', ')}, log.NAME`)
  }
  return (line) => textOf(line[field])
}

function toPattern(match: unknown, name: string, file: string): RegExp {
  if (typeof match !== 'string' || !match.includes('(?<value>')) {
    throw badMapping(file, `${name}.match needs a group (?<value>...)`)
  }
  try {
    return new RegExp(match, 'u')
  } catch (error) {
    throw badMapping(file, `${name}.match: ${error instanceof Error ? error.message : 'it is not a pattern'}`)
  }
}

function isOneOf<T extends string>(names: readonly T[], name: string): name is T {
  return (names as readonly string[]).includes(name)
}

function badMapping(file: string, reason: string): OpError {
  return new OpError('usage', 'BAD_MAPPING', `${file} is not a mapping: ${reason}.`, {
    hint: "A line of it looks like: customer: {from: path, match: '^/customers/(?<value>[^/]+)'}",
  })
}
