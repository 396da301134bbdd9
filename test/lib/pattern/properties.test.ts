import fc, {runs} from '../../_helpers/properties'
import {parsePattern} from '../../../src/lib/pattern/parse-pattern'
import type {Pattern} from '../../../src/lib/pattern/pattern'
import {RuleSet} from '../../../src/lib/pattern/rule-set'
import {tryParse} from '../../_helpers/pattern'

const names = fc.constantFrom('a', 'b', 'c', 'a.b', 'detail', '__proto__', 'constructor')
const texts = fc.constantFrom(
  '',
  'a',
  'ab',
  'abc',
  'B',
  'ß',
  'SS',
  '10.0.0.1',
  '::1',
  '*',
  '"',
  'é',
  '😀',
  'a"',
)
const numbers = fc.constantFrom('0', '-0', '1', '1.0', '1e0', '5', '12345678901234567891', '1e400', '0.1')
const scalars = fc.oneof(
  texts.map((text) => JSON.stringify(text)),
  numbers,
  fc.constantFrom('true', 'false', 'null'),
)

const list = (item: fc.Arbitrary<string>, minLength = 0): fc.Arbitrary<string> =>
  fc.array(item, {minLength, maxLength: 3}).map((items) => `[${items.join()}]`)

const strings = texts.map((text) => JSON.stringify(text))
const operators = fc
  .oneof(
    fc.tuple(fc.constantFrom('prefix', 'suffix', 'equals-ignore-case', 'wildcard', 'exactly'), strings),
    fc.tuple(
      fc.constantFrom('prefix', 'suffix'),
      strings.map((text) => `{"equals-ignore-case":${text}}`),
    ),
    fc.tuple(fc.constant('exists'), fc.constantFrom('true', 'false')),
    fc.tuple(
      fc.constant('numeric'),
      fc.tuple(fc.constantFrom('<', '<=', '=', '>', '>='), numbers).map(([op, n]) => `["${op}",${n}]`),
    ),
    fc.tuple(fc.constant('cidr'), fc.constantFrom('"10.0.0.0/8"', '"::/0"', '"0.0.0.0/0"')),
    fc.tuple(fc.constant('anything-but'), fc.oneof(strings, numbers, list(strings, 1), list(numbers, 1))),
    fc.tuple(
      fc.constant('anything-but'),
      fc
        .tuple(fc.constantFrom('prefix', 'suffix', 'wildcard', 'equals-ignore-case'), strings)
        .map(([op, text]) => `{"${op}":${text}}`),
    ),
  )
  .map(([name, operand]) => `{"${name}":${operand}}`)

const alternatives = list(fc.oneof(scalars, operators), 1)
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

const eventTexts = object(
  fc.letrec<{value: string}>((tie) => ({
    value: fc.oneof({maxDepth: 4}, scalars, list(tie('value')), object(tie('value'), 0)),
  })).value,
  0,
)

function matchesOrRefuses(pattern: Pattern, event: string): string {
  try {
    return String(RuleSet.compile([{key: 0, pattern}]).match(event).length)
  } catch (error) {
    return String((error as {code?: unknown}).code)
  }
}

/** A text with a piece cut out, or another put in. */
const damaged = (valid: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      valid,
      fc.nat(),
      fc.nat(3),
      fc.constantFrom('', '{', '}', '[', ']', '"', ',', ':', '\\', '1', '-', 'null', '\u0000', '\n'),
    )
    .map(([text, at, cut, put]) => {
      const index = at % (text.length + 1)
      return text.slice(0, index) + put + text.slice(index + cut)
    })

describe('event patterns, whatever they are', () => {
  it('are read or refused with a PatternError', () => {
    fc.assert(
      fc.property(fc.oneof(damaged(patternTexts), fc.string(), fc.json()), (text) => {
        const pattern = tryParse(text)

        return pattern === undefined || pattern.branches.length > 0
      }),
      {numRuns: runs(200, 2000)},
    )
  })

  it('match, do not match, or refuse any event text, just as JSON.parse takes or refuses it', () => {
    const pattern = parsePattern('{"a":[{"anything-but":"x"}],"b":{"c":[{"exists":false}]}}')

    fc.assert(
      fc.property(fc.oneof(damaged(eventTexts), fc.string(), fc.json()), (text) => {
        let isObject: boolean
        try {
          const value: unknown = JSON.parse(text)
          isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
        } catch {
          isObject = false
        }

        expect(matchesOrRefuses(pattern, text) !== 'BAD_EVENT').toBe(isObject)
      }),
      {numRuns: runs(300, 3000)},
    )
  })

  it('match the same alone and among others', () => {
    fc.assert(
      fc.property(fc.array(patternTexts, {maxLength: 12}), eventTexts, (list, event) => {
        const patterns = list.map(tryParse).filter((pattern) => pattern !== undefined)
        const rules = RuleSet.compile(patterns.map((pattern, key) => ({key, pattern})))
        const alone = patterns.flatMap((pattern, key) =>
          matchesOrRefuses(pattern, event) === '1' ? [key] : [],
        )

        expect(rules.match(event)).toEqual(alone)
      }),
      {numRuns: runs(150, 1500)},
    )
  })

  it('match the same from text and already parsed, when no key stands twice', () => {
    const unique = eventTexts.filter((text) => {
      const canonical = (value: string): number => value.replace(/[^:]/g, '').length
      return canonical(JSON.stringify(JSON.parse(text))) === canonical(text)
    })

    fc.assert(
      fc.property(patternTexts, unique, (patternText, event) => {
        const pattern = tryParse(patternText)
        fc.pre(pattern !== undefined)
        const rules = RuleSet.compile([{key: 0, pattern}])

        expect(rules.matchParsed(JSON.parse(event), event)).toEqual(rules.match(event))
      }),
      {numRuns: runs(150, 1500)},
    )
  })

  it('match the same with their fields in another order', () => {
    fc.assert(
      fc.property(alternatives, alternatives, eventTexts, (one, other, event) => {
        const [pattern, turned] = [`{"a":${one},"b":${other}}`, `{"b":${other},"a":${one}}`].map(tryParse)
        fc.pre(pattern !== undefined && turned !== undefined)

        expect(matchesOrRefuses(pattern, event)).toBe(matchesOrRefuses(turned, event))
      }),
      {numRuns: runs(100, 1000)},
    )
  })
})
