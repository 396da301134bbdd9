import {stringifyExact} from '../../../core/json'
import {verdictOf, type Change} from '../change'
import type {Form} from '../form/form'
import {kindsOf} from './kinds-change'
import {kindOf, type Kind} from '../form/values'

/** Whether a value may stand at the place, by the old and by the new schema. */
export interface Takes {
  takenBefore: (value: unknown) => boolean
  takenAfter: (value: unknown) => boolean
}

/** Kinds of which a place takes more than the listed values. */
function freeKinds(form: Form): Set<Kind> {
  return new Set(form.alternatives.map(({kind}) => kind))
}

/** Values that are listed on one side and that the other does not take; kinds of which all values were listed, or are now. */
export function valuesChange(before: Form, after: Form, path: string, takes: Takes): Change[] {
  const [old, next] = [kindsOf(before), kindsOf(after)]
  const isCommon = (kind: Kind) => old.has(kind) && next.has(kind)
  const gone = before.values.filter((value) => isCommon(kindOf(value)) && !takes.takenAfter(value))
  const added = after.values.filter((value) => isCommon(kindOf(value)) && !takes.takenBefore(value))
  const [freeBefore, freeAfter] = [freeKinds(before), freeKinds(after)]
  const limited = [...freeBefore].filter((kind) => isCommon(kind) && !freeAfter.has(kind))
  const freed = [...freeAfter].filter((kind) => isCommon(kind) && !freeBefore.has(kind))
  if (gone.length + added.length + limited.length + freed.length === 0) return []
  const words = [
    ...limited.map(
      (kind) => `of every ${kind} only ${listText(after.values.filter((v) => kindOf(v) === kind))} is left`,
    ),
    ...freed.map(
      (kind) =>
        `${kind} is no longer limited to ${listText(before.values.filter((v) => kindOf(v) === kind))}`,
    ),
    ...(gone.length > 0 ? [`${listText(gone)} is no longer a value`] : []),
    ...(added.length > 0 && limited.length === 0 ? [`${listText(added)} is a new value`] : []),
  ]
  return [
    {
      path,
      kind: 'enum',
      message: words.join('; '),
      producers: verdictOf(gone.length === 0 && limited.length === 0),
      consumers: verdictOf(added.length === 0 && freed.length === 0),
    },
  ]
}

const shown = 5

function listText(values: readonly unknown[]): string {
  const texts = values.slice(0, shown).map((value) => stringifyExact(value))
  return texts.join(', ') + (values.length > shown ? ` and ${values.length - shown} more` : '')
}
