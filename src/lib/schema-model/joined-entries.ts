import {isJsonObject, type JsonObject} from './json-object'

/** One keyword said twice: lists and objects are put together, of anything else the second counts. */
function joined(first: unknown, second: unknown): unknown {
  if (Array.isArray(first) && Array.isArray(second))
    return [...(first as unknown[]), ...(second as unknown[])]
  if (!isJsonObject(first) || !isJsonObject(second)) return second
  return Object.fromEntries([...Object.entries(first), ...Object.entries(second)])
}

/** An object of entries in which a key may stand twice, as where two keywords of one draft are one keyword of another. */
export function joinedEntries(entries: Iterable<readonly [string, unknown]>): JsonObject {
  const out = new Map<string, unknown>()
  for (const [key, value] of entries) out.set(key, out.has(key) ? joined(out.get(key), value) : value)
  return Object.fromEntries(out)
}
