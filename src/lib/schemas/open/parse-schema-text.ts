import {messageOf, OpError} from '../../core/errors'
import {isJsonObject, mapValues} from '../../schema-model/json-object'
import {parseExactDocument} from '../parse-document'

/**
 * A document from a file: JSON, else YAML. Integers keep their digits, bounds of int64 are beyond what a double holds. `about` names the
 * file. Throws `BAD_SCHEMA_FILE` (usage) with the place of what cannot be read.
 */
export async function parseSchemaText(text: string, about: string): Promise<unknown> {
  const bare = text.replace(/^\uFEFF/, '')
  if (bare.trim() === '') throw badFile(about, 'it is empty')
  try {
    return parseExactDocument(bare)
  } catch (error) {
    // JSON that is cut short or mistyped would be told of as YAML, which nobody has written.
    if (/^\s*[{[]/.test(bare) && /\.json$/i.test(about)) throw badFile(about, messageOf(error), error)
    return parseYaml(bare, about)
  }
}

async function parseYaml(text: string, about: string): Promise<unknown> {
  const {parseDocument} = await import('yaml')
  const document = parseDocument(text, {intAsBigInt: true})
  const [fault] = document.errors
  if (fault) throw badFile(about, firstLine(fault.message))
  try {
    return plain(document.toJS(), new Set(), about)
  } catch (error) {
    if (error instanceof OpError) throw error
    throw badFile(about, messageOf(error), error)
  }
}

/** Small integers as numbers. An alias may lead back to what holds it, which no schema is. */
function plain(value: unknown, above: Set<unknown>, about: string): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value
  if (typeof value !== 'object' || value === null) return value
  if (above.has(value)) throw badFile(about, 'an alias leads back to what holds it')
  const inner = new Set(above).add(value)
  if (Array.isArray(value)) return value.map((member) => plain(member, inner, about))
  return isJsonObject(value) ? mapValues(value, (member) => plain(member, inner, about)) : value
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/:$/, '')
}

function badFile(about: string, reason: string, cause?: unknown): OpError {
  return new OpError('usage', 'BAD_SCHEMA_FILE', `${about} is no schema in JSON or YAML: ${reason}.`, {
    hint: 'A schema file holds JSON Schema, OpenAPI 3, Swagger 2.0 or AsyncAPI 3.',
    cause,
  })
}
