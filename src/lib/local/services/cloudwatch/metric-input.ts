import type {Dimension as DimensionShape} from '@aws-sdk/client-cloudwatch'
import type {Dimension} from '../../metrics/series'
import {invalidParameter, missingParameter} from './errors'

const maxDimensions = 30

/** A namespace as a caller gives it. Throws `MissingParameter`, `InvalidParameterValue`. */
export function namespaceOf(value: string | undefined, path: string): string {
  const namespace = textOf(value, path, 255)
  if (namespace.startsWith(':')) {
    throw invalidParameter(
      `The value ${namespace} for parameter ${path} is invalid. It must not start with a colon.`,
    )
  }
  return namespace
}

/** A text of 1 to `max` characters. Throws `MissingParameter`, `InvalidParameterValue`. */
export function textOf(value: string | undefined, path: string, max: number): string {
  if (value === undefined || value === '') throw missingParameter(path)
  if (value.length > max) {
    throw invalidParameter(
      `The value for parameter ${path} is invalid. It must be no longer than ${max} characters.`,
    )
  }
  return value
}

/** Dimensions in the order of their names, which is how they are kept and compared. Throws `InvalidParameterValue`. */
export function dimensionsOf(shapes: readonly DimensionShape[] | undefined, path: string): Dimension[] {
  if ((shapes?.length ?? 0) > maxDimensions) {
    throw invalidParameter(`The collection ${path} must not have a size greater than ${maxDimensions}.`)
  }
  return (shapes ?? [])
    .map(({Name, Value}, i) => ({
      name: textOf(Name, `${path}.member.${i + 1}.Name`, 255),
      value: textOf(Value, `${path}.member.${i + 1}.Value`, 1024),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Milliseconds of a range, its start rounded down to the whole minute as CloudWatch does for values of minutes. */
export function rangeOf(
  start: Date | undefined,
  end: Date | undefined,
  error: (message: string) => Error,
): {fromMs: number; toMs: number} {
  const fromMs = Math.floor((start?.getTime() ?? 0) / 60_000) * 60_000
  const toMs = end?.getTime() ?? 0
  if ((start?.getTime() ?? 0) >= toMs)
    throw error('The parameter StartTime must be less than the parameter EndTime.')
  return {fromMs, toMs}
}
