import {stringifyExact} from '../../../core/json'
import type {JsonObject} from '../../json-object'

/** Text that can neither end the comment nor trouble an editor. */
function safe(text: string): string[] {
  return text
    .replaceAll('*/', '*\\/')
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => line.replace(/\p{C}/gu, ' ').trimEnd())
}

/** What a schema says that a type cannot, as lines of a comment. */
function linesOf(schema: JsonObject): string[] {
  const {title, description, format, deprecated, examples} = schema
  const texts = [title, description].filter((text): text is string => typeof text === 'string')
  const lines = [...new Set(texts)].flatMap(safe)
  if (typeof format === 'string') lines.push(...safe(`@format ${format}`))
  if (Object.hasOwn(schema, 'default')) lines.push(...safe(`@default ${stringifyExact(schema.default)}`))
  for (const example of Array.isArray(examples) ? (examples as unknown[]) : []) {
    lines.push(...safe(`@example ${stringifyExact(example)}`))
  }
  if (deprecated === true) lines.push('@deprecated')
  return lines
}

/** The doc comment of a schema with a line break at its end; empty where it has nothing to say. */
export function docComment(schema: JsonObject, indent: string): string {
  const lines = linesOf(schema)
  if (lines.length === 0) return ''
  if (lines.length === 1) return `${indent}/** ${lines[0] ?? ''} */\n`
  const body = lines.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}`)
  return `${indent}/**\n${body.join('\n')}\n${indent} */\n`
}
