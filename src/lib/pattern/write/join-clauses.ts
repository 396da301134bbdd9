import type {WhereValue} from '../../core/where-values'
import {PatternError} from '../parse-pattern'
import {comparableNumber} from '../values/comparable-number'
import type {Leaf} from '../values/leaf'
import {leafTest} from '../values/leaf-test'
import {affixTests, intersectPrefixes, intersectSuffixes} from './affixes'
import {distinct, pointOf, testsOf} from './clause'
import type {Clause, Wish} from './clause'
import {intersectRanges, withoutPoints} from './ranges'
import {refuseCondition} from './refuse'

type Kind = Wish['kind']
type Of<K extends Kind> = Extract<Wish, {kind: K}>

/** `never`: nothing satisfies both. `unsayable`: one list of alternatives cannot say both. */
type Joined = Wish | 'never' | 'unsayable'

/** What leaves the fewest possibilities first, so that the others only take away from it. */
const order: readonly Kind[] = ['values', 'ranges', 'prefix', 'suffix', 'texts', 'not', 'exists', 'missing']

function leafOf({kind, text}: WhereValue): Leaf {
  const kinds = {text: 'string', number: 'number', literal: 'literal'} as const
  const value = kind === 'number' ? comparableNumber(text) : undefined
  return {kind: kinds[kind], text, value, inside: undefined}
}

/** Those of the values that satisfy a wish. */
function satisfying(values: readonly WhereValue[], wish: Wish): WhereValue[] {
  const tests = testsOf(wish).map(leafTest)
  return values.filter((value) => tests.some((test) => test(leafOf(value))))
}

function joinValues(values: readonly WhereValue[], wish: Wish): Joined {
  const left = satisfying(values, wish)
  return left.length === 0 ? 'never' : {kind: 'values', values: left}
}

/** Takes values away from what a wish lets through. Those that it does not let through anyway need not be said. */
function exclude(wish: Wish, excluded: Of<'not'>, source: string): Joined {
  const relevant = satisfying(excluded.values, wish)
  if (relevant.length === 0) return wish
  if (wish.kind !== 'ranges') return 'unsayable'
  const ranges = withoutPoints(
    wish.ranges,
    relevant.map((value) => pointOf(value, source)),
  )
  return ranges.length === 0 ? 'never' : {kind: 'ranges', ranges}
}

/** EventBridge refuses wildcards that are too complex together. */
function ifAccepted(wish: Wish): Joined {
  try {
    testsOf(wish)
    return wish
  } catch (error) {
    if (error instanceof PatternError) return 'unsayable'
    throw error
  }
}

function joinAlike(a: Wish, b: Wish): Joined {
  if (a.kind === 'values') return joinValues(a.values, b)
  if (a.kind === 'ranges' && b.kind === 'ranges') {
    const ranges = intersectRanges(a.ranges, b.ranges)
    return ranges.length === 0 ? 'never' : {kind: 'ranges', ranges}
  }
  if (a.kind === 'not' && b.kind === 'not') {
    const values = distinct([...a.values, ...b.values])
    return new Set(values.map((value) => value.kind)).size > 1 ? 'unsayable' : {kind: 'not', values}
  }
  if (a.kind === 'prefix' || a.kind === 'suffix') {
    const intersect = a.kind === 'prefix' ? intersectPrefixes : intersectSuffixes
    const texts = intersect(a.texts, (b as typeof a).texts)
    return texts.length === 0 ? 'never' : {kind: a.kind, texts}
  }
  return a.kind === 'texts' ? 'unsayable' : a
}

/** Joins two wishes of different kinds, `a` being the earlier one in `order`. */
function joinUnlike(a: Wish, b: Wish, source: string): Joined {
  if (b.kind === 'missing') return 'never'
  // Whatever asks for a value asks for the field to be there.
  if (b.kind === 'exists') return a
  if (a.kind === 'values') return joinValues(a.values, b)
  if (b.kind === 'not') return exclude(a, b, source)
  // A number is no text.
  if (a.kind === 'ranges') return 'never'
  if (a.kind === 'prefix' && b.kind === 'suffix') {
    return ifAccepted({kind: 'texts', alternatives: affixTests(a.texts, b.texts)})
  }
  return 'unsayable'
}

function join(path: string, a: Clause, b: Clause): Clause {
  const joined = a.kind === b.kind ? joinAlike(a, b) : joinUnlike(a, b, b.sources.join(' and '))
  const both = `${a.sources.join(' and ')} and ${b.sources.join(' and ')}`
  if (joined === 'never') {
    return refuseCondition(`No value of ${path} satisfies ${both}.`, 'Leave one of them out.')
  }
  if (joined === 'unsayable') {
    return refuseCondition(
      `${path} can have only one list of alternatives in a pattern, and no list says ${both}.`,
      'Leave one of them out, or list the values that are meant: ' + `${path}=VALUE,VALUE.`,
    )
  }
  return {...joined, sources: [...a.sources, ...b.sources]}
}

function withoutRepeats(clauses: readonly Clause[]): Clause[] {
  return [
    ...new Map(clauses.map((clause) => [JSON.stringify({...clause, sources: []}), clause] as const)).values(),
  ]
}

/**
 * All that is asked of one field, as one clause. Lists of values are cut down to what satisfies the rest, bounds become one
 * range (or several, where numbers are excluded), exclusions one list, and a beginning and an end one wildcard. Throws
 * `BAD_WHERE` (usage) when nothing satisfies two clauses, or a field's one list of alternatives cannot say both; the message
 * names them. `clauses` are one at least.
 */
export function joinClauses(path: string, clauses: readonly Clause[]): Clause | undefined {
  const byKind = order.map((kind) => withoutRepeats(clauses).filter((clause) => clause.kind === kind))
  const [first, ...rest] = byKind
    .filter((alike) => alike.length > 0)
    .map((alike) => alike.reduce((a, b) => join(path, a, b)))
  return first === undefined ? undefined : rest.reduce((a, b) => join(path, a, b), first)
}
