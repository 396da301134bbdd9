import type {KnownField} from '../../core/where-field'
import {buildPattern, conditionsOf} from './build-pattern'
import type {BuiltPattern, PatternRequest} from './build-pattern'
import {formatPattern} from './format-pattern'
import {unknownFieldWarnings} from './unknown-fields'

/** A contract for the detail of one kind of event. */
export interface DetailContract {
  detailType: string
  /** Under `detail`. */
  fields: readonly KnownField[]
}

export interface WrittenPattern extends BuiltPattern {
  /** The pattern for a person, over several lines. */
  text: string
  /** Sentences on fields that events are not known to have. */
  warnings: string[]
}

/**
 * Whether a request is for events of a contract: it names no other detail-type and, where it names none, no source of AWS's
 * own services.
 */
export function isUnderContract(request: PatternRequest, detailType: string): boolean {
  const asked = (path: string): string[] =>
    conditionsOf(request)
      .filter((where) => where.path === path)
      .flatMap((where) => where.values.map((value) => value.text))
  const detailTypes = asked('detail-type')
  if (detailTypes.length > 0) return detailTypes.every((text) => text === detailType)
  return !asked('source').some((text) => text.startsWith('aws.'))
}

/**
 * Builds a pattern, reading values as the contract has them where it is for events of that contract. Throws what
 * `buildPattern` does.
 */
export function writePattern(request: PatternRequest, contract: DetailContract): WrittenPattern {
  const fields = isUnderContract(request, contract.detailType) ? contract.fields : undefined
  const types = new Map(fields?.map(({path, type}) => [path, type]))
  const built = buildPattern(request, {fieldType: (path) => types.get(path)})
  const paths = conditionsOf(request).map((where) => where.path)
  return {
    ...built,
    text: formatPattern(built.pattern),
    warnings: unknownFieldWarnings(paths, fields),
  }
}
