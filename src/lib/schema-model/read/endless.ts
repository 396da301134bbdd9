import {isJsonObject} from '../json-object'
import {inPlaceKeywords} from './keywords'

/** What a schema refers to without looking at another part of the value: a chain of these that closes would never end. */
export function inPlaceReferences(schema: unknown): string[] {
  const found: string[] = []
  const pending: unknown[] = [schema]
  while (pending.length > 0) {
    const next = pending.pop()
    if (!isJsonObject(next)) continue
    if (typeof next.$ref === 'string') found.push(next.$ref)
    for (const key of inPlaceKeywords) {
      const value = next[key]
      if (key === 'dependentSchemas' || Array.isArray(value))
        pending.push(...(Object.values(value ?? {}) as unknown[]))
      else pending.push(value)
    }
  }
  return found
}

/**
 * A reference of a schema document that leads back to itself without ever looking into the value (`a: {allOf: [{$ref: a}]}`), so that no
 * validator could finish; undefined where there is none. Recursion through properties and items is well.
 */
export function endlessReference(
  root: unknown,
  definitions: ReadonlyMap<string, unknown>,
): string | undefined {
  const schemas = new Map<string, unknown>([['#', root]])
  for (const [name, schema] of definitions) schemas.set(`#/$defs/${name}`, schema)
  const state = new Map<string, 'open' | 'done'>()
  for (const start of schemas.keys()) {
    const path: {reference: string; next: string[]}[] = []
    const enter = (reference: string) => {
      state.set(reference, 'open')
      path.push({reference, next: inPlaceReferences(schemas.get(reference))})
    }
    if (!state.has(start)) enter(start)
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const next = top.next.pop()
      if (next === undefined) {
        state.set(top.reference, 'done')
        path.pop()
      } else if (state.get(next) === 'open') return next
      else if (!state.has(next)) enter(next)
    }
  }
  return undefined
}
