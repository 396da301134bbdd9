import {explain} from '../../../../src/lib/pattern/explain/explain'
import {parsePattern} from '../../../../src/lib/pattern/parse-pattern'
import {runs} from '../../../_helpers/runs'
import {missOf, waysOf} from './miss-of'

describe('explain', () => {
  it('has nothing to say about an event that matches', () => {
    const pattern = parsePattern('{"detail":{"plan":["gold"]}}')

    expect(explain(pattern, '{"detail":{"plan":"gold"}}')).toEqual({matched: true, ways: []})
  })

  it('tells of a miss what was wanted, what was seen and what would have matched', () => {
    const pattern = parsePattern('{"detail":{"plan":["gold", "silver"]}}')

    expect(explain(pattern, '{"detail":{"plan":"golf"}}')).toEqual({
      matched: false,
      ways: [
        [
          {
            path: 'detail.plan',
            wanted: ['gold', 'silver'],
            seen: 'golf',
            nearest: 'gold',
            why: 'detail.plan is "golf", and the pattern wants "gold" or "silver".',
          },
        ],
      ],
    })
  })

  it('says of a branch of $or that EventBridge has lost it, where it would match, and takes it for no way', () => {
    const pattern = parsePattern('{"$or":[{"a":["x"],"b":[1]},{"a":["x"],"b":[1,2]}]}')
    const {lost, ways} = explain(pattern, '{"a":"x","b":2}')

    expect(lost).toBe(
      'A branch of the pattern matches, but EventBridge takes the branch of $or (line 1, column 44) for an earlier one ' +
        '(line 1, column 24) that names the same fields with an alternative in common in each, and forgets it.',
    )
    expect(ways).toMatchObject([[{path: 'b', wanted: [1], seen: 2, nearest: 1}]])
    expect(explain(pattern, '{"a":"x","b":3}').lost).toBeUndefined()
    expect(explain(pattern, '{"a":"x","b":3}').ways).toMatchObject([[{wanted: [1], nearest: 1}]])
  })

  it('leaves out what there is not', () => {
    expect(missOf({detail: {plan: [{exists: true}]}}, {detail: {}})).toEqual({
      path: 'detail.plan',
      wanted: [{exists: true}],
      why: 'The event has no detail.plan; the pattern wants any value there.',
    })
  })

  it('refuses an event that is not one JSON object, as matching does', () => {
    expect(() => explain(parsePattern('{"a":[1]}'), '[1]')).toThrow(
      expect.objectContaining({code: 'BAD_EVENT'}),
    )
  })
})

describe('the reason for a miss', () => {
  it.each<[string, unknown, unknown, string]>([
    ['another value', ['gold'], 'lead', 'a is "lead", and the pattern wants "gold".'],
    ['text for a number', [500], '500', 'a is the text "500", which is not the number 500.'],
    [
      'text for a number, spelled otherwise',
      [500],
      '5e2',
      'a is the text "5e2", which is not the number 500.',
    ],
    ['a number for text', ['500'], 500, 'a is the number 500, which is not the text "500".'],
    ['text for a word', [true], 'true', 'a is the text "true", which is not the value true.'],
    ['a word for text', ['null'], null, 'a is the value null, which is not the text "null".'],
    ['another case', ['gold'], 'Gold', 'a is "Gold", which differs from "gold" only in case.'],
    [
      'white space at an end',
      ['gold'],
      'gold\n',
      'a is "gold\\n", which differs from "gold" only by white space at the ends.',
    ],
    [
      'both of these',
      ['gold'],
      ' GOLD',
      'a is " GOLD", which differs from "gold" only in case and by white space at the ends.',
    ],
    [
      'a character composed otherwise',
      ['caf\u00e9'],
      'cafe\u0301',
      'a is "cafe\u0301", which differs from "caf\u00e9" only in how its characters are encoded.',
    ],
    [
      'a character that is not seen',
      ['gold'],
      'go\u200bld',
      'a is "go\\u200bld", which differs from "gold" only by characters that cannot be seen.',
    ],
    ['null', ['gold'], null, 'a is null, and the pattern wants "gold".'],
    [
      'an object',
      ['c-1'],
      {name: {first: 'A'}, id: 'c-1'},
      'a is an object, which counts as absent; patterns compare the values inside it, for example a.id.',
    ],
    [
      'an object, looked for by exists',
      [{exists: true}],
      {id: [{no: 1}]},
      'a is an object, which counts as absent; patterns compare the values inside it, for example a.id.no.',
    ],
    [
      'objects in an array',
      ['x'],
      [{}, {b: 1}],
      'The values of a are objects, which count as absent; patterns compare the values inside it, for example a.b.',
    ],
    [
      'an object of nothing',
      ['x'],
      {b: {}},
      'a is an object, which counts as absent; the pattern wants "x".',
    ],
    ['an empty object', ['x'], {}, 'a is an empty object, which counts as absent; the pattern wants "x".'],
    ['an empty array', ['x'], [[]], 'a is an empty array, which counts as absent; the pattern wants "x".'],
    [
      'one value in an array',
      ['x'],
      ['X'],
      'The only value of a is "X", which differs from "x" only in case.',
    ],
    [
      'an array whose elements all fail',
      ['x', 'y'],
      ['q', 'Y', 7],
      'a has 3 values and none matches; the nearest is "Y", which differs from "y" only in case; the pattern wants "y" or "x".',
    ],
    [
      'exclusion',
      [{'anything-but': ['x', 'y']}],
      'x',
      'a is "x", and the pattern wants anything but "x" or "y".',
    ],
    [
      'exclusion of numbers',
      [{'anything-but': [1, 2]}],
      1,
      'a is 1, and the pattern wants anything but 1 or 2.',
    ],
    [
      'exclusion of every element',
      [{'anything-but': {suffix: '.png'}}],
      ['a.png', 'b.png'],
      'a has 2 values and none matches; the first is "a.png", and the pattern wants anything but a text that ends with ".png".',
    ],
    [
      'exclusion in any case',
      [{'anything-but': {'equals-ignore-case': 'x'}}],
      'X',
      'a is "X", and the pattern wants anything but "x" in any case.',
    ],
    [
      'exclusion by wildcard',
      [{'anything-but': {wildcard: '*x'}}],
      'x',
      'a is "x", and the pattern wants anything but a text like "*x".',
    ],
    [
      'presence',
      [{exists: false}],
      'x',
      'a is there, with the value "x", and the pattern wants it to be absent.',
    ],
    [
      'presence of several',
      [{exists: false}],
      [1, 2],
      'a is there, with 2 values, and the pattern wants it to be absent.',
    ],
    [
      'a number outside of the range',
      [{numeric: ['>', 10, '<=', 20]}],
      5,
      'a is 5, which is outside of the range; the pattern wants a number greater than 10 and at most 20.',
    ],
    [
      'a number below',
      [{numeric: ['>=', 10]}],
      5,
      'a is 5, which is outside of the range; the pattern wants a number of at least 10.',
    ],
    [
      'a number above',
      [{numeric: ['<=', 10]}],
      15,
      'a is 15, which is outside of the range; the pattern wants a number of at most 10.',
    ],
    [
      'a number too high by nothing',
      [{numeric: ['<', 10]}],
      10,
      'a is 10, which is outside of the range; the pattern wants a number less than 10.',
    ],
    ['another number', [{numeric: ['=', 10]}], 5, 'a is 5, and the pattern wants the number 10.'],
    [
      'text in the range',
      [{numeric: ['>', 10]}],
      '15',
      'a is the text "15", which is not the number 15; the pattern wants a number greater than 10.',
    ],
    [
      'text where a number is wanted',
      [{numeric: ['>', 10]}],
      'much',
      'a is "much", which is not a number; the pattern wants a number greater than 10.',
    ],
    [
      'an address outside of the range',
      [{cidr: '10.0.0.0/24'}],
      '10.0.1.7',
      'a is "10.0.1.7", which is outside of the range; the pattern wants an address in 10.0.0.0/24.',
    ],
    [
      'no address',
      [{cidr: '10.0.0.0/24'}],
      'host',
      'a is "host", which is not an IP address; the pattern wants an address in 10.0.0.0/24.',
    ],
    [
      'another start',
      [{prefix: '/v1/'}],
      '/v2/calls',
      'a is "/v2/calls", and the pattern wants a text that starts with "/v1/".',
    ],
    [
      'a start in another case',
      [{prefix: '/v1/'}],
      '/V1/calls',
      'a is "/V1/calls", which differs from "/v1/calls" only in case; the pattern wants a text that starts with "/v1/".',
    ],
    [
      'another end, in any case',
      [{suffix: {'equals-ignore-case': '.png'}}],
      'a.gif',
      'a is "a.gif", and the pattern wants a text that ends with ".png" in any case.',
    ],
    [
      'another text, in any case',
      [{'equals-ignore-case': 'gold'}],
      'LEAD',
      'a is "LEAD", and the pattern wants "gold" in any case.',
    ],
    ['another form', [{wildcard: 'a*z'}], 'b', 'a is "b", and the pattern wants a text like "a*z".'],
    [
      'several kinds of alternatives',
      [{prefix: 'x'}, 5, {exists: false}, true],
      'y',
      'a is "y", and the pattern wants a text that starts with "x", 5, no such field or true.',
    ],
  ])('names %s', (_, alternatives, value, why) => {
    expect(missOf({a: alternatives}, {a: value}).why).toBe(why)
  })

  it('names a number that has too many digits to be compared', () => {
    expect(missOf({a: [{numeric: ['>', 0]}]}, '{"a":12345678901234567891}').why).toBe(
      'a is 12345678901234567891, which is not a number that a double holds exactly; the pattern wants a number greater than 0.',
    )
  })

  it('names many alternatives, the nearest first, up to about 80 characters', () => {
    const names = Array.from({length: 30}, (_, index) => `value-${index}`)

    expect(missOf({a: names}, {a: 'value-299'}).why).toBe(
      'a is "value-299", and the pattern wants "value-29", "value-0", "value-1", "value-2", "value-3", "value-4", "value-5" or 23 others.',
    )
  })

  it('cuts long values and escapes control characters', () => {
    const value = `\u0007${'x'.repeat(200)}`

    expect(missOf({a: ['y']}, {a: value}).why).toBe(
      `a is "\\u0007${'x'.repeat(79)}…", and the pattern wants "y".`,
    )
  })
})

describe('the reason for the miss of an absent field', () => {
  it.each<[string, unknown, unknown, string, string | undefined]>([
    [
      'the same name at another place',
      {detail: {status: [500]}},
      {detail: {response: {status: 500}}},
      'The event has no detail.status; the pattern wants 500 there; the event has detail.response.status.',
      'detail.response.status',
    ],
    [
      'the place with the most in common of several',
      {detail: {api: {status: [500]}}},
      {status: 1, detail: {status: 2, api: {v1: {status: 3}}}},
      'The event has no detail.api.status; the pattern wants 500 there; the event has detail.api.v1.status.',
      'detail.api.v1.status',
    ],
    [
      'another spelling of the name',
      {detail: {customerId: ['x']}},
      {detail: {customer_id: 'x'}, customerId: 'x'},
      'The event has no detail.customerId; the pattern wants "x" there; the event has detail.customer_id.',
      'detail.customer_id',
    ],
    [
      'a slip of the pen',
      {detail: {status: ['x']}},
      {detail: {statsu: 'x', items: [{status: 1}]}},
      'The event has no detail.status; the pattern wants "x" there; the event has detail.statsu.',
      'detail.statsu',
    ],
    ['nothing alike', {a: ['x']}, {b: 1}, 'The event has no a; the pattern wants "x" there.', undefined],
    [
      'a text where an object should be',
      {detail: {plan: ['x']}},
      {detail: '{"plan":"x"}'},
      'The event has no detail.plan, because detail is "{\\"plan\\":\\"x\\"}" and not an object; the pattern wants "x" there.',
      undefined,
    ],
    [
      'null',
      {a: [null]},
      {b: 1},
      'The event has no a, and null stands for a field that is there with the value null.',
      undefined,
    ],
    [
      'anything-but',
      {a: [{'anything-but': 'x'}]},
      {b: 1},
      'The event has no a, and anything-but never holds for an absent field.',
      undefined,
    ],
  ])('names %s', (_, pattern, event, why, similar) => {
    const miss = missOf(pattern, event)

    expect(miss.why).toBe(why)
    expect(miss.similar).toBe(similar)
    expect(miss).not.toHaveProperty('seen')
  })
})

describe('the value seen', () => {
  it.each<[string, string, unknown]>([
    ['behind a dotted key', '{"a.b":1}', 1],
    ['behind nested keys', '{"a":{"b":1}}', 1],
    ['behind both, as all values', '{"a.b":1,"a":{"b":2}}', [1, 2]],
    ['behind a key that stands twice, as all values', '{"a":{"b":1,"b":2},"a":{"b":3}}', [1, 2, 3]],
    ['in an array, as all values', '{"a":{"b":[1,[2,[]],{"c":3}]}}', [1, 2, {c: 3}]],
    ['in an array of one, as an array', '{"a":{"b":[1]}}', [1]],
    ['in objects in an array, as all values', '{"a":[{"b":1},{"c":0},{"b":[2]}]}', [1, 2]],
    ['as an object', '{"a":{"b":{"c":[1],"__proto__":2}}}', JSON.parse('{"c":[1],"__proto__":2}')],
    ['as an empty array', '{"a":{"b":[]}}', []],
    ['with all digits', '{"a":{"b":12345678901234567891}}', 12345678901234567891n],
  ])('is read %s', (_, event, seen) => {
    expect(missOf({a: {b: ['x']}}, event).seen).toEqual(seen)
  })

  it('is not made up of what every object inherits', () => {
    expect(missOf({constructor: {name: ['x']}}, {a: 1})).not.toHaveProperty('seen')
  })
})

describe('what is wanted', () => {
  it('keeps numbers as they are written', () => {
    const {ways} = explain(parsePattern('{"a":[12345678901234567891]}'), '{"a":12345678901234567890}')

    expect(ways).toMatchObject([[{wanted: [12345678901234567891n], nearest: 12345678901234567891n}]])
  })

  it('is what stands last for a field that is named twice', () => {
    const {ways} = explain(parsePattern('{"a":["x"],"a":["y"]}'), '{"a":"z"}')

    expect(ways).toMatchObject([[{wanted: ['y']}]])
  })
})

describe('hostile input', () => {
  const deep = (levels: number, core: string): string => '{"a":'.repeat(levels) + core + '}'.repeat(levels)

  it('of a thousand levels is explained', () => {
    const path = Array.from({length: 1000}, () => 'a').join('.')

    const ways = waysOf({[path]: ['x']}, deep(1000, '"y"'))

    expect(ways).toMatchObject([[{path, seen: 'y', nearest: 'x'}]])
  })

  it('of long texts is explained', () => {
    const long = 'x'.repeat(runs(100_000, 1_000_000))
    const alternatives = [{prefix: 'y'}, {suffix: 'y'}, {wildcard: 'y*y'}, {cidr: '10.0.0.0/8'}, `${long}y`]

    const ways = waysOf({a: alternatives, [long]: [1]}, {a: long, b: [long, long]})

    expect(ways[0]?.map(({why}) => why.length < 500)).toEqual([true, true])
  })

  it('of many alternatives and many values is explained', () => {
    const wanted = Array.from({length: runs(600, 3000)}, (_, index) => `wanted ${index} and so on`)
    const count = runs(4000, 20_000)
    const seen = Array.from({length: count}, (_, index) => `seen ${index} and so on`)

    expect(missOf({a: wanted}, {a: seen}).why).toMatch(
      new RegExp(`^a has ${count} values and none matches; the nearest is `),
    )
  })

  it('of many branches of 256 fields is explained', () => {
    const fields = Object.fromEntries(Array.from({length: 255}, (_, index) => [`f${index}`, ['x']]))
    const branches = Array.from({length: runs(200, 1000)}, (_, index) => ({[`b${index}`]: ['y']}))

    const ways = waysOf({...fields, $or: branches}, {f0: 'x', b7: 'y'})

    expect(ways.map((way) => way.length)).toEqual([254])
  })
})
