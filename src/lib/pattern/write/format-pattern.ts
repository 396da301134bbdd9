import {LosslessNumber} from 'lossless-json'
import {stringifyExact} from '../../core/json'

/** Up to this many characters an array stays in one line. */
const lineWidth = 80

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !(value instanceof LosslessNumber)
}

/** One line, with a space behind each comma and colon. */
function inLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inLine).join(', ')}]`
  if (!isObject(value)) return stringifyExact(value)
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${inLine(member)}`)
  return `{${members.join(', ')}}`
}

function inLines(open: string, members: readonly string[], close: string, indent: string): string {
  return `${open}\n${members.map((member) => `${indent}  ${member}`).join(',\n')}\n${indent}${close}`
}

/** `used` is how many characters stand before the value in its line. */
function format(value: unknown, indent: string, used: number): string {
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    const line = inLine(value)
    return used + line.length <= lineWidth ? line : inLines('[', value.map(inLine), ']', indent)
  }
  if (!isObject(value)) return stringifyExact(value)
  const members = Object.entries(value).map(([name, member]) => {
    const key = `${JSON.stringify(name)}: `
    return key + format(member, inner, inner.length + key.length)
  })
  return members.length === 0 ? '{}' : inLines('{', members, '}', indent)
}

/**
 * An event pattern as a person reads it: two spaces, a line for each field, its alternatives in that line where they fit into 80
 * columns and one a line where they do not. Numbers stay exact (`core/json`).
 */
export function formatPattern(value: unknown): string {
  return format(value, '', 0)
}
