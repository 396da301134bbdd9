import type {NumericBound, Test} from '../pattern'

/** Kinds of alternatives that EventBridge keeps in different ways. */
export type Family = 'exact' | 'number' | 'range' | 'address' | 'text' | 'folded' | 'wildcard' | 'exists'

/** What EventBridge takes two alternatives for one by. */
export interface AlternativeKey {
  family: Family
  /** The same for alternatives of the same meaning, in whatever field. */
  key: string
}

function keyOf(family: Family, ...parts: readonly (string | number | boolean)[]): AlternativeKey {
  return {family, key: JSON.stringify([family, ...parts])}
}

function exact(json: string): AlternativeKey {
  return keyOf('exact', json)
}

/** An open end is the largest double there is, itself included. */
function end(bound: NumericBound | undefined, otherwise: number): [number, boolean] {
  return bound === undefined ? [otherwise, true] : [bound.value, bound.inclusive]
}

function rangeKey({lower, upper}: Extract<Test, {kind: 'numeric'}>): AlternativeKey {
  if (lower !== undefined && lower === upper) return keyOf('number', lower.value)
  return keyOf('range', ...end(lower, -Number.MAX_VALUE), ...end(upper, Number.MAX_VALUE))
}

/** Excluded values are a set. */
function excludedKey({excluded}: Extract<Test, {kind: 'anything-but'}>): AlternativeKey {
  const {of} = excluded
  const values = excluded.values.map((value) => (typeof value === 'string' ? value : String(value.value)))
  const family = of === 'wildcard' ? 'wildcard' : of === 'equals-ignore-case' ? 'folded' : 'text'
  return keyOf(family, 'anything-but', of, ...[...new Set(values)].sort())
}

function keyOfTest(test: Exclude<Test, {kind: 'number'}>): AlternativeKey {
  switch (test.kind) {
    case 'string':
      return test.address === undefined ? exact(JSON.stringify(test.value)) : keyOf('address', test.address)
    case 'exactly':
      return exact(JSON.stringify(test.value))
    case 'literal':
      return exact(String(test.value))
    case 'prefix':
    case 'suffix':
      return keyOf(test.ignoreCase ? 'folded' : 'text', test.kind, test.value)
    case 'equals-ignore-case':
      return keyOf('folded', test.kind, test.value)
    case 'wildcard':
      return keyOf('wildcard', test.value)
    case 'numeric':
      return rangeKey(test)
    case 'cidr':
      return keyOf('address', test.range.low, test.range.high)
    case 'exists':
      return keyOf('exists', test.value)
    case 'anything-but':
      return excludedKey(test)
  }
}

/**
 * The keys of an alternative, in the order in which EventBridge takes them: one, but for a number, which is looked for by
 * its value and as it is written.
 */
export function keysOf(test: Test): AlternativeKey[] {
  if (test.kind !== 'number') return [keyOfTest(test)]
  const {value, text} = test
  return [...(value === undefined ? [] : [keyOf('number', value)]), exact(text)]
}

/**
 * Whether EventBridge may not find an alternative of a field again that it has already: wildcards in any case, others where
 * their characters run into each other in its automaton, as those of texts and of number ranges do.
 */
export function blurs(families: ReadonlySet<Family>): boolean {
  const has = (...some: Family[]): boolean => some.some((family) => families.has(family))
  return (
    has('wildcard') ||
    (has('folded') && has('exact', 'text', 'address')) ||
    (has('range') && has('exact', 'address'))
  )
}
