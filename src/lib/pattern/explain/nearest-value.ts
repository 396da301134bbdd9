import {parseExact, stringifyExact} from '../../core/json'
import type {Condition} from '../match/condition'
import type {Test} from '../pattern'
import {comparableNumber} from '../values/comparable-number'
import type {Leaf} from '../values/leaf'
import {wildcardLiterals} from '../values/wildcard'
import type {Effort} from './effort'
import {fitText, roughCost} from './fit-text'
import {nearestAddresses} from './nearest-address'
import {nearestNumber} from './nearest-number'

/** A value that one alternative of a clause takes, and the scalar of the event that it is nearest to. */
export interface Nearest {
  value: unknown
  test: Test
  /** Undefined where the event has no scalar there. */
  leaf: Leaf | undefined
}

/** Longer texts are not rewritten. */
const textLimit = 2000
/** So many pairs of a value and an alternative are looked at, and so many values. */
const pairLimit = 20_000
const leafLimit = 100
/** What it costs that a value is of another type, where a changed letter costs 250. */
const otherType = 50

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** A JSON scalar as matching sees it. */
export function toLeaf(value: unknown): Leaf {
  if (typeof value === 'string') return {kind: 'string', text: value, value: undefined, inside: undefined}
  const text = stringifyExact(value)
  if (value === null || typeof value === 'boolean') {
    return {kind: 'literal', text, value: undefined, inside: undefined}
  }
  return {kind: 'number', text, value: comparableNumber(text), inside: undefined}
}

/** A text with the letters that no text is equal to, not even itself, replaced by what EventBridge takes them for. */
function respelled(text: string): string {
  const spell = (unit: string): string => {
    if (/\p{Surrogate}/u.test(unit)) return '?'
    const lower = unit.toLowerCase()
    return unit === unit.toUpperCase() ? unit : lower
  }
  return Array.from({length: text.length}, (_, index) => spell(text.charAt(index))).join('')
}

function texts(literals: readonly string[], seen: string | undefined, ignoreCase: boolean, effort: Effort) {
  const joined = literals.join('')
  const found = [joined, respelled(joined)]
  if (seen === undefined || !effort.spend(joined.length, seen.length)) return found
  const {text} = fitText(literals, seen, ignoreCase)
  // Half of a character may have been left behind.
  return /\p{Surrogate}/u.test(text) ? found : [text, ...found]
}

/** Values that a test probably takes, the one nearest to `seen` (a string's content, a number as written) first. */
function candidates(test: Test, seen: string | undefined, effort: Effort): unknown[] {
  switch (test.kind) {
    case 'string':
    case 'exactly':
    case 'literal':
      return [test.value]
    case 'number':
      return [parseExact(test.text)]
    case 'equals-ignore-case':
      return [test.value, respelled(test.value)]
    case 'prefix':
      return texts([test.value, ''], seen, test.ignoreCase, effort)
    case 'suffix':
      return texts(['', test.value], seen, test.ignoreCase, effort)
    case 'wildcard':
      return texts(wildcardLiterals(test.value), seen, false, effort)
    case 'numeric': {
      const number = seen?.trim()
      const isNumber = number !== undefined && jsonNumber.test(number)
      return [nearestNumber(test, isNumber ? number : undefined)]
    }
    case 'cidr':
      return nearestAddresses(test.range, seen)
    default:
      return []
  }
}

/** How far a value is from the one seen: by the letters to change, of two numbers by their difference. */
function costOf(leaf: Leaf, wanted: Leaf, effort: Effort): number {
  if (leaf.kind === 'number' && wanted.kind === 'number') {
    const difference = Math.abs(Number(leaf.text) - Number(wanted.text))
    return Number.isFinite(difference) ? 100 * Math.log2(1 + difference) : Number.MAX_VALUE
  }
  const seen = leaf.text === 'null' && leaf.kind === 'literal' ? '' : leaf.text.slice(0, textLimit)
  const cost = effort.spend(wanted.text.length, seen.length)
    ? fitText([wanted.text], seen).cost
    : roughCost(wanted.text, seen)
  return cost + (leaf.kind === wanted.kind ? 0 : otherType)
}

/** The first value that really passes an alternative of the condition. */
function passing(condition: Condition, index: number, test: Test, leaf: Leaf | undefined, effort: Effort) {
  const isShort = leaf !== undefined && leaf.text.length <= textLimit
  const isNull = leaf?.kind === 'literal' && leaf.text === 'null'
  return candidates(test, isShort && !isNull ? leaf.text : undefined, effort).find(
    (value) => value !== undefined && condition.tests[index]?.(toLeaf(value)) === true,
  )
}

/**
 * The value nearest to one of those seen that satisfies a condition made of `alternatives`. What it answers has been tried.
 * Undefined where no alternative names or describes a value (`exists`, `anything-but`). Of long arrays only the first
 * elements are looked at.
 */
export function nearestValue(
  condition: Condition,
  alternatives: readonly Test[],
  leaves: readonly Leaf[],
  effort: Effort,
): Nearest | undefined {
  const most = Math.max(1, Math.min(leafLimit, Math.floor(pairLimit / alternatives.length)))
  const looked: readonly (Leaf | undefined)[] = leaves.length === 0 ? [undefined] : leaves.slice(0, most)
  let best: Nearest | undefined
  let least = Infinity
  for (const leaf of looked) {
    for (const [index, test] of alternatives.entries()) {
      const value = passing(condition, index, test, leaf, effort)
      if (value === undefined) continue
      const cost = leaf === undefined ? 0 : costOf(leaf, toLeaf(value), effort)
      if (cost >= least) continue
      least = cost
      best = {value, test, leaf}
    }
  }
  return best
}
