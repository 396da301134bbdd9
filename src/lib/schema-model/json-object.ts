/** An object as JSON text gives it. Its own keys may be any text, `__proto__` included. */
export interface JsonObject {
  [key: string]: unknown
}

/** Whether a parsed JSON value is an object (neither null nor an array). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value under an own key; undefined where the value is no object or has no such key of its own. */
export function own(value: unknown, key: string): unknown {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** The same keys with changed values. Keys are defined, not assigned, so `__proto__` stays an ordinary key. */
export function mapValues(value: JsonObject, change: (value: unknown, key: string) => unknown): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, change(member, key)]))
}

/** Order of two texts by code units, the same on every machine (unlike a locale's order). */
export function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
