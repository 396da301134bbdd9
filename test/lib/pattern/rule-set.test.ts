import {parsePattern} from '../../../src/lib/pattern/parse-pattern'
import {RuleSet} from '../../../src/lib/pattern/rule-set'

function compile(patterns: Record<string, unknown>): RuleSet<string> {
  return RuleSet.compile(
    Object.entries(patterns).map(([key, pattern]) => ({key, pattern: parsePattern(JSON.stringify(pattern))})),
  )
}

/** A rule per number, so many that every index leaves its short form. */
function numbered(count: number, toPattern: (index: number) => unknown): RuleSet<string> {
  return compile(
    Object.fromEntries(Array.from({length: count}, (_, index) => [`r${index}`, toPattern(index)])),
  )
}

const codeOf = (act: () => unknown): unknown => {
  try {
    return act()
  } catch (error) {
    return (error as {code?: unknown}).code
  }
}

describe('RuleSet', () => {
  const usage = compile({
    all: {source: ['my-applications']},
    usage: {source: ['my-applications'], 'detail-type': ['api-usage-event']},
    other: {source: ['other']},
  })

  it('answers the keys of all rules that match, in the order of the rules', () => {
    const event = {source: 'my-applications', 'detail-type': 'api-usage-event', detail: {}}

    expect(usage.match(JSON.stringify(event))).toEqual(['all', 'usage'])
    expect(usage.matchParsed(event)).toEqual(['all', 'usage'])
  })

  it('forgets one event before the next', () => {
    usage.match('{"source":"my-applications","detail-type":"api-usage-event"}')

    expect(usage.match('{"source":"other"}')).toEqual(['other'])
    expect(usage.match('{}')).toEqual([])
  })

  it('answers a rule once that matches by two branches', () => {
    expect(compile({r: {$or: [{a: [1]}, {b: [2]}]}}).match('{"a":1,"b":2}')).toEqual(['r'])
  })

  it('answers nothing when there are no rules', () => {
    expect(RuleSet.compile([]).match('{"a":1}')).toEqual([])
  })

  it('answers a key of any type', () => {
    const key = {name: 'rule'}

    expect(RuleSet.compile([{key, pattern: parsePattern('{"a":[1]}')}]).match('{"a":1}')).toEqual([key])
  })

  it.each([
    ['texts', (i: number) => ({a: [`v${i}`]}), '{"a":"v17"}', ['r17']],
    ['prefixes', (i: number) => ({a: [{prefix: `v${i}`}]}), '{"a":"v17x"}', ['r1', 'r17']],
    ['suffixes', (i: number) => ({a: [{suffix: `${i}v`}]}), '{"a":"x17v"}', ['r7', 'r17']],
    ['texts in any case', (i: number) => ({a: [{'equals-ignore-case': `v${i}ß`}]}), '{"a":"V17SS"}', ['r17']],
    [
      'prefixes in any case',
      (i: number) => ({a: [{prefix: {'equals-ignore-case': `v${i}`}}]}),
      '{"a":"V17x"}',
      ['r1', 'r17'],
    ],
    [
      'suffixes in any case',
      (i: number) => ({a: [{suffix: {'equals-ignore-case': `${i}v`}}]}),
      '{"a":"x17V"}',
      ['r7', 'r17'],
    ],
    ['wildcards', (i: number) => ({a: [{wildcard: `v${i}*x`}]}), '{"a":"v17-x"}', ['r1', 'r17']],
    ['wildcards by their end', (i: number) => ({a: [{wildcard: `*x${i}`}]}), '{"a":"vx17"}', ['r17']],
    ['numbers', (i: number) => ({a: [i]}), '{"a":17.0}', ['r17']],
    ['ranges', (i: number) => ({a: [{numeric: ['>=', i, '<', i + 2]}]}), '{"a":17.5}', ['r16', 'r17']],
    ['open ranges', (i: number) => ({a: [{numeric: ['>', i]}]}), '{"a":2}', ['r0', 'r1']],
    ['addresses', (i: number) => ({a: [`10.0.0.${i}`]}), '{"a":"10.0.0.017"}', ['r17']],
    ['address ranges', (i: number) => ({a: [{cidr: `10.${i}.0.0/16`}]}), '{"a":"10.17.1.1"}', ['r17']],
    ['IPv6 ranges', (i: number) => ({a: [{cidr: `2001:${i}::/32`}]}), '{"a":"2001:17::1"}', ['r17']],
    ['literals', (i: number) => ({a: [i === 17 ? null : true]}), '{"a":null}', ['r17']],
    [
      'exclusions',
      (i: number) => ({a: [{'anything-but': i % 2 ? 'x' : 'y'}], b: [i]}),
      '{"a":"x","b":16}',
      ['r16'],
    ],
  ])('finds the right ones among many %s', (_, toPattern, event, expected) => {
    const rules = numbered(40, toPattern)

    expect(rules.match(event)).toEqual(expected)
    expect(rules.matchParsed(JSON.parse(event), event)).toEqual(expected)
  })

  it('finds one in ten thousand mixed rules', () => {
    const rules = numbered(10_000, (i) => ({
      source: ['s'],
      detail: [{id: [`c-${i}`]}, {ms: [i]}, {ip: [{suffix: `.${i}`}]}][i % 3],
    }))

    expect(rules.match('{"source":"s","detail":{"id":"c-9000","ms":1,"ip":"x.2"}}')).toEqual([
      'r1',
      'r2',
      'r9000',
    ])
  })

  it('does not take what objects inherit for fields of the event', () => {
    const rules = compile({r: {constructor: [{exists: true}], valueOf: [{exists: false}]}})

    expect(rules.matchParsed({a: 1})).toEqual([])
    expect(rules.matchParsed(JSON.parse('{"constructor":1}'))).toEqual(['r'])
  })

  it('finds dotted keys also where it asks an object for many names', () => {
    const rules = numbered(20, (i) => ({detail: {[`f${i}`]: {x: [i]}}}))

    expect(rules.match('{"detail.f3":{"x":3},"detail":{"f5.x":5}}')).toEqual(['r3', 'r5'])
    expect(rules.matchParsed({'detail.f3': {x: 3}, detail: {'f5.x': 5}})).toEqual(['r3', 'r5'])
  })

  it('consults the text for numbers that JSON.parse cannot keep', () => {
    const rules = compile({r: {a: [{'anything-but': 9007199254740992}]}})
    const text = '{"a":9007199254740993}'

    expect(rules.matchParsed(JSON.parse(text), text)).toEqual(['r'])
    expect(rules.matchParsed(JSON.parse(text))).toEqual([])
  })

  it('takes integers of any size as bigint', () => {
    const rules = RuleSet.compile([{key: 'r', pattern: parsePattern('{"a":[12345678901234567891]}')}])

    expect(rules.matchParsed({a: 12345678901234567891n})).toEqual(['r'])
    expect(rules.matchParsed({a: 12345678901234567890n})).toEqual([])
  })

  it.each([
    ['an array', '[]'],
    ['a string', '"x"'],
    ['nothing', ''],
    ['text behind the object', '{"a":1} x'],
    ['an unclosed object', '{"a":1'],
    ['an unclosed string', '{"a":"x'],
    ['a missing value', '{"a":}'],
    ['a trailing comma', '{"a":1,}'],
    ['a leading zero', '{"b":01}'],
    ['a bare word', '{"b":truth}'],
    ['a control character in a string', '{"b":"\u0001"}'],
    ['an unknown escape', '{"b":"\\x"}'],
    ['half an escape', '{"b":"\\u12"}'],
    ['a number without digits', '{"b":-}'],
    ['an exponent without digits', '{"b":1e}'],
    ['a NUL behind the object', '{}\u0000'],
  ])('refuses %s as an event', (_, text) => {
    const rules = compile({r: {a: [1]}})

    expect(codeOf(() => rules.match(text))).toBe('BAD_EVENT')
  })

  it('refuses what is not an object, already parsed', () => {
    const rules = compile({r: {a: [1]}})

    expect([null, [], 'x', 1].map((event) => codeOf(() => rules.matchParsed(event)))).toEqual(
      Array(4).fill('BAD_EVENT'),
    )
  })

  it('goes on after a refused event', () => {
    const rules = compile({r: {a: [1], b: [{exists: false}]}})
    codeOf(() => rules.match('{"a":1,"b":2,'))

    expect(rules.match('{"a":1}')).toEqual(['r'])
  })

  it.each([
    ['objects', '{"a":', '}'],
    ['arrays', '[', ']'],
  ])('refuses %s that nest too deep instead of running out of stack', (_, open, close) => {
    const rules = compile({r: {a: [1]}})
    const text = `{"a":${open.repeat(100_000)}1${close.repeat(100_000)}}`

    expect(codeOf(() => rules.match(text))).toBe('BAD_EVENT')
    expect(['BAD_EVENT', 0]).toContain(codeOf(() => rules.matchParsed(JSON.parse(text)).length))
  })

  it('matches an event of a megabyte', () => {
    const text = JSON.stringify({a: 'é'.repeat(1 << 20), b: [{c: 1}]})

    expect(compile({r: {b: {c: [1]}}}).match(text)).toEqual(['r'])
    expect(compile({r: {b: {c: [1]}}}).match('{"b":{"c":1}}')).toEqual(['r'])
  })

  it('finds the element that satisfies all fields among thousands that satisfy all but one', () => {
    const items = Array.from({length: 5000}, (_, index) => ({b: 1, c: 1, d: index === 4999 ? 1 : 0}))
    const rules = compile({
      r: {a: {b: [1], c: [1], d: [1]}},
      none: {a: {b: [1], c: [1], d: [1], e: [{exists: true}]}},
    })

    expect(rules.matchParsed({a: items})).toEqual(['r'])
  })

  it('gives up on arrays that are made to take for ever', () => {
    const fields = Array.from({length: 12}, (_, index) => `k${index}`)
    const pick = (n: number): string =>
      `[${[0, 1]
        .map(
          (e) =>
            `{${fields
              .filter((_, i) => (i * 7 + n * 3 + e) % 11 < 2)
              .map((f) => `"${f}":1`)
              .join()}}`,
        )
        .join()}]`
    const text = `{${Array.from({length: 60}, (_, n) => `"a":${pick(n)}`).join()}}`
    const rules = compile({r: {a: {...Object.fromEntries(fields.map((f) => [f, [1]])), z: [1]}}})

    expect(['BAD_EVENT', 0]).toContain(codeOf(() => rules.match(text).length))
  })

  it('does not slow down on wildcards that would make a backtracking matcher hang', () => {
    const rules = compile({r: {a: [{wildcard: 'a*a*a*a*b'}]}})

    expect(rules.matchParsed({a: 'a'.repeat(200_000)})).toEqual([])
  })
})
