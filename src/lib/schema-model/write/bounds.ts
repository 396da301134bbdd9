import type {JsonObject} from '../json-object'

const sides = {
  minimum: {exclusive: 'exclusiveMinimum', isTighter: (a: unknown, b: unknown) => Number(a) >= Number(b)},
  maximum: {exclusive: 'exclusiveMaximum', isTighter: (a: unknown, b: unknown) => Number(a) <= Number(b)},
} as const

/**
 * A bound as up to draft 4 and OpenAPI 3.0 write it: one number, marked where it is exclusive. Of a bound and an exclusive bound the
 * tighter one counts. Empty where the schema has neither.
 */
export function markedBound(schema: JsonObject, side: 'minimum' | 'maximum'): [string, unknown][] {
  const {exclusive, isTighter} = sides[side]
  const [bound, limit] = [schema[side], schema[exclusive]]
  const isExclusive = limit !== undefined && (bound === undefined || isTighter(limit, bound))
  if (isExclusive) {
    return [
      [side, limit],
      [exclusive, true],
    ]
  }
  return bound === undefined ? [] : [[side, bound]]
}
