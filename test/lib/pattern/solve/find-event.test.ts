import {parsePattern} from '../../../../src/lib/pattern/parse-pattern'
import type {Pattern} from '../../../../src/lib/pattern/pattern'
import {envelopeShape, extendShape} from '../../../../src/lib/pattern/solve/event-shape'
import type {EventShape} from '../../../../src/lib/pattern/solve/event-shape'
import {findEvent} from '../../../../src/lib/pattern/solve/find-event'
import type {Found} from '../../../../src/lib/pattern/solve/find-event'

const read = (value: unknown): Pattern => parsePattern(JSON.stringify(value))

function find(...patterns: unknown[]): Found {
  return findEvent(patterns.map(read), envelopeShape)
}

/** What stands in the event that was found, or why there is none. */
function answer(found: Found): unknown {
  if (found.kind === 'event') return JSON.parse(found.eventText)
  return found.kind === 'none' ? found.conflicts : found.kind
}

/** The same for patterns that look at `detail.a` alone: its value in the event. */
function valueOfA(...conditions: unknown[][]): unknown {
  const found = find(...conditions.map((a) => ({detail: {a}})))
  if (found.kind !== 'event') return found.kind
  return (JSON.parse(found.eventText) as {detail: {a?: unknown}}).detail.a
}

/** Why no event matches one pattern. */
function reasonOf(pattern: unknown, shape: EventShape = envelopeShape): unknown {
  const found = findEvent([read(pattern)], shape)
  return found.kind === 'none' ? found.conflicts.map(({reason}) => reason) : found.kind
}

describe('findEvent for one pattern', () => {
  it('answers a whole event, with what the pattern does not ask for taken from the shape', () => {
    const pattern = {
      source: [{prefix: 'my-'}],
      detail: {size: [{numeric: ['>', 5]}], gone: [{exists: false}]},
    }

    expect(answer(find(pattern))).toEqual({
      version: '0',
      id: '0195a3f2-6c1e-7a40-9d1b-3f0c5e8a7b21',
      'detail-type': 'api-usage-event',
      source: 'my-applications',
      account: '123456789012',
      time: '2026-11-03T09:15:27Z',
      region: 'eu-central-1',
      resources: [],
      detail: {size: 6},
    })
  })

  it('names the fields in the order in which EventBridge sends them', () => {
    const found = find({detail: {a: [1]}, source: ['a']})

    expect(found.kind === 'event' && Object.keys(JSON.parse(found.eventText) as object)).toEqual([
      ...['version', 'id', 'detail-type', 'source', 'account', 'time', 'region', 'resources', 'detail'],
    ])
  })

  it.each([
    [{Source: ['x']}, 'Events have no field Source at the top; they have source.'],
    [{detailType: ['x']}, 'Events have no field detailType at the top; they have detail-type.'],
    [{account: [123456789012]}, 'account is text of 12 digits, which [123456789012] never matches.'],
    [{account: [{prefix: 'a'}]}, 'account is text of 12 digits, which [{"prefix":"a"}] never matches.'],
    [{version: ['1']}, 'version is the text "0", which ["1"] never matches.'],
    [{source: ['']}, 'source is text of at least one character, which [""] never matches.'],
    [
      {region: ['EU-WEST-1']},
      'region is text of lower-case letters, digits and hyphens, which ["EU-WEST-1"] never matches.',
    ],
    [{time: [{exists: false}]}, 'Every event has time.'],
    [{detail: [{exists: true}]}, 'detail is an object, which [{"exists":true}] never matches.'],
    [{source: {name: ['a']}}, 'source is text of at least one character and has no fields.'],
    [{resources: [5]}, 'resources is a list of texts, which [5] never matches.'],
    [
      {detail: {a: [{numeric: ['>', 1, '<', 1.0000000000000002]}]}},
      'No value matches [{"numeric":[">",1,"<",1.0000000000000002]}].',
    ],
  ])('knows that no event matches %j', (pattern, reason) => {
    expect(reasonOf(pattern)).toEqual([reason])
  })

  it('lists the names that there are when none is like the one asked for', () => {
    expect(reasonOf({customer: ['x']})).toEqual([
      'Events have no field customer at the top; they have version, id, detail-type, source, account, time, region, resources, detail, replay-name.',
    ])
  })

  it.each([
    ['2025-02-29', 'none'],
    ['2024-02-29', 'event'],
    ['2000-02-29', 'event'],
    ['1900-02-29', 'none'],
    ['2026-11-31', 'none'],
    ['2026-12-31T23:59:59', 'event'],
    ['2026-12-31T24', 'none'],
    ['2026-11-03T09:15:27.4', 'none'],
  ])('knows which days and times there are: %s', (prefix, kind) => {
    expect(find({time: [{prefix}]}).kind).toBe(kind)
  })

  it('changes no more of a text than it must', () => {
    expect(answer(find({time: [{wildcard: '*-02-29T*'}], account: [{suffix: '77'}]}))).toMatchObject({
      time: '2020-02-29T09:15:27Z',
      account: '123456789077',
    })
  })

  it('gives a field both a value and fields in it by a list', () => {
    expect(answer(find({detail: {a: [1], 'a.b': [2]}}))).toMatchObject({detail: {a: [1, {b: 2}]}})
  })

  it('takes the branch that can be matched', () => {
    expect(answer(find({$or: [{Source: ['x']}, {source: ['y']}]}))).toMatchObject({source: 'y'})
  })

  it('says for each branch why it fails, when all do', () => {
    expect(answer(find({$or: [{source: ['']}, {account: ['x']}]}))).toEqual([
      {path: 'source', reason: 'source is text of at least one character, which [""] never matches.'},
      {path: 'account', reason: 'account is text of 12 digits, which ["x"] never matches.'},
    ])
  })

  it('adds the field of replayed events only where it is asked for', () => {
    expect(answer(find({'replay-name': [{exists: true}]}))).toMatchObject({
      'replay-name': 'replay-of-november',
    })
    expect(answer(find({'replay-name': [{exists: false}]}))).not.toHaveProperty('replay-name')
  })
})

describe('findEvent for several patterns', () => {
  it.each([
    ['prefix and suffix', [[{prefix: 'ab'}], [{suffix: 'bc'}]], 'abc'],
    ['wildcards', [[{wildcard: 'x*y'}], [{wildcard: '*zy*'}]], 'xzy'],
    ['text without regard to case', [[{'equals-ignore-case': 'straße'}], [{prefix: 'STRASS'}]], 'STRASSE'],
    ['an exclusion', [[{prefix: 'a'}], [{'anything-but': ['a', 'b']}], [{wildcard: 'a*'}]], 'ac'],
    [
      'alternatives',
      [
        ['a', 'b', 5],
        [5, 'c'],
      ],
      5,
    ],
    ['numbers between bounds', [[{numeric: ['>', 1, '<', 2]}], [{numeric: ['>', 1.5]}]], 1.75],
    ['one number', [[{numeric: ['<=', 3]}], [{numeric: ['>=', 3]}]], 3],
    [
      'a literal',
      [
        [true, null],
        [null, 1],
      ],
      null,
    ],
    ['address ranges', [[{cidr: '10.0.0.0/8'}], [{cidr: '10.1.0.0/16'}]], '10.1.0.0'],
    ['an address and its text', [[{cidr: '10.0.0.0/8'}], [{suffix: '.77'}]], '10.0.0.77'],
    ['an address spelled otherwise', [['10.0.0.1'], [{prefix: '010.'}]], '010.0.0.1'],
    ['IPv6 ranges', [[{cidr: '2001:db8::/32'}], [{cidr: '2001:db8:1::/48'}]], '2001:db8:1::'],
    [
      'absence',
      [
        [{exists: false}, 'a'],
        [{exists: false}, 'b'],
      ],
      undefined,
    ],
  ])('meets %s', (_name, conditions, value) => {
    expect(valueOfA(...conditions)).toEqual(value)
  })

  it.each([
    ['other texts', [['a'], ['b']]],
    ['a prefix that excludes', [[{prefix: 'ab'}], [{'anything-but': {prefix: 'a'}}, 5], ['abc', true]]],
    ['text and number', [['5'], [5]]],
    ['ranges that only touch', [[{numeric: ['<', 3]}], [{numeric: ['>=', 3]}]]],
    ['ranges of addresses', [[{cidr: '10.0.0.0/8'}], [{cidr: '192.168.0.0/16'}]]],
    ['an address and other text', [[{cidr: '10.0.0.0/8'}], [{prefix: '192.'}, 'abc']]],
    ['presence and absence', [[{exists: true}], [{exists: false}]]],
    ['wildcards that never meet', [[{wildcard: 'a*b'}], [{wildcard: '*c'}]]],
  ])('knows that %s never meet', (_name, conditions) => {
    expect(valueOfA(...conditions)).toBe('none')
  })

  it('names the field and both conditions', () => {
    expect(answer(find({source: ['a'], detail: {x: [1]}}, {source: ['b']}))).toEqual([
      {path: 'source', reason: 'No value of source matches both ["a"] and ["b"].'},
    ])
  })

  it('takes a value and a field in it for two events, when two patterns ask for them', () => {
    expect(answer(find({detail: {a: [1]}}, {detail: {a: {b: [2]}}}))).toEqual([
      {path: 'detail.a', reason: 'detail.a would have to hold both a value and the field detail.a.b.'},
    ])
  })

  it('lets every pattern have its own element of a list', () => {
    expect(answer(find({resources: ['a']}, {resources: ['b']}))).toMatchObject({resources: ['a', 'b']})
    expect(find({resources: [{exists: false}]}, {resources: ['b']}).kind).toBe('none')
    expect(answer(find({resources: [{exists: false}]}))).toMatchObject({resources: []})
  })

  it('does not say that a number never lies in an address range, where EventBridge takes it for one', () => {
    expect(valueOfA([{cidr: '16.0.0.0/8'}], [{numeric: ['>', 5]}])).toBe('unknown')
    expect(valueOfA([{cidr: '10.0.0.0/8'}], [{numeric: ['>', 5]}])).toBe('none')
  })
})

describe('findEvent with the contract of a detail', () => {
  const shape = extendShape(envelopeShape, [
    ['detail', {kind: 'object', closed: true, words: 'an object', required: true}],
    ['detail.service', {kind: 'object', closed: false, words: 'an object', required: true}],
    ['detail.service.name', {kind: 'text', words: 'text', required: true, example: '"payments-api"'}],
    [
      'detail.status',
      {
        kind: 'number',
        minimum: 100,
        maximum: 599,
        integer: true,
        words: 'an integer from 100 to 599',
        required: false,
      },
    ],
    ['detail.test', {kind: 'boolean', words: 'true or false', required: false}],
  ])

  it('adds what the contract requires', () => {
    const found = findEvent([read({detail: {status: [{numeric: ['>', 598]}]}})], shape)

    expect(answer(found)).toMatchObject({detail: {service: {name: 'payments-api'}, status: 599}})
  })

  it.each([
    [
      {detail: {status: [{numeric: ['>', 598, '<', 599]}]}},
      'detail.status is an integer from 100 to 599, which [{"numeric":[">",598,"<",599]}] never matches.',
    ],
    [
      {detail: {status: ['200']}},
      'detail.status is an integer from 100 to 599, which ["200"] never matches.',
    ],
    [{detail: {test: ['true']}}, 'detail.test is true or false, which ["true"] never matches.'],
    [{detail: {service: ['a']}}, 'detail.service is an object, which ["a"] never matches.'],
    [{detail: {Status: [200]}}, 'detail has no field Status; it has status.'],
    [{detail: {service: {name: [{exists: false}]}}}, 'Every event has detail.service.name.'],
  ])('knows that no event that keeps to it matches %j', (pattern, reason) => {
    expect(reasonOf(pattern, shape)).toEqual([reason])
  })

  it('leaves objects open that are not closed', () => {
    const found = findEvent([read({detail: {service: {zone: ['a']}}})], shape)

    expect(answer(found)).toMatchObject({detail: {service: {zone: 'a', name: 'payments-api'}}})
  })
})

describe('findEvent on patterns made to be hard', () => {
  const branches = (count: number, name: string): unknown => ({
    $or: Array.from({length: count}, (_, index) => ({detail: {a: [`${name}${index}`], [name]: [index]}})),
  })

  it('gives up on too many combinations of branches', () => {
    expect(find(branches(1000, 'x'), branches(1000, 'y')).kind).toBe('unknown')
  })

  it('sees at once that a field all branches share never goes together', () => {
    const [one, other] = ['a', 'b'].map((source) => ({source: [source], ...(branches(1000, 'x') as object)}))

    expect(find(one, other).kind).toBe('none')
  })

  it('finds the one text that two long lists share', () => {
    const texts = (name: string): string[] => Array.from({length: 1000}, (_, index) => `${name}-${index}`)

    expect(valueOfA([...texts('one'), 'both'], [...texts('other'), 'both'])).toBe('both')
    expect(valueOfA(texts('one'), texts('other'))).toBe('none')
  })

  it('gives up on wildcards that can meet in too many ways', () => {
    const words = [
      'one',
      'two',
      'three',
      'four',
      'five',
      'six',
      'seven',
      'eight',
      'nine',
      'ten',
      'eleven',
      'twelve',
    ]

    expect(valueOfA(...words.map((word) => [{wildcard: `*${word}*`}]))).toBe('unknown')
  })

  it('finds where long wildcards meet', () => {
    const letters = Array.from({length: 500}, (_, index) => String.fromCharCode(0x4e00 + index)).join('')

    expect(valueOfA([{wildcard: `a${letters}*`}], [{wildcard: `*${letters}b`}])).toBe(`a${letters}b`)
    expect(valueOfA([{wildcard: `a${letters}*`}], [{wildcard: `b${letters}*`}])).toBe('none')
  })

  it('gives up on a path that is deeper than events go', () => {
    const path = Array.from({length: 2000}, () => 'a').join('.')

    expect(find({detail: {[path]: [1]}}).kind).toBe('unknown')
  })

  it('takes names that every object has for names like others', () => {
    expect(answer(find({detail: {constructor: [1], toString: {valueOf: [2]}}}))).toMatchObject({
      detail: {constructor: 1, toString: {valueOf: 2}},
    })
  })

  it('reads paths with empty steps', () => {
    expect(answer(find({detail: {'': {'': [1]}}}))).toMatchObject({detail: {'': {'': 1}}})
  })
})
