import {own} from '../../json-object'
import type {Aspect} from './aspect'
import {allOf, type Answer} from '../change'
import type {Alternative} from '../form/form'

/** The formats that all schemas of an alternative name, sorted; those alone that `isOfKind` knows. */
function formatsOf({nodes}: Alternative, isOfKind: (name: string) => boolean): string[] {
  const names = nodes.map((node) => own(node, 'format')).filter((name) => typeof name === 'string')
  return [...new Set(names.filter(isOfKind))].sort()
}

/** `within` says whether every value of which the formats `a` are asked keeps another one. */
export function formatAspect(
  isOfKind: (name: string) => boolean,
  within: (a: readonly string[], wanted: string, of: Alternative) => Answer,
): Aspect<string[]> {
  return {
    keyword: 'format',
    read: (of) => {
      const formats = formatsOf(of, isOfKind)
      return formats.length > 0 ? formats : undefined
    },
    within: (a = [], b, of) => allOf(b.map((wanted) => within(a, wanted, of))),
    say: (formats) => formats.join(' and '),
  }
}
