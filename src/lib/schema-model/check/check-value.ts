import type {ValidateFunction} from 'ajv/dist/2020'
import {messageOf, OpError} from '../../core/errors'

/**
 * Whether a value is valid. Throws `SCHEMA_UNCHECKABLE` (usage) where the validator library itself fails, which it does on some schemas with
 * `unevaluatedProperties` behind a reference, and on values nested too deep.
 */
export function isValid(check: ValidateFunction, value: unknown): boolean {
  try {
    return check(value)
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
