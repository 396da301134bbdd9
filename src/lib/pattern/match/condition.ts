import {FoldedText} from '../values/folded-text'
import type {Leaf} from '../values/leaf'
import {addressDigits, leafTest, wholeOfPrefix, wholeOfSuffix} from '../values/leaf-test'
import type {LeafTest} from '../values/leaf-test'
import {inAddressRange} from '../values/ip-address'
import type {AddressRange, FieldCondition, Test} from '../pattern'
import {wildcardLiterals} from '../values/wildcard'

/** Something that must be so for a test to hold, and that many tests can be looked up by at once. */
export type Guard =
  | {by: 'text' | 'prefix' | 'suffix' | 'folded' | 'folded-prefix' | 'folded-suffix'; text: string}
  | {by: 'number'; value: number}
  /** The text of a number that a double cannot hold, or of a literal. */
  | {by: 'number-text' | 'literal'; text: string}
  | {by: 'range'; low: number; high: number}
  | {by: 'address'; range: AddressRange}

/** A guard and, where it is not the whole truth, the test that is. */
export interface Entry {
  guard: Guard
  verify: LeafTest | undefined
}

/** The condition of one field, made ready for matching. Rules that ask the same of a field share one. */
export interface Condition {
  /** Its place in the rule set's list. */
  id: number
  path: string
  /** The number of its path in the rule set. */
  field: number
  tests: LeafTest[]
  /** Whether the field may be absent. */
  absent: boolean
  /** How to find it from a value; undefined where it can only be tried. */
  entries: Entry[] | undefined
  /** Whether it looks at numbers as numbers. */
  numeric: boolean
  /** Whether it may hold by how a number is written where it does not hold by the number's double. */
  gainsByText: boolean
  /** Whether it looks at how a number is written, taking its digits for those of an address. */
  readsDigits: boolean
}

function entry(guard: Guard, verify?: LeafTest): Entry {
  return {guard, verify}
}

function affixEntries(test: Extract<Test, {kind: 'prefix' | 'suffix'}>): Entry[] | undefined {
  const {kind, value, ignoreCase} = test
  const whole = kind === 'prefix' ? wholeOfPrefix(value) : wholeOfSuffix(value)
  if (!ignoreCase) {
    const entries = [entry({by: kind, text: value})]
    return whole === undefined ? entries : [...entries, entry({by: 'text', text: whole})]
  }
  const {key} = new FoldedText(value)
  if (key === undefined || whole !== undefined) return undefined
  return [entry({by: `folded-${kind}`, text: key}, leafTest(test))]
}

function wildcardEntries(test: Extract<Test, {kind: 'wildcard'}>): Entry[] | undefined {
  const literals = wildcardLiterals(test.value)
  const head = literals[0] ?? ''
  const tail = literals.at(-1) ?? ''
  if (literals.length === 1) return [entry({by: 'text', text: head})]
  if (head === '' && tail === '') return undefined
  return [entry(head === '' ? {by: 'suffix', text: tail} : {by: 'prefix', text: head}, leafTest(test))]
}

function numericEntries(test: Extract<Test, {kind: 'numeric'}>): Entry[] {
  const low = test.lower?.value ?? -Infinity
  const high = test.upper?.value ?? Infinity
  return [entry({by: 'range', low, high}, leafTest(test))]
}

function valueEntry(test: Extract<Test, {kind: 'string' | 'number' | 'literal'}>): Entry {
  if (test.kind === 'literal') return entry({by: 'literal', text: String(test.value)})
  if (test.kind === 'number') {
    const {text, value} = test
    return entry(value === undefined ? {by: 'number-text', text} : {by: 'number', value})
  }
  const {address, value} = test
  if (address === undefined) return entry({by: 'text', text: value})
  return entry({by: 'address', range: {low: address, high: address}})
}

function foldedEntries(test: Extract<Test, {kind: 'equals-ignore-case'}>): Entry[] | undefined {
  const {key} = new FoldedText(test.value)
  return key === undefined ? undefined : [entry({by: 'folded', text: key}, leafTest(test))]
}

function entriesOf(test: Test): Entry[] | undefined {
  switch (test.kind) {
    case 'string':
    case 'number':
    case 'literal':
      return [valueEntry(test)]
    case 'exactly':
      return [entry({by: 'text', text: test.value})]
    case 'prefix':
    case 'suffix':
      return affixEntries(test)
    case 'equals-ignore-case':
      return foldedEntries(test)
    case 'wildcard':
      return wildcardEntries(test)
    case 'numeric':
      return numericEntries(test)
    case 'cidr':
      return [entry({by: 'address', range: test.range})]
    case 'exists':
    case 'anything-but':
      return undefined
  }
}

function isNumeric(test: Test): boolean {
  if (test.kind === 'number') return test.value !== undefined
  return test.kind === 'numeric' || (test.kind === 'anything-but' && test.excluded.of === 'numbers')
}

/** Where a double does not hold a number, ranges and numbers do not match it; these can. */
function gainsByText(test: Test): boolean {
  if (test.kind === 'number') return test.value === undefined
  return test.kind === 'anything-but' && test.excluded.of === 'numbers'
}

function rangesOf(tests: readonly Test[]): AddressRange[] {
  return tests.flatMap((test) => {
    if (test.kind === 'cidr') return [test.range]
    return test.kind === 'string' && test.address !== undefined
      ? [{low: test.address, high: test.address}]
      : []
  })
}

/** Numbers that EventBridge takes for addresses: all of them, but where it looks for numbers only those it cannot compare. */
function numberAsAddressTest(ranges: readonly AddressRange[], numeric: boolean): LeafTest {
  return (leaf: Leaf) => {
    if (leaf.kind !== 'number' || (numeric && leaf.value !== undefined)) return false
    const digits = addressDigits(leaf.text)
    return ranges.some((range) => inAddressRange(digits, range))
  }
}

/** Makes a field's condition ready for matching. `id` and `field` are the rule set's numbers for it and for its path. */
export function compileCondition(source: FieldCondition, id: number, field: number): Condition {
  const {alternatives, path} = source
  const numeric = alternatives.some(isNumeric)
  const ranges = rangesOf(alternatives)
  const tests = alternatives.map(leafTest)
  const found = alternatives.map(entriesOf)
  const absent = alternatives.some((test) => test.kind === 'exists' && !test.value)
  const indexable = !absent && found.every((entries) => entries !== undefined)
  if (ranges.length > 0) tests.push(numberAsAddressTest(ranges, numeric))
  return {
    id,
    path,
    field,
    tests,
    absent,
    entries: indexable ? found.flatMap((entries) => entries ?? []) : undefined,
    numeric: alternatives.some((test) => isNumeric(test) || test.kind === 'number') || ranges.length > 0,
    gainsByText: alternatives.some(gainsByText) || ranges.length > 0,
    readsDigits: ranges.length > 0 && !numeric,
  }
}

/** Whether one of the condition's alternatives holds for a scalar. */
export function holdsFor(condition: Condition, leaf: Leaf): boolean {
  for (const test of condition.tests) if (test(leaf)) return true
  return false
}
