import {parsePattern} from '../../../../src/lib/pattern/parse-pattern'
import {envelopeShape} from '../../../../src/lib/pattern/solve/event-shape'
import {idleParts} from '../../../../src/lib/pattern/solve/idle-parts'
import type {IdlePart} from '../../../../src/lib/pattern/solve/idle-parts'

function partsOf(pattern: unknown): IdlePart[] {
  return idleParts(parsePattern(JSON.stringify(pattern)), envelopeShape)
}

/** Kind and text of the idle parts of `detail.a`. */
function inA(...a: unknown[]): string[] {
  return partsOf({detail: {a}}).map(({kind, text}) => `${kind} ${text}`)
}

describe('idleParts', () => {
  it('finds nothing in a pattern whose parts all count', () => {
    expect(
      partsOf({
        source: ['a', {prefix: 'b'}],
        'replay-name': [{exists: true}],
        detail: {n: [{numeric: ['>', 5]}, 3], a: [{'anything-but': ['x', 'y']}], gone: [{exists: false}]},
      }),
    ).toEqual([])
  })

  it('reports an alternative that never matches', () => {
    expect(partsOf({account: [123456789012, '123456789012']})).toEqual([
      {
        kind: 'dead-alternative',
        path: 'account',
        text: '123456789012',
        reason: 'account is text of 12 digits, which 123456789012 never matches.',
        position: {line: 1, column: 13},
      },
    ])
  })

  it('reports a branch of $or that never matches, by the field on which it fails', () => {
    expect(partsOf({$or: [{source: ['a']}, {Source: ['b']}]})).toEqual([
      {
        kind: 'dead-branch',
        path: 'Source',
        text: '["b"]',
        reason: 'Events have no field Source at the top; they have source.',
        position: {line: 1, column: 36},
      },
    ])
  })

  it('leaves a pattern of which no branch can match to findEvent', () => {
    expect(partsOf({$or: [{Detail: ['a']}, {Source: ['b']}]})).toEqual([])
  })

  it('reports an alternative that another one covers', () => {
    expect(partsOf({source: ['abc', {prefix: 'a'}]})).toEqual([
      {
        kind: 'covered',
        path: 'source',
        text: '"abc"',
        reason: '"abc" adds nothing to {"prefix":"a"}, which matches all that it does.',
        position: {line: 1, column: 12},
      },
    ])
  })

  it.each([
    [['x', 'y', 'x'], ['covered "x"']],
    [[{prefix: 'ab'}, {prefix: 'a'}], ['covered {"prefix":"ab"}']],
    [[{wildcard: 'a*b*c'}, {wildcard: 'a*c'}], ['covered {"wildcard":"a*b*c"}']],
    [['ABC', {'equals-ignore-case': 'abc'}], ['covered "ABC"']],
    [[5, {numeric: ['>', 0]}], ['covered 5']],
    [[{numeric: ['>', 0, '<', 5]}, {numeric: ['>=', 0, '<', 6]}], ['covered {"numeric":[">",0,"<",5]}']],
    [['10.0.0.1', {cidr: '10.0.0.0/8'}], ['covered "10.0.0.1"']],
    [[{cidr: '10.0.0.0/8'}, {cidr: '10.1.0.0/16'}], ['covered {"cidr":"10.1.0.0/16"}']],
    [['b', {'anything-but': 'a'}], ['covered "b"']],
    [
      [{exists: true}, 'a', null],
      ['covered "a"', 'covered null'],
    ],
    [[{exists: false}, {exists: false}], ['covered {"exists":false}']],
  ])('compares alternatives: %j', (alternatives, parts) => {
    expect(inA(...alternatives)).toEqual(parts)
  })

  it.each([
    [['5', 5]],
    [[{prefix: 'a'}, {suffix: 'a'}]],
    [['10.0.0.1', {wildcard: '10.0.*'}]],
    [[{cidr: '10.0.0.0/8'}, {cidr: '11.0.0.0/8'}]],
    [[{numeric: ['>', 0]}, {numeric: ['<=', 0]}]],
    [[{exists: false}, 'a']],
    [['straße', {'equals-ignore-case': 'STRASSE'}]],
  ])('finds none idle where each matches something of its own: %j', (alternatives) => {
    expect(inA(...alternatives)).toEqual([])
  })

  it.each([
    [[{'anything-but': 'a'}, {'anything-but': 'b'}]],
    [[{prefix: ''}, {'anything-but': {prefix: 'x'}}]],
    [[{'anything-but': 5}, {numeric: ['<', 6]}]],
  ])('reports a field that every value matches: %j', (alternatives) => {
    expect(partsOf({detail: {a: alternatives}})).toEqual([
      {
        kind: 'always-true',
        path: 'detail.a',
        text: JSON.stringify(alternatives),
        reason: 'It matches every value of detail.a.',
        position: {line: 1, column: 16},
      },
    ])
  })

  it('knows by the shape which values a field can have', () => {
    expect(partsOf({source: [{prefix: ''}]}).map(({kind}) => kind)).toEqual(['always-true'])
    expect(inA({prefix: ''})).toEqual([])
  })

  it('takes the question whether a field is there as idle only where it always is', () => {
    expect(partsOf({source: [{exists: true}]}).map(({reason}) => reason)).toEqual([
      'It matches every value of source.',
    ])
    expect(inA({exists: true})).toEqual([])
  })

  it('says so when a field matches with and without a value', () => {
    expect(partsOf({detail: {a: [{exists: true}, {exists: false}]}}).map(({reason}) => reason)).toEqual([
      'It matches whatever detail.a is, and where there is none.',
    ])
  })

  it('knows the place of a part in a pattern of many lines', () => {
    const pattern = parsePattern('{\n  "source": [\n    "a,]\\"",\n    {"prefix": "b"},\n    "bc"\n  ]\n}')

    expect(idleParts(pattern, envelopeShape).map(({text, position}) => ({text, position}))).toEqual([
      {text: '"bc"', position: {line: 5, column: 5}},
    ])
  })

  it('reports in the order of the pattern', () => {
    const parts = partsOf({source: ['', 'a', 'a'], account: ['x', '123456789012', 5]})

    expect(parts.map(({kind, text}) => `${kind} ${text}`)).toEqual([
      'dead-alternative ""',
      'covered "a"',
      'dead-alternative "x"',
      'dead-alternative 5',
    ])
  })

  it('stays bounded for a thousand alternatives', () => {
    const texts = Array.from({length: 1000}, (_, index) => ({prefix: `${index}-`}))

    expect(inA(...texts, {wildcard: '999-*'})).toEqual(['covered {"wildcard":"999-*"}'])
  })
})
