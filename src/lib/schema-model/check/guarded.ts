import {messageOf, OpError} from '../../core/errors'

/**
 * What a call of the validator library answers. Throws `SCHEMA_UNCHECKABLE` (usage) where the library itself fails, which it does on some
 * schemas with `unevaluatedProperties` behind a reference, and on values nested too deep (the cause is then a RangeError).
 */
export function guarded<T>(call: () => T): T {
  try {
    return call()
  } catch (error) {
    throw new OpError(
      'usage',
      'SCHEMA_UNCHECKABLE',
      `The validator fails on this schema: ${messageOf(error)}.`,
      {
        hint: 'Say it without unevaluatedProperties and unevaluatedItems.',
        cause: error,
      },
    )
  }
}
