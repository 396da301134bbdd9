import {appendFileSync} from 'node:fs'
import type {HearCall} from '../aws/hear-calls'
import {OpError, messageOf} from '../core/errors'
import {stringifyExact} from '../core/json'

/**
 * Keeps what a run asks of the services (`USAGE_TRACKER_CALLS=FILE`): a line of JSON for each call, added to the file before the call is
 * made, with the command, the operation and the names of what it is about; no event, policy or secret. Throws `CALLS_NOT_WRITABLE` (usage).
 */
export function callLog(file: string, command: string): HearCall {
  const add = (text: string): void => {
    try {
      appendFileSync(file, text, {mode: 0o600})
    } catch (error) {
      throw new OpError('usage', 'CALLS_NOT_WRITABLE', `${file} cannot be written: ${messageOf(error)}.`, {
        hint: 'USAGE_TRACKER_CALLS names a file that keeps the calls of a run: name another, or none.',
        cause: error,
      })
    }
  }
  add('')
  return ({service, operation, region, input}) => {
    const names = namesIn(input) ?? {}
    add(`${stringifyExact({command, service, operation, region, names})}\n`)
  }
}

/** Members that name a resource, in every spelling that the services have. A tag has a `Key` too, and its value is left out. */
const naming = /(name|arn|arns|id|url|key|prefix|rule|bucket|workgroup|database|owner)$/i

/** The part of an input that names things; undefined where nothing does. */
function namesIn(value: unknown, isName = false): unknown {
  if (typeof value === 'string') return isName ? value : undefined
  if (Array.isArray(value)) {
    const items = (value as unknown[])
      .map((item) => namesIn(item, isName))
      .filter((item) => item !== undefined)
    return items.length === 0 ? undefined : items
  }
  if (typeof value !== 'object' || value === null) return undefined
  const members = Object.entries(value).map(([key, member]) =>
    key === 'QueryString' ? ['Statement', firstWord(member)] : [key, namesIn(member, naming.test(key))],
  )
  const named = members.filter(([, member]) => member !== undefined)
  return named.length === 0 ? undefined : Object.fromEntries(named)
}

/** Of a query only what kind of statement it is: `INSERT`. */
function firstWord(sql: unknown): string | undefined {
  return typeof sql === 'string' ? /^\s*(\w+)/.exec(sql)?.[1]?.toUpperCase() : undefined
}
