import fc from '../../../_helpers/properties'
import {stringifyExact} from '../../../../src/lib/core/json'
import {explain} from '../../../../src/lib/pattern/explain/explain'
import type {Miss} from '../../../../src/lib/pattern/explain/explain'
import {parsePattern, PatternError} from '../../../../src/lib/pattern/parse-pattern'
import type {FieldCondition, Pattern} from '../../../../src/lib/pattern/pattern'
import {RuleSet} from '../../../../src/lib/pattern/rule-set'

const texts = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    'ab',
    'abc',
    'B',
    ' a',
    'ß',
    'SS',
    'ǅ',
    'İ',
    '😀',
    '\ud800',
    '*',
    '"',
    'a"',
    '"a',
    'é',
  ),
  fc.constantFrom('10.0.0.1', '010.0.0.1', '::1', '::ffff:a00:1', '2001:db8::', '5', '5.0', '1e400', 'true'),
  fc.string({maxLength: 6}),
)
const strings = texts.map((text) => JSON.stringify(text))
const numbers = fc.oneof(
  fc.constantFrom('0', '-0', '1', '1.0', '1e0', '5', '-7.5', '0.1', '1e300', '1e-300', '5e-324', '1.5e-20'),
  fc.constantFrom('12345678901234567891', '1e400', '10203040'),
  fc.integer().map(String),
  fc.double({noNaN: true, noDefaultInfinity: true}).map(String),
)
const scalars = fc.oneof(strings, numbers, fc.constantFrom('true', 'false', 'null'))

const list = (item: fc.Arbitrary<string>, minLength = 0): fc.Arbitrary<string> =>
  fc.array(item, {minLength, maxLength: 3}).map((items) => `[${items.join()}]`)
const member = (names: readonly string[], operand: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(fc.constantFrom(...names), operand).map(([name, value]) => `{"${name}":${value}}`)

const wildcards = fc
  .array(fc.constantFrom('a', 'b', '/', '*', '\\*', '\\\\', '😀', 'A'), {maxLength: 8})
  .map((parts) => JSON.stringify(parts.join('').replace(/\*\*+/g, '*')))
const cidrs = fc
  .tuple(fc.constantFrom('10.0.0.0', '0.0.0.0', '255.1.2.3', '::', '2001:db8::1', '::ffff:0:0'), fc.nat(127))
  .map(([base, mask]) => `"${base}/${mask}"`)
/** No two of these are neighbours among doubles, so that there is a number between any two. */
const bounds = fc.oneof(
  fc.constantFrom('0', '-7.5', '0.1', '1e300', '1e-300', '1.5e-20'),
  fc.integer().map(String),
)
const ends = fc.oneof(
  bounds,
  fc.constantFrom('5e-324', '1e400'),
  fc.double({noNaN: true, min: -1e200, max: 1e200}).map(String),
)
const ranges = fc.oneof(
  fc.tuple(fc.constantFrom('<', '<=', '=', '>', '>='), ends).map(([op, n]) => `["${op}",${n}]`),
  fc
    .tuple(fc.constantFrom('>', '>='), bounds, fc.constantFrom('<', '<='), bounds)
    .map(([lower, low, upper, high]) => `["${lower}",${low},"${upper}",${high}]`),
)
/** Alternatives that name or describe a value. */
const telling = fc.oneof(
  scalars,
  member(['prefix', 'suffix', 'equals-ignore-case', 'exactly'], strings),
  member(['prefix', 'suffix'], member(['equals-ignore-case'], strings)),
  member(['wildcard'], wildcards),
  member(['numeric'], ranges),
  member(['cidr'], cidrs),
)
/** Alternatives that do not. */
const silent = fc.oneof(
  member(['exists'], fc.constantFrom('true', 'false')),
  member(['anything-but'], fc.oneof(strings, numbers, list(strings, 1), list(numbers, 1))),
  member(['anything-but'], member(['prefix', 'suffix', 'wildcard', 'equals-ignore-case'], strings)),
)
const alternatives = list(fc.oneof({arbitrary: telling, weight: 3}, {arbitrary: silent, weight: 1}), 1)

const names = fc.constantFrom('a', 'b', 'c', 'a.b', 'b.c', '__proto__')
const object = (values: fc.Arbitrary<string>, minLength: number): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(names, values), {minLength, maxLength: 3})
    .map((members) => `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join()}}`)

const patternTexts = fc.letrec<{pattern: string}>((tie) => ({
  pattern: fc.oneof(
    {maxDepth: 3},
    object(alternatives, 1),
    object(fc.oneof(alternatives, tie('pattern')), 1),
    fc.tuple(tie('pattern'), tie('pattern')).map(([one, other]) => `{"$or":[${one},${other}]}`),
  ),
})).pattern

const events = (hasArrays: boolean): fc.Arbitrary<string> =>
  object(
    fc.letrec<{value: string}>((tie) => ({
      value: hasArrays
        ? fc.oneof({maxDepth: 4}, scalars, list(tie('value')), object(tie('value'), 0))
        : fc.oneof({maxDepth: 4}, scalars, list(scalars), object(tie('value'), 0)),
    })).value,
    0,
  )

const patterns: fc.Arbitrary<Pattern> = patternTexts
  .map((text) => {
    try {
      return parsePattern(text)
    } catch (error) {
      if (error instanceof PatternError) return undefined
      throw error
    }
  })
  .filter((pattern) => pattern !== undefined)

function matches(pattern: Pattern, event: string): boolean {
  return RuleSet.compile([{key: 0, pattern}]).match(event).length > 0
}

/** Whether a clause alone matches an event. */
function holds({path, source}: Pick<FieldCondition, 'path' | 'source'>, event: string): boolean {
  return matches(parsePattern(`{${JSON.stringify(path)}:${source}}`), event)
}

function clauseOf({path, wanted}: Miss): Pick<FieldCondition, 'path' | 'source'> {
  return {path, source: stringifyExact(wanted)}
}

const nameOf = ({path, source}: Pick<FieldCondition, 'path' | 'source'>): string => `${path} ${source}`

/** An event with `value` at the end of `steps`, in place of whatever stands there. */
function put(node: unknown, steps: readonly string[], value: unknown): unknown {
  const [step, ...others] = steps
  if (step === undefined) return value
  if (Array.isArray(node) && node.length > 0) return node.map((item) => put(item, steps, value))
  const isObject = typeof node === 'object' && node !== null && !Array.isArray(node)
  const members: [string, unknown][] = isObject ? Object.entries(node) : []
  const old = members.find(([name]) => name === step)?.[1]
  return Object.fromEntries([
    ...members.filter(([name]) => name !== step),
    [step, put(old, others, value)] as [string, unknown],
  ])
}

describe('the explanation of a miss, whatever the pattern and the event', () => {
  it('agrees with matching on whether there is one', () => {
    fc.assert(
      fc.property(patterns, events(true), (pattern, event) => {
        const {matched, ways} = explain(pattern, event)

        expect(matched).toBe(matches(pattern, event))
        expect(ways.length === 0).toBe(matched)
        expect(ways.every((way) => way.length > 0)).toBe(true)
      }),
      {numRuns: 1000},
    )
  })

  it('names only clauses that fail, unless it names the array whose elements they fail in', () => {
    fc.assert(
      fc.property(patterns, events(true), (pattern, event) => {
        const misses = explain(pattern, event).ways.flat()

        const held = misses.filter((miss) => miss.array === undefined && holds(clauseOf(miss), event))

        expect(held).toEqual([])
      }),
      {numRuns: 1000},
    )
  })

  it('names of each branch all clauses that fail, and no branch that asks for more than another one', () => {
    fc.assert(
      fc.property(patterns, events(false), (pattern, event) => {
        const {ways} = explain(pattern, event)
        const failing = pattern.branches.map(
          (branch) => new Set([...branch.values()].filter((clause) => !holds(clause, event)).map(nameOf)),
        )
        const minimal = failing.filter((set) =>
          failing.every((other) => other.size >= set.size || [...other].some((name) => !set.has(name))),
        )
        const expected = minimal.map((set) => [...set].map(canonical).sort().join('; '))

        const found = ways.map((way) =>
          way
            .map((miss) => canonical(nameOf(clauseOf(miss))))
            .sort()
            .join('; '),
        )

        fc.pre(!matches(pattern, event))
        expect(new Set(found)).toEqual(new Set(expected))
        expect(ways.map(({length}) => length)).toEqual(ways.map(({length}) => length).sort((a, b) => a - b))
      }),
      {numRuns: 1000},
    )
  })

  it('names a nearest value with which the clause holds', () => {
    let count = 0
    fc.assert(
      fc.property(patterns, events(true), (pattern, event) => {
        for (const miss of explain(pattern, event)
          .ways.flat()
          .filter((one) => 'nearest' in one)) {
          const changed = stringifyExact(put(JSON.parse(event), miss.path.split('.'), miss.nearest))
          count++

          expect([changed, holds(clauseOf(miss), changed)]).toEqual([changed, true])
        }
      }),
      {numRuns: 1500},
    )

    expect(count).toBeGreaterThan(500)
  })

  it('names a nearest value for every operator that describes one', () => {
    fc.assert(
      fc.property(list(telling, 1), scalars, (wanted, seen) => {
        let pattern: Pattern
        try {
          pattern = parsePattern(`{"a":${wanted}}`)
        } catch {
          return
        }
        const {ways} = explain(pattern, `{"a":${seen}}`)

        for (const miss of ways.flat()) {
          expect([wanted, 'nearest' in miss]).toEqual([wanted, true])
          expect([
            wanted,
            holds({path: 'a', source: wanted}, `{"a":${stringifyExact(miss.nearest)}}`),
          ]).toEqual([wanted, true])
        }
      }),
      {numRuns: 2000},
    )
  })

  it('is one sentence of bounded length without control characters', () => {
    fc.assert(
      fc.property(patterns, events(true), (pattern, event) => {
        for (const {why} of explain(pattern, event).ways.flat()) {
          expect(why).toMatch(/^[^\p{Cc}]{1,600}\.$/u)
        }
      }),
      {numRuns: 1000},
    )
  })
})

/** A clause's name with its JSON written as the tool writes it. */
function canonical(name: string): string {
  const at = name.indexOf(' ')
  return `${name.slice(0, at)} ${JSON.stringify(JSON.parse(name.slice(at + 1)))}`
}
