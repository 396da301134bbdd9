import {OpError} from '../core/errors'
import {parseExact} from '../core/json'
import {refuseDeepSchema} from '../schema-model/json-depth'
import {isJsonObject, type JsonObject} from '../schema-model/json-object'

/** JSON text of a schema, with the digits of integers beyond 2^53 (bounds of int64, for example). Throws `SCHEMA_TOO_DEEP` (usage) and SyntaxError. */
export function parseExactDocument(text: string): unknown {
  const parsed: unknown = JSON.parse(text)
  refuseDeepSchema(parsed)
  // The exact parser assigns keys, so `__proto__` would be lost with it.
  return /\d{16}/.test(text) && !text.includes('__proto__') ? parseExact(text) : parsed
}

/**
 * A registry's content as a document that can be written again.
 * Throws `BAD_SCHEMA_CONTENT` (service) where the content is no JSON object and `SCHEMA_TOO_DEEP` (usage).
 */
export function parseDocument(content: string, name: string): JsonObject {
  try {
    const parsed = parseExactDocument(content)
    if (isJsonObject(parsed)) return parsed
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new OpError(
    'service',
    'BAD_SCHEMA_CONTENT',
    `The registry's content of schema ${name} is not a JSON object.`,
  )
}
