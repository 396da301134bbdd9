import type {SchemaDocument} from '../schema-document'
import {makeAjv, withPlainNumbers} from './ajv'
import {guarded} from './guarded'
import {problemsOf, tooDeep, type Problem} from './problems'

/** Checks a parsed JSON value; answers what is wrong, nothing for a valid one. */
export type SchemaCheck = (value: unknown) => Problem[]

/**
 * A schema as a check, formats included. Loads ajv. Throws `SCHEMA_UNCHECKABLE` (usage), here and when it is called, where the validator
 * library fails on the schema.
 */
export function compileSchema({schema}: SchemaDocument): SchemaCheck {
  const plain = withPlainNumbers(schema) as object
  const check = guarded(() => makeAjv(plain).compile(plain))
  return (value) => {
    try {
      return guarded(() => check(value)) ? [] : problemsOf(check.errors ?? [], value)
    } catch (error) {
      if (error instanceof Error && error.cause instanceof RangeError) return [tooDeep]
      throw error
    }
  }
}
