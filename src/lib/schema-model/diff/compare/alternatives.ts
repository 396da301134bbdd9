import {arrayAspects, compareArrays} from './arrays'
import type {CompareAspect} from '../aspects/aspect'
import type {Change} from '../change'
import type {Comparer} from './comparer'
import {conditionChanges} from './condition-changes'
import type {Alternative} from '../form/form'
import {numberAspects} from '../aspects/numbers'
import {compareObjects, objectAspects} from './objects'
import {stringAspects} from '../aspects/strings'
import type {Kind} from '../form/values'

const aspects: Readonly<Record<Kind, readonly CompareAspect[]>> = {
  null: [],
  boolean: [],
  number: numberAspects,
  string: stringAspects,
  array: arrayAspects,
  object: objectAspects,
}

/** Every change between two alternatives of one kind. */
export function compareAlternatives(
  comparer: Comparer,
  a: Alternative,
  b: Alternative,
  path: string,
): Change[] {
  return [
    ...conditionChanges(comparer, a, b, path),
    ...aspects[a.kind].flatMap((compare) => compare(a, b, path) ?? []),
    ...(a.kind === 'array' ? compareArrays(comparer, a, b, path) : []),
    ...(a.kind === 'object' ? compareObjects(comparer, a, b, path) : []),
  ]
}
