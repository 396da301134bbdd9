import fc, {runs} from '../../../_helpers/properties'
import {OpError} from '../../../../src/lib/core/errors'
import {stringifyExact} from '../../../../src/lib/core/json'
import {parseWhere} from '../../../../src/lib/core/where'
import {parsePattern} from '../../../../src/lib/pattern/parse-pattern'
import {RuleSet} from '../../../../src/lib/pattern/rule-set'
import {buildPattern} from '../../../../src/lib/pattern/write/build-pattern'
import {formatPattern} from '../../../../src/lib/pattern/write/format-pattern'

/** A condition as a person means it: its words, and what it says of a field's value (undefined: the field is not there). */
interface Meaning {
  words: string
  holds: (value: unknown) => boolean
}

const alphabet = ['a', 'A', '*', '"']
const letters = fc.oneof(
  {weight: 4, arbitrary: fc.string({unit: fc.constantFrom(...alphabet), maxLength: 2})},
  {weight: 1, arbitrary: fc.string({unit: fc.constantFrom('b', '\\', ',', ' '), maxLength: 2})},
)
const someNumbers = [-1.5, 0, 1, 2, 2.5, 3]
const numbers = fc.constantFrom(...someNumbers)
const scalars = fc.oneof(letters, numbers, fc.constantFrom(true, false, null))
const written = (values: readonly unknown[]): string =>
  values.map((value) => JSON.stringify(value)).join(', ')

function ofText(operator: string, test: (value: string, text: string) => boolean): fc.Arbitrary<Meaning> {
  return fc.array(letters, {minLength: 1, maxLength: 2}).map((texts) => ({
    words: `${operator} ${written(texts)}`,
    holds: (value) => typeof value === 'string' && texts.some((text) => test(value, text)),
  }))
}

function comparison(
  operator: string,
  test: (value: number, bound: number) => boolean,
): fc.Arbitrary<Meaning> {
  return numbers.map((bound) => ({
    words: `${operator} ${bound}`,
    holds: (value) => typeof value === 'number' && test(value, bound),
  }))
}

function excluding(list: fc.Arbitrary<unknown[]>): fc.Arbitrary<Meaning> {
  return list.map((values) => ({
    words: `!= ${written(values)}`,
    holds: (value) => value !== undefined && !values.includes(value),
  }))
}

/** Texts with stars alone, each star any text. */
const wildcards = fc.array(fc.constantFrom('a', 'b', '"'), {maxLength: 3}).map((parts) => {
  const expression = new RegExp(`^${parts.join('.*')}$`)
  return {
    words: `like ${JSON.stringify(parts.join('*'))}`,
    holds: (value: unknown) => typeof value === 'string' && expression.test(value),
  }
})

const meanings: fc.Arbitrary<Meaning> = fc.oneof(
  fc.array<unknown>(scalars, {minLength: 1, maxLength: 4}).map((values) => ({
    words: `= ${written(values)}`,
    holds: (value: unknown) => value !== undefined && values.includes(value),
  })),
  excluding(fc.array(letters, {minLength: 1, maxLength: 3})),
  excluding(fc.array(numbers, {minLength: 1, maxLength: 3})),
  comparison('<', (value, bound) => value < bound),
  comparison('<=', (value, bound) => value <= bound),
  comparison('>', (value, bound) => value > bound),
  comparison('>=', (value, bound) => value >= bound),
  ofText('^=', (value, text) => value.startsWith(text)),
  ofText('$=', (value, text) => value.endsWith(text)),
  ofText('~=', (value, text) => value.toLowerCase() === text.toLowerCase()),
  wildcards,
  fc.constant({words: 'exists', holds: (value: unknown) => value !== undefined}),
  fc.constant({words: 'missing', holds: (value: unknown) => value === undefined}),
)

/** One field that is asked for, and the value that an event has there. */
const fields = fc.record({
  conditions: fc.array(meanings, {minLength: 1, maxLength: 3}),
  value: fc.oneof(scalars, fc.constant(undefined)),
})

type Field = {conditions: Meaning[]; value: unknown}

const paths = ['origin', 'detail.a', 'detail.b.c', 'detail.b.d']

function eventOf(row: readonly Field[]): string {
  const [origin, a, c, d] = row.map((field) => field.value)
  return JSON.stringify({origin, detail: {a, b: {c, d}}})
}

function isMet(row: readonly Field[]): boolean {
  return row.every(({conditions, value}) => conditions.every((condition) => condition.holds(value)))
}

/** The pattern, or undefined where its conditions cannot be joined. */
function built(row: readonly Field[]): object | undefined {
  const where = row.flatMap(({conditions}, index) =>
    conditions.map(({words}) => parseWhere(`${paths[index] ?? ''} ${words}`)),
  )
  try {
    return buildPattern({where}).pattern
  } catch (error) {
    if (error instanceof OpError && error.code === 'BAD_WHERE') return undefined
    throw error
  }
}

function matches(pattern: object, row: readonly Field[]): boolean {
  const rules = RuleSet.compile([{key: 'it', pattern: parsePattern(formatPattern(pattern))}])
  return rules.match(eventOf(row)).length > 0
}

/** The message of BAD_WHERE, if it is thrown. */
function messageOf(act: () => unknown): string {
  try {
    act()
    return ''
  } catch (error) {
    if (error instanceof OpError && error.code === 'BAD_WHERE') return error.message
    throw error
  }
}

/** All texts of up to three of the letters, and a few values of other kinds. */
const candidates: unknown[] = [
  ...['', ...alphabet, 'b', '\\', 'a,', 'a '].flatMap((a) =>
    ['', ...alphabet].flatMap((b) => ['', ...alphabet].map((c) => a + b + c)),
  ),
  ...[...someNumbers, 1.5, 50, true, false, null, undefined],
]

describe('a built pattern', () => {
  it('agrees with the conditions of a field on every value that comes near to them', () => {
    const seen = {matched: 0, missed: 0}
    fc.assert(
      fc.property(fc.array(meanings, {minLength: 1, maxLength: 3}), (conditions) => {
        const pattern = built([{conditions, value: undefined}])
        if (pattern === undefined) return
        const rules = RuleSet.compile([{key: 'it', pattern: parsePattern(formatPattern(pattern))}])
        const wrong = candidates.filter((value) => {
          const expected = isMet([{conditions, value}])
          seen[expected ? 'matched' : 'missed']++
          return rules.match(eventOf([{conditions, value}])).length > 0 !== expected
        })

        expect(wrong).toEqual([])
      }),
      {numRuns: runs(200, 2000)},
    )

    expect(Math.min(...Object.values(seen))).toBeGreaterThan(runs(100, 1000))
  })

  it('matches an event that was made for it, and no longer when one of its fields is changed against a condition', () => {
    const met = fields.filter(({conditions, value}) =>
      conditions.every((condition) => condition.holds(value)),
    )
    const rows = fc.array(met, {minLength: 1, maxLength: paths.length})
    const seen = {matched: 0, broken: 0}
    fc.assert(
      fc.property(rows, fc.nat(), fc.array(scalars, {minLength: 20, maxLength: 20}), (row, pick, others) => {
        const pattern = built(row)
        if (pattern === undefined) return
        seen.matched++
        expect(matches(pattern, row)).toBe(true)

        const index = pick % row.length
        const field = row[index] as Field
        const other = others.find((value) => field.conditions.some((condition) => !condition.holds(value)))
        if (other === undefined) return
        seen.broken++
        expect(matches(pattern, row.with(index, {...field, value: other}))).toBe(false)
      }),
      {numRuns: runs(100, 1000)},
    )

    expect(Math.min(...Object.values(seen))).toBeGreaterThan(runs(20, 200))
  })

  it('never refuses two conditions as contradictory that a value satisfies', () => {
    fc.assert(
      fc.property(fc.tuple(meanings, meanings), scalars, (conditions, value) => {
        fc.pre(conditions.every((condition) => condition.holds(value)))
        const where = conditions.map(({words}) => parseWhere(`detail.a ${words}`))
        expect(messageOf(() => buildPattern({where}))).not.toContain('No value of')
      }),
      {numRuns: runs(100, 1000)},
    )
  })

  it('keeps an exact number exact', () => {
    const digits = fc.bigInt({min: 10n ** 16n, max: 10n ** 30n})
    fc.assert(
      fc.property(digits, (number) => {
        const {pattern} = buildPattern({where: [parseWhere(`detail.a=${number}`)]})
        const rules = RuleSet.compile([{key: 'it', pattern: parsePattern(stringifyExact(pattern))}])

        expect(rules.match(`{"detail":{"a":${number}}}`)).toEqual(['it'])
        expect(rules.match(`{"detail":{"a":${number + 1n}}}`)).toEqual([])
      }),
    )
  })
})
