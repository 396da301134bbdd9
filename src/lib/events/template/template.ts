import {OpError, messageOf} from '../../core/errors'
import {nearest} from '../../core/nearest'
import type {Fill, Filling} from './placeholders'
import {placeholders} from './placeholders'

/** Writes one event, as JSON in one line. */
export type Template = (filling: Filling) => string

/** JSON has strings in one form, and braces never stand next to each other in anything but a string or around objects. */
const jsonString = /"(?:[^"\\]|\\.)*"/g
const placeholder = /\{\{\s*([^{}\s]*)\s*([^{}]*?)\s*\}\}/g

/**
 * Reads a JSON object whose strings hold `{{...}}` placeholders. A string that is one placeholder becomes its value, which may
 * be a number; within a longer string it becomes text. All else is kept letter by letter, so that no number is read and
 * written again. Throws `BAD_TEMPLATE` and `UNKNOWN_PLACEHOLDER` (usage).
 */
export function parseTemplate(text: string): Template {
  refuseOtherThanObject(text)
  const parts: (string | Fill)[] = []
  let at = 0
  for (const {0: string, index} of text.matchAll(jsonString)) {
    if (!string.includes('{{')) continue
    parts.push(text.slice(at, index), stringFill(JSON.parse(string) as string))
    at = index + string.length
  }
  parts.push(text.slice(at))
  return (filling) => parts.map((part) => (typeof part === 'string' ? part : String(part(filling)))).join('')
}

/** Answers JSON: a number, or a string in its quotes. */
function stringFill(value: string): Fill {
  const parts: (string | Fill)[] = []
  let at = 0
  for (const {0: whole, 1: name = '', 2: words = '', index} of value.matchAll(placeholder)) {
    if (index > at) parts.push(value.slice(at, index))
    parts.push(readPlaceholder(whole, name, words))
    at = index + whole.length
  }
  if (at < value.length) parts.push(value.slice(at))
  refuseOpen(parts)
  const [first] = parts
  if (parts.length === 1 && typeof first === 'function') return (filling) => JSON.stringify(first(filling))
  return (filling) =>
    JSON.stringify(parts.map((part) => (typeof part === 'string' ? part : String(part(filling)))).join(''))
}

function readPlaceholder(whole: string, name: string, words: string): Fill {
  const known = Object.hasOwn(placeholders, name) ? placeholders[name] : undefined
  if (!known) {
    const names = Object.keys(placeholders)
    const meant = nearest(name, names)
    throw new OpError('usage', 'UNKNOWN_PLACEHOLDER', `${whole} is no placeholder that is known.`, {
      hint: meant === undefined ? `There are: ${names.join(', ')}.` : `Did you mean {{${meant}}}?`,
    })
  }
  const fill = known.read(words)
  if (fill) return fill
  throw new OpError('usage', 'BAD_TEMPLATE', `${whole} cannot be read.`, {
    hint: `It is written ${known.form}: ${known.does}.`,
  })
}

function refuseOpen(parts: readonly (string | Fill)[]): void {
  const open = parts.find((part) => typeof part === 'string' && part.includes('{{'))
  if (open === undefined) return
  throw new OpError('usage', 'BAD_TEMPLATE', `A placeholder is not closed: ${String(open)}`, {
    hint: 'It begins with {{ and ends with }}.',
  })
}

function refuseOtherThanObject(text: string): void {
  let reason = 'it is JSON, but not an object'
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return
  } catch (error) {
    reason = messageOf(error)
  }
  throw new OpError('usage', 'BAD_TEMPLATE', `The template is no event: ${reason}.`, {
    hint: 'It is one JSON object whose strings hold placeholders: {"eventId": "{{uuid}}", "durationMs": "{{number 1 900}}"}.',
  })
}
