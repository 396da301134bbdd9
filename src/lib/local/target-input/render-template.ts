import {LosslessNumber} from 'lossless-json'
import {stringifyExact} from '../../core/json'
import type {InputTemplate} from './input-template'

/** Values of placeholders; undefined where the path led nowhere. A `Verbatim` stands as it is. */
export type PlaceholderValue = (name: string) => unknown

/** JSON text that is spliced to the letter. */
export class Verbatim {
  constructor(readonly json: string) {}
}

/**
 * The template with its placeholders filled, or undefined where that is not JSON. Outside quotes a value stands as JSON, a missing one
 * as `""`. Inside quotes of a JSON template a text is spliced with JSON's escapes, an object or list as JSON, whose quotes break the
 * template. In a template of text in quotes texts are spliced as they are, objects and lists without their quotes, and the quotes around
 * stay; there each line is JSON by itself.
 */
export function renderTemplate(template: InputTemplate, valueOf: PlaceholderValue): string | undefined {
  const splice = template.isJson ? spliceIntoJson : spliceIntoText
  const text = template.parts
    .map((part) => {
      if (typeof part === 'string') return part
      const value = valueOf(part.name)
      return part.inString ? splice(value) : jsonOf(value)
    })
    .join('')
  return isJson(text) || (!template.isJson && linesAreJson(text)) ? text : undefined
}

function jsonOf(value: unknown): string {
  if (value === undefined) return '""'
  return value instanceof Verbatim ? value.json : stringifyExact(value)
}

function spliceIntoJson(value: unknown): string {
  const json = jsonOf(value)
  return typeof value === 'string' || value === undefined ? json.slice(1, -1) : json
}

function spliceIntoText(value: unknown): string {
  if (value === undefined) return ''
  if (typeof value === 'string') return value
  const json = jsonOf(value)
  return typeof value === 'object' && value !== null && !(value instanceof LosslessNumber)
    ? json.replaceAll('"', '')
    : json
}

function linesAreJson(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.length > 0 && lines.every(isJson)
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
