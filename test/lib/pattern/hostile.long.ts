import fc from '../../_helpers/properties'
import {OpError} from '../../../src/lib/core/errors'
import {branchCountLimit, fieldCountLimit, parsePattern} from '../../../src/lib/pattern/parse-pattern'
import {RuleSet} from '../../../src/lib/pattern/rule-set'

/**
 * Inputs that are made to take for ever, to need more memory or stack than there is, or to reach what is not theirs. Each must
 * match, not match, or be refused with a code. Where a slow way would take minutes the size of the input is what guards.
 */

function rulesOf(...patterns: readonly (object | string)[]): RuleSet<number> {
  const texts = patterns.map((pattern) => (typeof pattern === 'string' ? pattern : JSON.stringify(pattern)))
  return RuleSet.compile(texts.map((text, key) => ({key, pattern: parsePattern(text)})))
}

/** What comes out: the keys, or the code of the error. Any other error is passed on. */
function outcome<T>(work: () => T): T | string {
  try {
    return work()
  } catch (error) {
    if (error instanceof OpError) return error.code
    throw error
  }
}

/** From text, already parsed with the text at hand, and already parsed without it. */
function outcomes(rules: RuleSet<number>, eventText: string): (number[] | string)[] {
  const parsed: unknown = JSON.parse(eventText)
  return [
    outcome(() => rules.match(eventText)),
    outcome(() => rules.matchParsed(parsed, eventText)),
    outcome(() => rules.matchParsed(parsed)),
  ]
}

function reading(text: string): number | string {
  return outcome(() => parsePattern(text).branches.length)
}

const all = (result: number[] | string): (number[] | string)[] => [result, result, result]
const nested = (open: string, inner: string, close: string, depth: number): string =>
  open.repeat(depth) + inner + close.repeat(depth)
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({length: count}, (_, i) => make(i))

describe('deep nesting', () => {
  it.each([
    ['{"a":', '[1]', '}'],
    ['{"a":[', '1', ']}'],
    ['{"$or":[', '{"a":[1]}', ']}'],
    ['{"a":[{"anything-but":', '1', '}]}'],
  ])('of %s%s%s in a pattern is read or refused', (open, inner, close) => {
    expect(reading(nested(open, inner, close, 1))).toBeDefined()
    expect(reading(nested(open, inner, close, 1_000))).toBe('BAD_PATTERN')
    expect(reading(nested(open, inner, close, 100_000))).toBe('BAD_PATTERN')
  })

  it('of objects in a pattern works up to 999 levels', () => {
    const rules = rulesOf(nested('{"a":', '[1]', '}', 999))

    expect(outcomes(rules, nested('{"a":', '1', '}', 999))).toEqual(all([0]))
    expect(outcomes(rules, nested('{"a":', '1', '}', 998))).toEqual(all([]))
  })

  it('of $or adds up, and what it repeats is kept once', () => {
    const text = nested('{"$or":[', '{"a":[1]}', ',{"b":[2]}]}', 400)

    expect(reading(text)).toBe(2)
    expect(parsePattern(text).lost).toHaveLength(399)
    expect(outcomes(rulesOf(text), '{"b":2}')).toEqual(all([0]))
  })

  it('of an event works up to 1,000 levels and is refused from there on', () => {
    const rules = rulesOf({a: [1]})
    const arrays = (depth: number): string => `{"a":${nested('[', '1', ']', depth - 1)}}`

    expect(outcomes(rules, arrays(1_000))).toEqual(all([0]))
    expect(outcomes(rules, arrays(1_001))).toEqual(all('BAD_EVENT'))
    expect(outcomes(rules, arrays(100_000))).toEqual(all('BAD_EVENT'))
  })

  it('of an event where no rule looks is no more than skipped', () => {
    const event = `{"b":1,"a":${nested('{"a":', '1', '}', 100_000)}}`
    const [fromText, ...parsed] = outcomes(rulesOf({b: [1]}), event)

    expect(fromText).toBe('BAD_EVENT')
    expect(parsed).toEqual([[0], [0]])
  })

  it('of arrays of objects, many fields in the innermost, needs no stack', () => {
    const fields = times(200, (index) => `f${index}`)
    const rules = rulesOf({a: Object.fromEntries(fields.map((name) => [name, [1]]))})
    const inner = JSON.stringify(Object.fromEntries(fields.map((name) => [name, 1])))

    expect(outcomes(rules, `{"a":${nested('[', inner, ']', 900)}}`)).toEqual(all([0]))
  })
})

describe('huge numbers', () => {
  it('are compared by their text where no double holds them', () => {
    const digits = '7'.repeat(10_000)

    expect(rulesOf(`{"a":[${digits}]}`).match(`{"a":${digits}}`)).toEqual([0])
    expect(rulesOf(`{"a":[${digits}]}`).match(`{"a":${digits}7}`)).toEqual([])
    expect(rulesOf('{"a":[1e999999999]}').match('{"a":1e999999999}')).toEqual([0])
    expect(rulesOf('{"a":[1e-999999999]}').match('{"a":0}')).toEqual([])
  })

  it('lie in no range', () => {
    const rules = rulesOf({a: [{numeric: ['>', 0]}]}, {a: [{numeric: ['<', 1]}]})

    expect(rules.match('{"a":1e999999999}')).toEqual([])
    expect(rules.match(`{"a":1e${'9'.repeat(100_000)}}`)).toEqual([])
    expect(rules.match('{"a":1e-999999999}')).toEqual([])
  })

  it.each(['{"numeric":[">",1e999999999]}', '{"numeric":["=",1e-999999999]}', '{"anything-but":1e400}'])(
    'are refused as an operand: %s',
    (operand) => {
      expect(reading(`{"a":[${operand}]}`)).toBe('BAD_PATTERN')
    },
  )

  it('with a million zeros in them are compared', () => {
    const zeros = '0'.repeat(1_000_000)
    const rules = rulesOf({a: [1]}, `{"a":[1.${zeros}1]}`)

    expect(rules.match(`{"a":1.${zeros}1}`)).toEqual([1])
    expect(rules.match(`{"a":1.${zeros}}`)).toEqual([0])
    expect(rules.match(`{"a":0.${zeros}1e1000001}`)).toEqual([0])
    expect(rules.match(`{"a":1${zeros}e-1000000}`)).toEqual([0])
    expect(rules.match(`{"a":1${zeros}}`)).toEqual([])
  })
})

describe('texts that look like addresses', () => {
  const rules = rulesOf({a: [{cidr: '10.0.0.0/8'}]}, {a: ['::1']})

  it.each([
    ['colons', `${':'.repeat(300_000)}g`],
    ['groups', '0:'.repeat(300_000)],
    ['points', '1.'.repeat(300_000)],
    ['digits', `${'f'.repeat(300_000)}:g`],
  ])('but are only many %s match no address', (_, text) => {
    expect(outcomes(rules, JSON.stringify({a: text}))).toEqual(all([]))
    expect(reading(JSON.stringify({a: [text]}))).toBe(1)
    expect(reading(JSON.stringify({a: [{cidr: `${text}/8`}]}))).toBe('BAD_PATTERN')
  })

  it('with many zeros are the address that they spell', () => {
    expect(outcomes(rules, JSON.stringify({a: `::${'0'.repeat(300_000)}1`}))).toEqual(all([1]))
  })

  it.each([`1.1.1.1${'/'.repeat(300_000)}`, `1.1.1.1/${'9'.repeat(300_000)}`])(
    'are refused as ranges',
    (range) => {
      expect(reading(JSON.stringify({a: [{cidr: range}]}))).toBe('BAD_PATTERN')
    },
  )
})

describe('wildcards', () => {
  it.each(['*a*b*c*d*e*f*g', 'a*a*a*a*a*g', '*a*a*b*c*g'])('like %s do not try again', (wildcard) => {
    const rules = rulesOf({a: [{wildcard}]})
    const a = 'a'.repeat(500_000)

    expect(outcomes(rules, `{"a":"${a}"}`)).toEqual(all([]))
    expect(outcomes(rules, `{"a":"${a}bcdef"}`)).toEqual(all([]))
    expect(outcomes(rules, `{"a":"${a}bcdefg"}`)).toEqual(all([0]))
  })

  it('with a long text between stars find it, or not', () => {
    const rules = rulesOf({a: [{wildcard: `x*b${'a'.repeat(1_900)}*z`}]})
    const a = 'a'.repeat(500_000)

    expect(outcomes(rules, `{"a":"x${a}z"}`)).toEqual(all([]))
    expect(outcomes(rules, `{"a":"x${a}b${a}z"}`)).toEqual(all([0]))
  })

  it.each([
    [
      'of 2,000 characters that all differ',
      `*${times(2_000, (i) => String.fromCharCode(0x4e00 + i)).join('')}`,
    ],
    ['of one character again and again', `x*b${'a'.repeat(15_000)}`],
    ['of one character before a star', `${'a'.repeat(15_000)}*`],
  ])('%s are found to be simple', (_, wildcard) => {
    expect(reading(JSON.stringify({a: [{wildcard}]}))).toBe(1)
  })

  it.each([
    ['of 500 stars', times(500, (i) => String.fromCharCode(0x4e00 + i)).join('*')],
    ['of 100,000 characters', `*${'ab'.repeat(50_000)}`],
    ['of a million stars', '*a'.repeat(1_000_000)],
  ])('%s are refused', (_, wildcard) => {
    expect(reading(JSON.stringify({a: [{wildcard}]}))).toBe('BAD_PATTERN')
  })
})

describe('many branches', () => {
  const either = (count: number): object => ({$or: times(count, (index) => ({[`f${index}`]: [1]}))})

  it('match up to the limit and are refused beyond it', () => {
    const rules = rulesOf(either(branchCountLimit))

    expect(outcomes(rules, '{"f999":1}')).toEqual(all([0]))
    expect(outcomes(rules, '{"f1000":1}')).toEqual(all([]))
    expect(reading(JSON.stringify(either(branchCountLimit + 1)))).toBe('BAD_PATTERN')
    expect(reading(JSON.stringify(either(100_000)))).toBe('BAD_PATTERN')
  })

  it('that multiply out to a billion are refused before they are', () => {
    const members = times(9, (index) => `"x${index}":${JSON.stringify(either(10))}`)

    expect(reading(`{${members.join()}}`)).toBe('BAD_PATTERN')
  })

  it('match with many fields beside them', () => {
    const fields = Object.fromEntries(times(200, (index) => [`g${index}`, [1]]))
    const event = Object.fromEntries(times(200, (index) => [`g${index}`, 1]))

    expect(outcomes(rulesOf({...either(1_000), ...fields}), JSON.stringify({...event, f7: 1}))).toEqual(
      all([0]),
    )
  })
})

describe('many fields', () => {
  const event = JSON.stringify(Object.fromEntries(times(10_000, (index) => [`f${index}`, index])))

  it('in a pattern are refused beyond the limit', () => {
    const pattern = (count: number): string =>
      JSON.stringify(Object.fromEntries(times(count, (index) => [`f${index}`, [index]])))

    expect(outcomes(rulesOf(pattern(fieldCountLimit)), event)).toEqual(all([0]))
    expect(reading(pattern(fieldCountLimit + 1))).toBe('BAD_PATTERN')
    expect(reading(pattern(10_000))).toBe('BAD_PATTERN')
  })

  it('in an event are found by as many rules', () => {
    const rules = rulesOf(...times(10_000, (index) => ({[`f${index}`]: [index, 'other']})))

    expect(outcomes(rules, event)).toEqual(all(times(10_000, (index) => index)))
  })

  it('that are all the same are read, and the last one counts', () => {
    const rules = rulesOf(`{${'"a":[1],\n'.repeat(50_000)}"a":[2]}`)

    expect(outcomes(rules, '{"a":2}')).toEqual(all([0]))
    expect(outcomes(rules, '{"a":1}')).toEqual(all([]))
  })

  it('of 100,000 steps are one path', () => {
    const path = 'a.'.repeat(100_000)

    expect(outcomes(rulesOf({[path]: [1]}), JSON.stringify({[path]: 1}))).toEqual(all([0]))
    expect(outcomes(rulesOf({[path]: [1]}), JSON.stringify({[`${path}.`]: 1}))).toEqual(all([]))
  })
})

describe('names that every object has', () => {
  const names = [
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'valueOf',
    'prototype',
    '__defineGetter__',
  ]
  it.each(names)('%s is a field like any other', (name) => {
    const rules = rulesOf(
      `{"${name}":["x"]}`,
      `{"${name}":[{"exists":true}]}`,
      `{"${name}":[{"exists":false}]}`,
      `{"${name}":{"${name}":["x"]}}`,
      `{"a":{"${name}":["x"]}}`,
    )

    expect(outcomes(rules, `{"${name}":"x"}`)).toEqual(all([0, 1]))
    expect(outcomes(rules, '{}')).toEqual(all([2]))
    expect(outcomes(rules, `{"${name}":{"${name}":"x"}}`)).toEqual(all([2, 3]))
    expect(outcomes(rules, `{"a":{"${name}":"x"}}`)).toEqual(all([2, 4]))
    expect(outcomes(rules, '{"a":{}}')).toEqual(all([2]))
  })

  it.each(names)('%s is a value like any other', (name) => {
    const patterns = [
      `{"a":["${name}"]}`,
      `{"a":[{"prefix":"${name}"}]}`,
      `{"a":[{"equals-ignore-case":"${name}"}]}`,
    ]

    expect(outcomes(rulesOf(...patterns), `{"a":"${name}"}`)).toEqual(all([0, 1, 2]))
    expect(outcomes(rulesOf(...patterns), '{"a":"a"}')).toEqual(all([]))
    expect(reading(`{"a":[{"${name}":"x"}]}`)).toBe('BAD_PATTERN')
    expect(reading(`{"a":[{"numeric":["${name}",1]}]}`)).toBe('BAD_PATTERN')
    expect(reading(`{"a":[{"anything-but":{"${name}":"x"}}]}`)).toBe('BAD_PATTERN')
  })

  it('leave what all objects have as it was', () => {
    const before = Object.getOwnPropertyNames(Object.prototype)
    const value = '{"polluted":["x"],"toString":["x"]}'
    const rules = rulesOf(...names.flatMap((name) => [`{"${name}":${value}}`, `{"a":{"${name}":${value}}}`]))
    const event = `{"${names.join('":{"polluted":"x","toString":"x"},"')}":{}}`

    expect(outcomes(rules, event)).toEqual(all([0, 2, 4, 6, 8, 10]))
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before)
    expect({}).not.toHaveProperty('polluted')
  })

  it('are kept apart in a set of many rules', () => {
    const rules = rulesOf(
      ...times(1_000, (index) => `{"${names[index % 7]}":["${names[index % 5]}",${index}]}`),
    )

    expect(outcomes(rules, '{"__proto__":700}')).toEqual(all([700]))
    expect(outcomes(rules, '{"constructor":"toString"}')[0]).toHaveLength(28)
    expect(outcomes(rules, '{"__proto__":{"constructor":1}}')).toEqual(all([]))
  })

  it('are not taken from what somebody has put into all objects', () => {
    const rules = rulesOf({a: ['x']}, {b: {a: ['x']}})
    Object.defineProperty(Object.prototype, 'a', {value: 'x', enumerable: true, configurable: true})
    try {
      expect(outcomes(rules, '{"b":{}}')).toEqual(all([]))
      expect(outcomes(rules, '{"b":{"a":"x"}}')).toEqual(all([1]))
    } finally {
      Reflect.deleteProperty(Object.prototype, 'a')
    }
  })
})

describe('arrays', () => {
  it('of a million values are gone through once', () => {
    const ones = '1,'.repeat(999_999)

    expect(rulesOf({a: [7]}, {a: [1]}, {a: [{'anything-but': [1, 7]}]}).match(`{"a":[${ones}7]}`)).toEqual([
      0, 1,
    ])
  })

  it('of many values are not tried against every rule', () => {
    const rules = rulesOf(...times(2_000, (index) => ({a: ['x'], b: [index, -1]})))
    const event = {a: times(5_000, () => 'x'), b: times(50_000, (index) => index + 1_999)}

    expect(outcomes(rules, JSON.stringify(event))).toEqual(all([1_999]))
  })

  it('of a million objects are matched or refused', () => {
    const rules = rulesOf({a: {b: [1], c: [2]}})
    const event = `{"a":[${'{"b":1},'.repeat(999_999)}{"b":1,"c":3}]}`

    expect(rules.match(event)).toEqual([])
  })

  it('whose elements are all apart are matched or refused', () => {
    const rules = rulesOf({a: {b: [1], c: [2]}})
    const apart = times(40_000, (index) => (index % 2 === 0 ? {b: 1} : {c: 2}))

    expect(outcomes(rules, JSON.stringify({a: apart}))).toEqual(all([]))
    expect(outcomes(rules, JSON.stringify({a: [...apart, {b: 1, c: 2}]}))).toEqual(all([0]))
  })

  it('too entangled to find out are refused', () => {
    const names = times(22, (index) => `f${index}`)
    const pattern = {a: Object.fromEntries([...names.map((name) => [name, {x: [1]}]), ['z', {x: [1]}]])}
    const element = Object.fromEntries(names.map((name) => [name, times(3, () => ({x: 1}))]))
    const elements = [...times(10_000, () => element), {z: {x: 1}}]
    const small = [...elements.slice(0, 3), {z: {x: 1}}]

    expect(outcomes(rulesOf(pattern), JSON.stringify({a: small}))).toEqual(all([]))
    expect(outcome(() => rulesOf(pattern).matchParsed({a: elements}))).toBe('BAD_EVENT')
  })

  it('that a thousand rules entangle are refused after a bounded effort', () => {
    const rules = rulesOf(...times(1_000, (index) => ({a: {b: [1], c: [2, index + 10]}})))
    const event = {a: times(60_000, (index) => (index % 2 === 0 ? {b: 1} : {c: 2}))}

    expect(outcome(() => rules.matchParsed(event))).toBe('BAD_EVENT')
    expect(rules.match('{"a":[{"b":1,"c":2}]}')).toHaveLength(1_000)
  })

  it('of the same key again and again are all looked at', () => {
    const apart = times(20_000, (index) => (index % 2 === 0 ? '"a":[{"b":1}]' : '"a":[{"c":2}]'))

    expect(rulesOf({a: {b: [1], c: [2]}}).match(`{${apart.join()}}`)).toEqual([0])
    expect(rulesOf({a: [7]}, {a: [0]}).match(`{${'"a":0,'.repeat(100_000)}"a":7}`)).toEqual([0, 1])
  })
})

describe('strange texts', () => {
  it.each([
    ['ß', 'SS'],
    ['ŉß', 'ʼNSS'],
    ['İ', 'i̇'],
    ['ﬃ', 'FFI'],
  ])('%s again and again is compared without regard to case', (pattern, text) => {
    const [long, value] = [pattern.repeat(20_000), text.repeat(20_000)]
    const rules = rulesOf(
      {a: [{'equals-ignore-case': long}]},
      {a: [{prefix: {'equals-ignore-case': long}}]},
      {a: [{suffix: {'equals-ignore-case': long}}]},
    )

    expect(outcomes(rules, JSON.stringify({a: value}))).toEqual(all([0, 1, 2]))
    expect(outcomes(rules, JSON.stringify({a: `${value}x`}))).toEqual(all([1]))
    expect(outcomes(rules, JSON.stringify({a: `x${value}`}))).toEqual(all([2]))
  })

  it('that begin alike for 100,000 characters are told apart', () => {
    const rules = rulesOf(...times(20, (index) => ({a: [{prefix: 'a'.repeat(100_000 + index)}]})))

    expect(outcomes(rules, `{"a":"${'a'.repeat(100_004)}"}`)).toEqual(all([0, 1, 2, 3, 4]))
  })

  it('with half a character or a NUL are texts like any other', () => {
    const rules = rulesOf('{"a":["\\ud800"]}', '{"a":["\\u0000"]}', '{"a":[{"wildcard":"\\ud800*"}]}')

    expect(outcomes(rules, '{"a":"\\ud800"}')).toEqual(all([0, 2]))
    expect(outcomes(rules, '{"a":"\ud800"}')).toEqual(all([0, 2]))
    expect(outcomes(rules, '{"a":"\\u0000"}')).toEqual(all([1]))
    expect(outcomes(rules, '{"a":"\\udc00\\ud800"}')).toEqual(all([]))
    expect(outcome(() => rules.match('{"a":"\u0000"}'))).toBe('BAD_EVENT')
    expect(outcome(() => rules.match('{"a":"\\ud800"}\u0000'))).toBe('BAD_EVENT')
    expect(reading('{"a":["\u0000"]}')).toBe('BAD_PATTERN')
  })

  it('of nothing but escapes are read', () => {
    const rules = rulesOf({a: [{prefix: 'AAAA'}]}, {AAAA: [1]})

    expect(outcomes(rules, `{"a":"${'\\u0041'.repeat(200_000)}"}`)).toEqual(all([0]))
    expect(outcomes(rules, '{"\\u0041\\u0041\\u0041\\u0041":1}')).toEqual(all([1]))
  })
})

describe('whatever they are made of', () => {
  const piece = fc.constantFrom(
    ...[
      '',
      'a',
      'a'.repeat(3_000),
      '*',
      'a*',
      '*a*',
      '\\',
      '"',
      ':',
      '.',
      '::',
      '0'.repeat(2_000),
      '10.0.0.1',
      '/8',
    ],
    ...[
      '__proto__',
      'constructor',
      '$or',
      'ß'.repeat(500),
      'İ',
      '\ud800',
      '\udc00',
      '\u0000',
      '\u2028',
      'ſ',
      '1e9',
    ],
  )
  const text = fc.array(piece, {maxLength: 4}).map((pieces) => pieces.join(''))
  const number = fc.oneof(
    fc.constantFrom('0', '-0', '1e999999999', '-1e-999999999', `1.${'0'.repeat(5_000)}1`, '9'.repeat(5_000)),
    fc.double({noNaN: true, noDefaultInfinity: true}).map(String),
    fc.bigInt().map(String),
  )
  const scalar = fc.oneof(
    text.map((value) => JSON.stringify(value)),
    number,
    fc.constantFrom('true', 'false', 'null'),
  )
  const operator = fc.constantFrom(
    ...['prefix', 'suffix', 'equals-ignore-case', 'wildcard', 'numeric', 'cidr', 'exists', 'anything-but'],
    ...['exactly', '__proto__'],
  )
  const members = (value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc
      .array(fc.tuple(text, value), {maxLength: 4})
      .map((pairs) => `{${pairs.map(([name, inner]) => `${JSON.stringify(name)}:${inner}`).join()}}`)
  const {anything, test} = fc.letrec<{anything: string; test: string}>((tie) => ({
    anything: fc.oneof(
      {maxDepth: 5},
      scalar,
      fc.array(tie('anything'), {maxLength: 5}).map((items) => `[${items.join()}]`),
      members(tie('anything')),
    ),
    test: fc.oneof(
      {maxDepth: 4},
      scalar,
      fc.tuple(operator, tie('test')).map(([name, operand]) => `{"${name}":${operand}}`),
      fc.array(tie('test'), {maxLength: 3}).map((items) => `[${items.join()}]`),
      fc.tuple(text, number).map(([name, value]) => `{"numeric":[${JSON.stringify(name)},${value}]}`),
    ),
  }))
  const pattern = members(
    fc.oneof(
      fc.array(test, {minLength: 1, maxLength: 4}).map((items) => `[${items.join()}]`),
      test,
    ),
  )

  it('patterns are read or refused with BAD_PATTERN', () => {
    fc.assert(
      fc.property(fc.oneof(pattern, anything), (written) => {
        const result = reading(written)

        expect(typeof result === 'number' || result === 'BAD_PATTERN').toBe(true)
      }),
      {numRuns: 1_000},
    )
  })

  it('events match, miss or are refused, the same from text and parsed', () => {
    fc.assert(
      fc.property(fc.array(pattern, {maxLength: 8}), members(anything), (patterns, event) => {
        const rules = rulesOf(...patterns.filter((written) => typeof reading(written) === 'number'))
        const [fromText, parsed] = outcomes(rules, event)

        expect(Array.isArray(fromText) || fromText === 'BAD_EVENT').toBe(true)
        expect(Array.isArray(parsed) || parsed === 'BAD_EVENT').toBe(true)
      }),
      {numRuns: 1_000},
    )
  })
})
