import {FoldedText} from './folded-text'
import {inAddressRange, parseAddress} from './ip-address'
import type {Leaf} from './leaf'
import type {AddressRange, Excluded, Test} from '../pattern'
import {wildcardLiterals, wildcardTest} from './wildcard'

export type LeafTest = (leaf: Leaf) => boolean

/** Up to this many texts are compared one after the other, which is quicker than to look up one not seen before. */
const listLimit = 8

const never: LeafTest = () => false

function onStrings(test: (text: string) => boolean): LeafTest {
  return (leaf) => leaf.kind === 'string' && test(leaf.text)
}

/**
 * EventBridge sees a string with its quotes, and a prefix with the opening one: so the prefix `ab"` matches the whole
 * string `ab`, and the suffix `"ab` does too.
 */
export function wholeOfPrefix(prefix: string): string | undefined {
  return prefix.endsWith('"') ? prefix.slice(0, -1) : undefined
}

/** The same for a suffix. */
export function wholeOfSuffix(suffix: string): string | undefined {
  return suffix.startsWith('"') ? suffix.slice(1) : undefined
}

function prefixTest(prefix: string): (text: string) => boolean {
  const whole = wholeOfPrefix(prefix)
  return (text) => text.startsWith(prefix) || text === whole
}

function suffixTest(suffix: string): (text: string) => boolean {
  const whole = wholeOfSuffix(suffix)
  return (text) => text.endsWith(suffix) || text === whole
}

function foldedPrefixTest(prefix: string): (text: string) => boolean {
  const folded = new FoldedText(prefix)
  const whole = wholeOfPrefix(prefix)
  const foldedWhole = whole === undefined ? undefined : new FoldedText(whole)
  return (text) => folded.isPrefix(text) || foldedWhole?.isWhole(text) === true
}

function foldedSuffixTest(suffix: string): (text: string) => boolean {
  const folded = new FoldedText(suffix)
  const whole = wholeOfSuffix(suffix)
  const foldedWhole = whole === undefined ? undefined : new FoldedText(whole)
  return (text) => folded.isSuffix(text) || foldedWhole?.isWhole(text) === true
}

function textTest(of: 'prefix' | 'suffix' | 'wildcard' | 'equals-ignore-case', value: string) {
  switch (of) {
    case 'prefix':
      return prefixTest(value)
    case 'suffix':
      return suffixTest(value)
    case 'wildcard':
      return wildcardTest(wildcardLiterals(value))
    case 'equals-ignore-case': {
      const folded = new FoldedText(value)
      return (text: string) => folded.isWhole(text)
    }
  }
}

function excludedTest(excluded: Excluded): LeafTest {
  switch (excluded.of) {
    case 'strings': {
      const {values} = excluded
      if (values.length <= listLimit) return (leaf) => leaf.kind !== 'string' || !values.includes(leaf.text)
      const many = new Set(values)
      return (leaf) => leaf.kind !== 'string' || !many.has(leaf.text)
    }
    case 'numbers': {
      const values = new Set(excluded.values.map(({value}) => value))
      return (leaf) => leaf.kind !== 'number' || leaf.value === undefined || !values.has(leaf.value)
    }
    default: {
      const {of} = excluded
      const tests = excluded.values.map((value) => textTest(of, value))
      return (leaf) => leaf.kind !== 'string' || !tests.some((test) => test(leaf.text))
    }
  }
}

/** A string that spells an address in the range. */
export function addressTest(range: AddressRange): LeafTest {
  return onStrings((text) => {
    const address = parseAddress(text)
    return address !== undefined && inAddressRange(address, range)
  })
}

/**
 * The digits of a number that EventBridge would take for those of an address: where a field has an address range and no
 * numeric test, a number runs through the range digit by digit, so 10203040 lies in 16.32.48.0/24.
 */
export function addressDigits(number: string): string {
  return /^[0-9A-F]*/.exec(number)?.[0] ?? ''
}

function numericTest({lower, upper}: Extract<Test, {kind: 'numeric'}>): LeafTest {
  return ({value}) => {
    if (value === undefined) return false
    if (lower !== undefined && (lower.inclusive ? value < lower.value : value <= lower.value)) return false
    return upper === undefined || (upper.inclusive ? value <= upper.value : value < upper.value)
  }
}

/** The test of a bare value in a field's array. */
function valueTest(test: Extract<Test, {kind: 'string' | 'number' | 'literal'}>): LeafTest {
  if (test.kind === 'literal') {
    const written = String(test.value)
    return (leaf) => leaf.kind === 'literal' && leaf.text === written
  }
  if (test.kind === 'number') {
    const {text, value} = test
    // Numbers that a double cannot hold are equal when they are written alike.
    return (leaf) =>
      leaf.kind === 'number' && (value === undefined ? leaf.text === text : leaf.value === value)
  }
  const {address, value} = test
  if (address !== undefined) return addressTest({low: address, high: address})
  return (leaf) => leaf.kind === 'string' && leaf.text === value
}

/** The test of an operator that looks at the text of strings alone. */
function stringTest(
  test: Extract<Test, {kind: 'prefix' | 'suffix' | 'equals-ignore-case' | 'wildcard'}>,
): LeafTest {
  if (test.kind === 'prefix' && test.ignoreCase) return onStrings(foldedPrefixTest(test.value))
  if (test.kind === 'suffix' && test.ignoreCase) return onStrings(foldedSuffixTest(test.value))
  return onStrings(textTest(test.kind, test.value))
}

/** The test of one alternative on one scalar. `exists: false` is no test of a scalar and never holds. */
export function leafTest(test: Test): LeafTest {
  switch (test.kind) {
    case 'string':
    case 'number':
    case 'literal':
      return valueTest(test)
    case 'exactly':
      return (leaf) => leaf.kind === 'string' && leaf.text === test.value
    case 'prefix':
    case 'suffix':
    case 'equals-ignore-case':
    case 'wildcard':
      return stringTest(test)
    case 'numeric':
      return numericTest(test)
    case 'cidr':
      return addressTest(test.range)
    case 'exists':
      return test.value ? () => true : never
    case 'anything-but':
      return excludedTest(test.excluded)
  }
}
