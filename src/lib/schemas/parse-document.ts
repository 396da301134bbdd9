import {OpError} from '../core/errors'
import {parseExact} from '../core/json'
import {refuseDeepSchema} from '../schema-model/json-depth'
import {isJsonObject, type JsonObject} from '../schema-model/json-object'

/**
 * A registry's content as a document that can be written again. Integers beyond 2^53 (bounds of int64, for example) keep their digits.
 * Throws `BAD_SCHEMA_CONTENT` (service) where the content is no JSON object and `SCHEMA_TOO_DEEP` (usage).
 */
export function parseDocument(content: string, name: string): JsonObject {
  try {
    const parsed: unknown = JSON.parse(content)
    refuseDeepSchema(parsed)
    // The exact parser assigns keys, so `__proto__` would be lost with it.
    const exact = /\d{16}/.test(content) && !content.includes('__proto__') ? parseExact(content) : parsed
    if (isJsonObject(exact)) return exact
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new OpError(
    'service',
    'BAD_SCHEMA_CONTENT',
    `The registry's content of schema ${name} is not a JSON object.`,
  )
}
