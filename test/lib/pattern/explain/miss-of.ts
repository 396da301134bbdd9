import {explain} from '../../../../src/lib/pattern/explain/explain'
import type {Miss} from '../../../../src/lib/pattern/explain/explain'
import {parsePattern} from '../../../../src/lib/pattern/parse-pattern'

/** Why an event misses a pattern: a pattern as a JSON value, an event as one or as JSON text. */
export function waysOf(pattern: unknown, event: unknown): Miss[][] {
  const text = typeof event === 'string' ? event : JSON.stringify(event)
  return explain(parsePattern(JSON.stringify(pattern)), text).ways
}

/** The only miss of the only way, for a pattern of one clause. */
export function missOf(pattern: unknown, event: unknown): Miss {
  const ways = waysOf(pattern, event)
  const [miss] = ways[0] ?? []
  if (ways.length !== 1 || ways[0]?.length !== 1 || miss === undefined) {
    throw new TypeError(`not one miss but ${JSON.stringify(ways)}`)
  }
  return miss
}
