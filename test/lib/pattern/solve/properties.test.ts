import fc, {runs} from '../../../_helpers/properties'
import {parsePattern} from '../../../../src/lib/pattern/parse-pattern'
import type {Pattern, Test} from '../../../../src/lib/pattern/pattern'
import {RuleSet} from '../../../../src/lib/pattern/rule-set'
import {envelopeShape} from '../../../../src/lib/pattern/solve/event-shape'
import {findEvent} from '../../../../src/lib/pattern/solve/find-event'
import type {Found} from '../../../../src/lib/pattern/solve/find-event'
import {GlobMachine} from '../../../../src/lib/pattern/solve/glob-machine'
import {idleParts} from '../../../../src/lib/pattern/solve/idle-parts'
import {textLeaf} from '../../../../src/lib/pattern/solve/leaves'
import {textRule} from '../../../../src/lib/pattern/solve/text-rule'
import {leafTest} from '../../../../src/lib/pattern/values/leaf-test'
import {tryParse} from '../../../_helpers/pattern'

const envelope = {
  version: '0',
  id: '0195a3f2-6c1e-7a40-9d1b-3f0c5e8a7b21',
  'detail-type': 'api-usage-event',
  source: 'ab',
  account: '123456789012',
  time: '2026-11-03T09:15:27Z',
  region: 'eu-central-1',
  resources: [] as string[],
}

/** Short texts over few letters, so that conditions meet about as often as they do not. */
const texts = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.constantFrom('a', 'b'), {maxLength: 3}).map((letters) => letters.join('')),
  },
  fc.constantFrom(
    'A',
    'aB',
    'a"',
    '"a',
    'ß',
    'SS',
    'é',
    'É',
    '*',
    '10.0.0.1',
    '10.1.2.3',
    '010.0.0.1',
    '::1',
    '0:0::1',
  ),
)
const numbers = fc.constantFrom('0', '1', '1.0', '1.5', '2', '5', '-1', '10', '12345678901234567891', '16')
const scalars = fc.oneof(
  {weight: 3, arbitrary: texts.map((text) => JSON.stringify(text))},
  {weight: 2, arbitrary: numbers},
  fc.constantFrom('true', 'false', 'null'),
)

const wildcards = fc
  .array(fc.constantFrom('a', 'b', '*', '\\*'), {minLength: 1, maxLength: 4})
  .map((pieces) => pieces.join('').replace(/\*\*+/g, '*'))
const affixes = texts.filter((text) => text !== '')
const quoted = (arbitrary: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  arbitrary.map((text) => JSON.stringify(text))
const listOf = (arbitrary: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.array(arbitrary, {minLength: 1, maxLength: 3}).map((items) => `[${items.join()}]`)

const operators = fc
  .oneof(
    fc.tuple(fc.constantFrom('prefix', 'suffix', 'equals-ignore-case', 'exactly'), quoted(texts)),
    fc.tuple(fc.constant('wildcard'), quoted(wildcards)),
    fc.tuple(
      fc.constantFrom('prefix', 'suffix'),
      quoted(texts).map((text) => `{"equals-ignore-case":${text}}`),
    ),
    fc.tuple(fc.constant('exists'), fc.constantFrom('true', 'false')),
    fc.tuple(
      fc.constant('numeric'),
      fc.tuple(fc.constantFrom('<', '<=', '=', '>', '>='), numbers).map(([op, n]) => `["${op}",${n}]`),
    ),
    fc.tuple(
      fc.constant('cidr'),
      fc.constantFrom('"10.0.0.0/8"', '"10.1.0.0/16"', '"16.0.0.0/4"', '"::/0"', '"::/96"', '"0.0.0.0/0"'),
    ),
    fc.tuple(
      fc.constant('anything-but'),
      fc.oneof(quoted(texts), numbers, listOf(quoted(texts)), listOf(numbers)),
    ),
    fc.tuple(
      fc.constant('anything-but'),
      fc
        .tuple(fc.constantFrom('prefix', 'suffix', 'equals-ignore-case'), listOf(quoted(affixes)))
        .map(([op, text]) => `{"${op}":${text}}`),
    ),
    fc.tuple(
      fc.constant('anything-but'),
      quoted(wildcards).map((text) => `{"wildcard":${text}}`),
    ),
  )
  .map(([name, operand]) => `{"${name}":${operand}}`)

const conditions = fc
  .array(fc.oneof(scalars, operators), {minLength: 1, maxLength: 3})
  .map((items) => `[${items.join()}]`)

const objects = (names: string[], values: fc.Arbitrary<string>, minLength: number): fc.Arbitrary<string> =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...names), values), {
      minLength,
      maxLength: 3,
      selector: ([name]) => name,
    })
    .map((members) => `{${members.map(([name, value]) => `"${name}":${value}`).join()}}`)

const details = objects(['a', 'b', 'a.b', 'b.a', 'a.b.c'], conditions, 1)
const plainPatterns = fc
  .tuple(
    details,
    fc.option(fc.tuple(fc.constantFrom('source', 'account', 'resources', 'Source'), conditions)),
  )
  .map(([detail, more]) => `{"detail":${detail}${more === null ? '' : `,"${more[0]}":${more[1]}`}}`)
const patternTexts = fc.oneof(
  plainPatterns,
  fc.array(plainPatterns, {minLength: 2, maxLength: 3}).map((list) => `{"$or":[${list.join()}]}`),
)

const patterns = patternTexts.map(tryParse).filter((pattern) => pattern !== undefined)
const pairs = fc.tuple(patterns, patterns)

/** Patterns on few fields, so that two of them often ask for the same. */
const closePatterns = objects(['a', 'b.a'], conditions, 1)
  .map((detail) => tryParse(`{"detail":${detail}}`))
  .filter((pattern) => pattern !== undefined)

function matchesAll(list: readonly Pattern[], eventText: string): boolean {
  return RuleSet.compile(list.map((pattern, key) => ({key, pattern}))).match(eventText).length === list.length
}

/** Events that match all patterns although it was found that none does. */
function matched(list: readonly Pattern[], events: readonly string[], {kind}: Found): string[] {
  if (kind !== 'none') return []
  const rules = RuleSet.compile(list.map((pattern, key) => ({key, pattern})))
  return events.filter((event) => rules.match(event).length === list.length)
}

const withDetail = (detail: string, more: object = {}): string => {
  return `${JSON.stringify({...envelope, ...more}).slice(0, -1)},"detail":${detail}}`
}

/** Events whose detail has lists and objects in any order. */
const wildEvents = fc
  .letrec<{value: string}>((tie) => ({
    value: fc.oneof(
      {maxDepth: 3},
      scalars,
      fc.array(tie('value'), {maxLength: 3}).map((items) => `[${items.join()}]`),
      objects(['a', 'b', 'c', 'a.b'], tie('value'), 0),
    ),
  }))
  .value.chain((value) =>
    fc
      .tuple(
        objects(['a', 'b', 'a.b'], fc.oneof(scalars, fc.constant(value)), 0),
        fc.array(texts, {maxLength: 2}),
      )
      .map(([detail, resources]) => withDetail(detail, {resources})),
  )

/** Events whose fields are scalars or objects of these. */
const plainEvents = fc
  .tuple(
    objects(['a', 'b'], fc.oneof(scalars, objects(['a', 'b', 'c'], scalars, 0)), 0),
    texts.filter((text) => text !== ''),
  )
  .map(([detail, source]) => withDetail(detail, {source}))

const letters = ['a', 'b', 'A', '"', 'S', 'ß', '*']
const upTo = (length: number): string[] =>
  length === 0 ? [''] : ['', ...letters.flatMap((letter) => upTo(length - 1).map((rest) => letter + rest))]
const values = [
  ...new Set(upTo(3).map((text) => JSON.stringify(text))),
  ...[
    'é',
    'É',
    'SS',
    '10.0.0.1',
    '10.1.2.3',
    '010.0.0.1',
    '11.0.0.1',
    '17.2.3.4',
    '::1',
    '0:0::1',
    '2001:db8::',
    '::ffff:a00:1',
  ].map((text) => JSON.stringify(text)),
  ...[
    '0',
    '1',
    '1.5',
    '1.2',
    '2',
    '3',
    '5',
    '7',
    '-1',
    '-2',
    '10',
    '16',
    '17',
    '1e1',
    '12345678901234567891',
    '0.1',
  ],
  ...['true', 'false', 'null'],
]
const scalarEvents = ['{}', ...values.map((value) => `{"a":${value}}`)].map((detail) => withDetail(detail))

const some = {numRuns: runs(60, 500)}

describe('findEvent, whatever the patterns', () => {
  it('answers only events that every pattern matches', () => {
    fc.assert(
      fc.property(fc.oneof(pairs, fc.tuple(patterns)), (list) => {
        const found = findEvent(list, envelopeShape)

        expect(found.kind !== 'event' || matchesAll(list, found.eventText)).toBe(true)
      }),
      some,
    )
  })

  it('says that no event matches a pattern only where none of many does, lists or not', () => {
    fc.assert(
      fc.property(patterns, fc.array(wildEvents, {minLength: 20, maxLength: 20}), (pattern, events) => {
        expect(matched([pattern], events, findEvent([pattern], envelopeShape))).toEqual([])
      }),
      {numRuns: runs(100, 1000)},
    )
  })

  it('says that no event matches two patterns only where none of many plain ones does', () => {
    const close = fc.tuple(closePatterns, closePatterns)

    fc.assert(
      fc.property(close, fc.array(plainEvents, {minLength: 30, maxLength: 30}), (list, events) => {
        expect(matched(list, events, findEvent(list, envelopeShape))).toEqual([])
      }),
      {numRuns: runs(100, 1000)},
    )
  })

  it('is right about two conditions of one field for every value of a long list', () => {
    fc.assert(
      fc.property(conditions, conditions, (one, other) => {
        const list = [one, other].map((condition) => tryParse(`{"detail":{"a":${condition}}}`))
        const [first, second] = list
        fc.pre(first !== undefined && second !== undefined)
        const rules = RuleSet.compile([first, second].map((pattern, key) => ({key, pattern})))
        const met = scalarEvents.find((event) => rules.match(event).length === 2)
        const {kind} = findEvent([first, second], envelopeShape)

        expect(met === undefined || kind !== 'none').toBe(true)
      }),
      some,
    )
  })

  it('decides nearly all pairs of conditions', () => {
    const undecided = fc
      .sample(fc.tuple(conditions, conditions), {numRuns: runs(300, 1000), seed: 7})
      .map((pair) => pair.map((condition) => tryParse(`{"detail":{"a":${condition}}}`)))
      .filter((pair) => pair.every((pattern) => pattern !== undefined))
      .filter((pair) => findEvent(pair as Pattern[], envelopeShape).kind === 'unknown')

    expect(undecided.length).toBeLessThan(runs(9, 30))
  })
})

/** A condition that a scalar satisfies. */
function satisfiedBy(json: string): fc.Arbitrary<string> {
  const value = JSON.parse(json) as unknown
  if (typeof value === 'string') {
    const cut = fc.nat(value.length)
    return fc.oneof(
      fc.constant(json),
      cut.map((at) => JSON.stringify({prefix: value.slice(0, at)})),
      cut.map((at) => JSON.stringify({suffix: value.slice(at)})),
      cut.map((at) => JSON.stringify({wildcard: `${value.slice(0, at).replaceAll('*', '\\*')}*`})),
      fc.constant(JSON.stringify({'equals-ignore-case': value})),
      fc.constant(JSON.stringify({'anything-but': {prefix: `${value}x`}})),
    )
  }
  if (typeof value !== 'number') return fc.constantFrom(json, '{"exists":true}', '{"anything-but":"a"}')
  const bounds = ['{"numeric":[">=",-100]}', '{"numeric":["<",1000]}'].filter(() => Math.abs(value) < 100)
  return fc.constantFrom(json, '{"exists":true}', '{"anything-but":["a"]}', ...bounds)
}

/** An event and a pattern that was made from it, with other alternatives and a branch beside. */
const built = fc
  .array(scalars, {minLength: 1, maxLength: 3})
  .chain((fields) => {
    const detail = `{${fields.map((json, index) => `"f${index}":${json}`).join()}}`
    const makePattern = fc
      .tuple(fc.tuple(...fields.map(satisfiedBy)), scalars, fc.boolean())
      .map(([own, other, isBranched]) => {
        const members = own.map((condition, index) => `"f${index}":[${other},${condition}]`).join()
        const pattern = `{"detail":{${members},"none":[{"exists":false}]}}`
        return isBranched ? `{"$or":[{"Source":["x"]},${pattern}]}` : pattern
      })
    return fc.tuple(fc.constant(withDetail(detail)), makePattern, makePattern)
  })
  .map(([event, ...made]) => ({event, list: made.map(tryParse).filter((pattern) => pattern !== undefined)}))

describe('findEvent for patterns that are made from an event', () => {
  it('never answers that there is none', () => {
    fc.assert(
      fc.property(built, ({event, list}) => {
        expect(matchesAll(list, event)).toBe(true)
        expect(findEvent(list, envelopeShape).kind).toBe('event')
      }),
      some,
    )
  })
})

describe('idleParts, whatever the pattern', () => {
  it('says always true only of conditions that every value satisfies', () => {
    fc.assert(
      fc.property(conditions, (condition) => {
        const pattern = tryParse(`{"detail":{"a":${condition}}}`)
        fc.pre(pattern !== undefined)
        const parts = idleParts(pattern, envelopeShape)
        if (parts.every(({kind}) => kind !== 'always-true')) return
        const rules = RuleSet.compile([{key: 0, pattern}])

        expect(scalarEvents.slice(1).filter((event) => rules.match(event).length === 0)).toEqual([])
      }),
      some,
    )
  })

  it('says covered only of alternatives without which the condition matches the same', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(scalars, operators), {minLength: 2, maxLength: 3}), (alternatives) => {
        const pattern = tryParse(`{"detail":{"a":[${alternatives.join()}]}}`)
        fc.pre(pattern !== undefined)
        const [covered] = idleParts(pattern, envelopeShape).filter(({kind}) => kind === 'covered')
        if (covered === undefined) return
        const rest = [...alternatives]
        rest.splice(alternatives.lastIndexOf(covered.text), 1)
        const without = parsePattern(`{"detail":{"a":[${rest.join()}]}}`)
        const rules = RuleSet.compile([pattern, without].map((each, key) => ({key, pattern: each})))

        expect(scalarEvents.filter((event) => rules.match(event).length === 1)).toEqual([])
      }),
      some,
    )
  })
})

describe('the globs of a test', () => {
  it('read just the texts that the test matches', () => {
    const tests = operators
      .map((operator) => tryParse(`{"a":[${operator}]}`)?.branches[0]?.get('a')?.alternatives[0])
      .filter((test): test is Test => test !== undefined)
      .filter((test) => textRule(test).kind === 'globs')

    fc.assert(
      fc.property(tests, fc.oneof(texts, fc.constantFrom(...upTo(3))), (test, text) => {
        const rule = textRule(test)
        const reads = rule.kind === 'globs' && new GlobMachine(rule.globs).matches(text) !== rule.negated

        expect(reads).toBe(leafTest(test)(textLeaf(text)))
      }),
      {numRuns: runs(300, 3000)},
    )
  })
})
