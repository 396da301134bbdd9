import {parseExact, stringifyExact} from '../../core/json'
import {idPath, personalPaths} from './subject'
import type {Subject} from './subject'

type Members = Record<string, unknown>

/**
 * A line of a raw object without what is personal in it, where it is an event of the subject; undefined where it is none, and stays as it is to the
 * byte. Numbers stay exact. A line that is no event but holds the id is emptied as a whole: nobody can say what else stands in it.
 */
export function eraseLine(line: string, subject: Subject): string | undefined {
  if (!line.includes(JSON.stringify(subject.id).slice(1, -1)) && !line.includes('\\')) return undefined
  let event: unknown
  try {
    event = parseExact(line)
  } catch {
    return line.includes(JSON.stringify(subject.id)) ? '{}' : undefined
  }
  const detail = memberOf(event, 'detail')
  if (idOf(detail, subject) !== subject.id) return undefined
  for (const path of personalPaths) blank(detail, path)
  return stringifyExact(event)
}

function idOf(detail: unknown, subject: Subject): unknown {
  return idPath(subject).reduce<unknown>((value, step) => memberOf(value, step), detail)
}

/** Members are found whatever their case, as the raw table finds them. */
function memberOf(value: unknown, name: string): unknown {
  if (!isMembers(value)) return undefined
  const key = keyOf(value, name)
  return key === undefined ? undefined : value[key]
}

function keyOf(value: Members, name: string): string | undefined {
  return Object.keys(value).find((key) => key.toLowerCase() === name.toLowerCase())
}

function blank(detail: unknown, path: readonly string[]): void {
  const [last = '', ...outer] = [...path].reverse()
  const holder = outer.reverse().reduce<unknown>((value, step) => memberOf(value, step), detail)
  if (!isMembers(holder)) return
  const key = keyOf(holder, last)
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the key was found in the object itself
  if (key !== undefined) delete holder[key]
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
