import fc from '../../../_helpers/properties'
import {fillTemplate} from '../../../../src/lib/events/template/fill-template'
import {parseTemplate} from '../../../../src/lib/events/template/template'
import {errorOf} from '../../../_helpers/error-of'

const filling = {index: 4, time: Date.UTC(2026, 10, 3, 12), uniform: () => 0.5}

function filled(value: unknown): unknown {
  return JSON.parse(parseTemplate(JSON.stringify(value))(filling))
}

describe('parseTemplate', () => {
  it.each([
    ['{{seq}}', 5],
    ['{{seq 100}}', 104],
    ['{{ seq }}', 5],
    ['order-{{seq}}', 'order-5'],
    ['{{time}}', '2026-11-03T12:00:00.000Z'],
    ['{{choice free|pro|enterprise}}', 'pro'],
    ['{{choice eins zwei | drei}}', 'drei'],
    ['{{number 1 9}}', 5],
    ['{{number 0 1 3}}', 0.5],
    ['{{number -3 -3}}', -3],
    ['{{seq}}/{{choice a}}', '5/a'],
    ['say "{{choice a|b"c}}"', 'say "b"c"'],
    ['{ {seq} }', '{ {seq} }'],
  ])('fills %s', (text, value) => {
    expect(filled({a: {b: [text]}})).toEqual({a: {b: [value]}})
  })

  it('makes UUIDs', () => {
    const {a} = filled({a: '{{uuid}}'}) as {a: string}

    expect(a).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('keeps all else letter by letter', () => {
    const text = '{ "big": 12345678901234567890.10, "a":"\\u00e4{{seq}}", "b": "\\u00e4" }'

    expect(parseTemplate(text)(filling)).toBe('{ "big": 12345678901234567890.10, "a":"ä5", "b": "\\u00e4" }')
  })

  it('makes JSON of whatever stands around a placeholder', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        fc.pre(!`${before} ${after}`.includes('{{') && !before.endsWith('{') && !after.startsWith('}'))
        expect(filled({[before]: `${before}{{choice x}}${after}`})).toEqual({[before]: `${before}x${after}`})
      }),
    )
  })

  it.each([
    ['{"a":"{{uid}}"}', 'UNKNOWN_PLACEHOLDER', 'Did you mean {{uuid}}?'],
    ['{"a":"{{quark}}"}', 'UNKNOWN_PLACEHOLDER', 'There are: seq, uuid, time, choice, number.'],
    ['{"a":"{{toString}}"}', 'UNKNOWN_PLACEHOLDER', 'There are'],
    ['{"a":"{{number 5}}"}', 'BAD_TEMPLATE', '{{number MIN MAX}}'],
    ['{"a":"{{number 5 1}}"}', 'BAD_TEMPLATE', '{{number MIN MAX}}'],
    ['{"a":"{{choice}}"}', 'BAD_TEMPLATE', '{{choice A|B|C}}'],
    ['{"a":"{{seq x}}"}', 'BAD_TEMPLATE', '{{seq FIRST}}'],
    ['{"a":"{{seq"}', 'BAD_TEMPLATE', 'ends with }}'],
    ['{"a":', 'BAD_TEMPLATE', 'one JSON object'],
    ['["a"]', 'BAD_TEMPLATE', 'one JSON object'],
  ])('refuses %s', (text, code, hint) => {
    const error = errorOf(() => parseTemplate(text))

    expect(error).toMatchObject({kind: 'usage', code})
    expect(error.hint).toContain(hint)
  })
})

describe('fillTemplate', () => {
  const options = {
    ...{source: 's', detailType: 't', bus: 'usage', seed: 7, count: 50, test: false},
    ...{from: 1000, to: 51_000},
  }
  const details = (text: string, more = {}) =>
    [...fillTemplate(parseTemplate(text), {...options, ...more})].map((item) => item.entry?.Detail)

  it('gives the same events for the same seed, and others for another', () => {
    const text = '{"id":"{{uuid}}","n":"{{number 1 1000000}}"}'

    expect(details(text)).toEqual(details(text))
    expect(details(text)).not.toEqual(details(text, {seed: 8}))
    expect(new Set(details(text)).size).toBe(50)
  })

  it('spreads the times over the range, on the envelope too', () => {
    const items = [...fillTemplate(parseTemplate('{"at":"{{time}}"}'), options)]
    const times = items.map((item) => item.entry?.Time?.getTime() ?? 0)

    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(times.every((time) => time >= 1000 && time < 51_000)).toBe(true)
    expect(items[0]?.entry?.Detail).toBe(`{"at":"${new Date(times[0] ?? 0).toISOString()}"}`)
  })

  it('takes whole events, whose members it leaves alone', () => {
    const text = '{\n "source":"other","detail-type":"d","detail":{"n":"{{seq}}"}\n}'

    expect([...fillTemplate(parseTemplate(text), {...options, count: 1})]).toMatchObject([
      {entry: {Source: 'other', DetailType: 'd', Detail: '{"n":1}'}, position: 'event 1'},
    ])
  })

  it.each([
    ['{"a":1}', '{"test":true,"a":1}'],
    ['{ }', '{"test":true }'],
    ['{"test":false}', '{"test":false}'],
  ])('marks %s as a test where that is asked for', (text, detail) => {
    expect(details(text, {count: 1, test: true})).toEqual([detail])
  })
})
