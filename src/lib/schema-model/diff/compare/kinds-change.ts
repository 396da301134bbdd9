import {comparable, kindOf, kinds, type Kind} from '../form/values'
import {verdictOf, type Change} from '../change'
import type {Form} from '../form/form'

/** The kinds of values that a place takes. */
export function kindsOf({values, alternatives}: Form): Set<Kind> {
  return new Set([...values.map(kindOf), ...alternatives.map(({kind}) => kind)])
}

function isWhole({values, alternatives}: Form): boolean {
  const numbers = values.filter((value) => kindOf(value) === 'number').map(comparable)
  const areWhole = numbers.every((number) => typeof number === 'bigint' || Number.isInteger(number))
  return areWhole && alternatives.every(({kind, integral}) => kind !== 'number' || integral)
}

/** `string`, `integer or null`, `anything`, `nothing`. */
export function kindsText(form: Form): string {
  const found = kindsOf(form)
  if (found.size === 0) return 'nothing'
  if (found.size === kinds.length && !isWhole(form)) return 'anything'
  const names = kinds.filter((kind) => found.has(kind) && kind !== 'null')
  const words: string[] = names.map((kind) => (kind === 'number' && isWhole(form) ? 'integer' : kind))
  return [...words, ...(found.has('null') ? ['null'] : [])].join(' or ')
}

/** Kinds of values that one side takes at a place and the other does not. */
export function kindsChange(before: Form, after: Form, path: string): Change[] {
  const [old, next] = [kindsOf(before), kindsOf(after)]
  const isKept = [...old].every((kind) => next.has(kind))
  const isKnown = [...next].every((kind) => old.has(kind))
  if (isKept && isKnown) return []
  return [
    {
      path,
      kind: 'type',
      message: `${kindsText(before)} became ${kindsText(after)}`,
      producers: verdictOf(isKept),
      consumers: verdictOf(isKnown),
    },
  ]
}
