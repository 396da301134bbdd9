import {stringifyExact} from '../../core/json'
import {own, type JsonObject} from '../json-object'

const maxValues = 8

/** What each keyword asks for, in words. */
const words: Readonly<Record<string, (value: unknown) => string>> = {
  const: (value) => `always ${stringifyExact(value)}`,
  enum: (value) => `one of ${listText(value)}`,
  minimum: (value) => `at least ${numberText(value)}`,
  exclusiveMinimum: (value) => `more than ${numberText(value)}`,
  maximum: (value) => `at most ${numberText(value)}`,
  exclusiveMaximum: (value) => `less than ${numberText(value)}`,
  multipleOf: (value) => `a multiple of ${numberText(value)}`,
  minLength: (value) => `at least ${counted(value, 'character')}`,
  maxLength: (value) => `at most ${counted(value, 'character')}`,
  pattern: (value) => `matches ${String(value)}`,
  minItems: (value) => `at least ${counted(value, 'element')}`,
  maxItems: (value) => `at most ${counted(value, 'element')}`,
  uniqueItems: (value) => (value === true ? 'each once' : ''),
  minProperties: (value) => `at least ${counted(value, 'member')}`,
  maxProperties: (value) => `at most ${counted(value, 'member')}`,
  additionalProperties: (value) => (value === false ? 'no other members' : ''),
  default: (value) => `default ${stringifyExact(value)}`,
  deprecated: (value) => (value === true ? 'deprecated' : ''),
}

/** What the schemas of a place ask for beyond its type, each once, in one line; empty where that is nothing. */
export function rulesText(nodes: readonly JsonObject[]): string {
  const texts = nodes.flatMap((node) =>
    Object.keys(words).map((keyword) => {
      const value = own(node, keyword)
      return value === undefined ? '' : (words[keyword]?.(value) ?? '')
    }),
  )
  return [...new Set(texts.filter((text) => text !== ''))].join(', ')
}

function listText(values: unknown): string {
  const list = Array.isArray(values) ? (values as unknown[]) : []
  const shown = list.slice(0, maxValues).map((value) => stringifyExact(value))
  return shown.join(', ') + (list.length > maxValues ? ` and ${list.length - maxValues} more` : '')
}

function numberText(value: unknown): string {
  return stringifyExact(value)
}

function counted(value: unknown, noun: string): string {
  const text = numberText(value)
  return `${text} ${noun}${text === '1' ? '' : 's'}`
}
