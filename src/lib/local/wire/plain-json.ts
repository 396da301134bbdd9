import type {NormalizedSchema} from '@smithy/core/schema'

const known = new WeakMap<object, boolean>()

/**
 * Whether values of a structure are their own JSON: texts, numbers, booleans and what is made of them, nothing that a codec would
 * change (timestamps, blobs, big numbers). Such answers need no codec, which counts on the busiest calls.
 */
export function isPlainJson(schema: NormalizedSchema): boolean {
  if (!schema.isStructSchema()) return false
  const key = schema.getSchema() as object
  let plain = known.get(key)
  if (plain === undefined) {
    // A structure that holds itself is left to the codec.
    known.set(key, false)
    plain = [...schema.structIterator()].every(([, member]) => isPlain(member))
    known.set(key, plain)
  }
  return plain
}

function isPlain(schema: NormalizedSchema): boolean {
  if (schema.isStructSchema()) return isPlainJson(schema)
  if (schema.isListSchema() || schema.isMapSchema()) return isPlain(schema.getValueSchema())
  return schema.isStringSchema() || schema.isNumericSchema() || schema.isBooleanSchema()
}
