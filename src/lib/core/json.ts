import {isLosslessNumber, LosslessNumber, parse, stringify} from 'lossless-json'

export type JsonValue = string | number | bigint | boolean | null | JsonValue[] | {[key: string]: JsonValue}

/** Turns a number's text into the smallest JavaScript type that holds it exactly: `number`, `bigint`, or itself. */
function exactNumber(text: string): unknown {
  if (/^-?\d+$/.test(text)) {
    const value = Number(text)
    return Number.isSafeInteger(value) ? value : BigInt(text)
  }
  const value = Number(text)
  return Number.isFinite(value) && String(value) === text ? value : new LosslessNumber(text)
}

/**
 * Parses JSON without changing a number: integers beyond 2^53 become `bigint`, decimals that a double cannot hold keep
 * their text (`LosslessNumber`). Throws SyntaxError on malformed text and on a key that stands twice with two values.
 */
export function parseExact(text: string): unknown {
  return parse(text, null, exactNumber)
}

/** Whether a value that `parseExact` or `JSON.parse` made is a number, in whichever of the three types holds it. */
export function isExactNumber(value: unknown): value is number | bigint | LosslessNumber {
  return typeof value === 'number' || typeof value === 'bigint' || isLosslessNumber(value)
}

/** Writes JSON in one line; `bigint` as an integer of any size, what `parseExact` kept as text as that text, dates as ISO-8601. */
export function stringifyExact(value: unknown, indent?: number): string {
  return stringify(value, undefined, indent) ?? 'null'
}

/** Whether a value is an object of JSON: no list and no null. What `parseExact` made of a long number is one too. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
