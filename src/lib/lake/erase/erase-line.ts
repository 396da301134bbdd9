import {isExactNumber, parseExact, stringifyExact} from '../../core/json'
import {idPath, keptDetail} from './subject'
import type {KeptPlace, Subject} from './subject'

type Members = Record<string, unknown>

/**
 * A line of a raw object without what is personal in it, where it is an event of the subject; undefined where it is none, and stays as it is to the
 * byte. What the contract does not name is taken for personal, as attributes are. Numbers stay exact. A line that is no event but holds the id is emptied as
 * a whole: nobody can say what else stands in it.
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
  blank(detail, keptDetail)
  return stringifyExact(event)
}

function idOf(detail: unknown, subject: Subject): unknown {
  return idPath(subject).reduce<unknown>((value, step) => memberOf(value, step), detail)
}

/** Members are found whatever their case, as the raw table finds them. */
function memberOf(value: unknown, name: string): unknown {
  if (!isMembers(value)) return undefined
  const key = Object.keys(value).find((one) => one.toLowerCase() === name.toLowerCase())
  return key === undefined ? undefined : value[key]
}

/** Takes away what is not kept. A value where the contract has an object goes as a whole. */
function blank(value: unknown, {members}: KeptPlace): void {
  if (!isMembers(value) || !members) return
  for (const [key, member] of Object.entries(value)) {
    const kept = members.get(key.toLowerCase())
    if (kept && (!kept.members || isMembers(member) || member === null)) blank(member, kept)
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the key was found in the object itself
    else delete value[key]
  }
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isExactNumber(value)
}
