import fc from '../../../_helpers/properties'
import {bodyOf, type TargetInput} from '../../../../src/lib/local/target-input/target-input'

const event = JSON.stringify({
  version: '0',
  id: 'e1',
  'detail-type': 'order',
  source: 'shop',
  account: '000000000000',
  time: '2026-01-02T03:04:05Z',
  region: 'eu-west-1',
  resources: ['arn:a'],
  detail: {
    who: 'Ada',
    count: 3,
    open: true,
    none: null,
    bag: {acc_id: 1, sf_id: 'baz'},
    states: ['ACTIVE', 'INACTIVE'],
    items: [{id: 'a'}, {id: 'b'}, {}],
  },
})

const body = (input: TargetInput, text = event) =>
  bodyOf(input, {
    event: text,
    ruleArn: 'arn:aws:events:eu-west-1:000000000000:rule/usage/to-lake',
    ingestedAt: Date.UTC(2026, 0, 2, 3, 4, 6, 7),
  })

const paths = {
  who: '$.detail.who',
  count: '$.detail.count',
  open: '$.detail.open',
  none: '$.detail.none',
  bag: '$.detail.bag',
  states: '$.detail.states',
  gone: '$.detail.gone',
}
const fill = (template: string, text?: string) => body({template, paths}, text)

describe('what a target receives', () => {
  it('is a constant, to the letter', () => {
    expect(body({constant: '{ "a" : 1 }'})).toBe('{ "a" : 1 }')
  })

  it.each([
    ['$', event],
    ['$.detail.who', '"Ada"'],
    ['$.detail.count', '3'],
    ['$.detail.none', 'null'],
    ['$.detail-type', '"order"'],
    ['$.detail.bag', '{"acc_id":1,"sf_id":"baz"}'],
    ['$.detail.states[1]', '"INACTIVE"'],
    ['$.detail.states[2]', '""'],
    ['$.detail.items[*].id', '["a","b"]'],
    ['$.detail.bag.*', '[1,"baz"]'],
    ['$.detail.gone', '""'],
    ['$.detail.who.length', '""'],
    ['$.detail.count.value', '""'],
    ['$.toString', '""'],
  ])('is what the path %s leads to', (path, expected) => {
    expect(body({path})).toBe(expected)
  })

  it('keeps every digit, and the last of a key that stands twice', () => {
    const text = '{"detail":{"n":12345678901234567890.10,"k":1,"k":{"m":2}}}'

    expect(body({path: '$.detail'}, text)).toBe('{"n":12345678901234567890.10,"k":{"m":2}}')
  })

  it.each([
    ['{"who":<who>,"n":<count>,"open":<open>}', '{"who":"Ada","n":3,"open":true}'],
    ['{"bag":<bag>,"states":<states>}', '{"bag":{"acc_id":1,"sf_id":"baz"},"states":["ACTIVE","INACTIVE"]}'],
    ['{"gone":<gone>,"none":<none>}', '{"gone":"","none":null}'],
    ['{"text":"<who> has <count>, <open><gone>"}', '{"text":"Ada has 3, true"}'],
    ['{"text":"say \\"<who>\\""}', '{"text":"say \\"Ada\\""}'],
    ['{"who":<who>}\n', '{"who":"Ada"}\n'],
    [' {"rule":<aws.events.rule-name>}', ' {"rule":"to-lake"}'],
    [
      '{"arn":"<aws.events.rule-arn>","at":<aws.events.event.ingestion-time>}',
      '{"arn":"arn:aws:events:eu-west-1:000000000000:rule/usage/to-lake","at":"2026-01-02T03:04:06.007Z"}',
    ],
    ['{"all":<aws.events.event.json>}', `{"all":${event}}`],
    [
      '{"head":<aws.events.event>}',
      '{"head":{"id":"e1","account":"000000000000","detailType":"order","time":"2026-01-02T03:04:05Z","source":"shop",' +
        '"region":"eu-west-1","resources":["arn:a"],"version":"0"}}',
    ],
  ])('is the JSON template %s, filled', (template, expected) => {
    expect(fill(template)).toBe(expected)
  })

  it.each([
    ['"<who> has <count>"', '"Ada has 3"'],
    ['"<who>"\n"<gone>"', '"Ada"\n""'],
    ['"<bag> <states> <open>"', '"{acc_id:1,sf_id:baz} [ACTIVE,INACTIVE] true"'],
  ])('is the text template %s, filled, in its quotes', (template, expected) => {
    expect(fill(template)).toBe(expected)
  })

  it.each([
    ['[<who>,<count>,"<who>"]', '["Ada",3,"Ada"]'],
    ['<bag>', '{"acc_id":1,"sf_id":"baz"}'],
  ])('is the template %s of neither kind, filled as JSON', (template, expected) => {
    expect(fill(template)).toBe(expected)
  })

  it.each([
    ['an object in quotes', '{"text":"<bag>"}'],
    ['the event in quotes', '{"text":"<aws.events.event.json>"}'],
    ['an open brace', '{"who":<who>'],
    ['text without quotes', '<who> has <count>'],
    ['one line of two without quotes', '"<who>"\n<who> has it'],
  ])('is nothing where the template makes no JSON: %s', (_what, template) => {
    expect(fill(template)).toBeUndefined()
  })

  const withValue = (value: unknown) => JSON.stringify({detail: {value}})
  const one = (template: string): TargetInput => ({template, paths: {v: '$.detail.value'}})

  it('holds any value that is spliced into a JSON template', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const made = body(one('{"a":[<v>,1]}'), withValue(value))

        expect(JSON.parse(made ?? '')).toEqual(JSON.parse(JSON.stringify({a: [value, 1]})))
      }),
    )
  })

  it('holds any text that is spliced into a text of a JSON template', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary'}), (value) => {
        const made = body(one('{"a":"before <v> after"}'), withValue(value))

        expect(JSON.parse(made ?? '')).toEqual({a: `before ${value} after`})
      }),
    )
  })

  it('holds any number to its last digit, in and out of quotes', () => {
    const digits = fc
      .tuple(fc.bigInt({min: -(10n ** 30n), max: 10n ** 30n}), fc.nat(1e9))
      .map(([whole, part]) => `${whole}.${part}0`)
    fc.assert(
      fc.property(digits, (number) => {
        const made = body(one('{"a":<v>,"b":"<v>"}'), `{"detail":{"value":${number}}}`)

        expect(made).toBe(`{"a":${number},"b":"${number}"}`)
      }),
    )
  })

  it('is JSON or nothing, whatever stands in a text template', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const made = body(one('"it is <v>"'), withValue(value))

        // Of what makes no JSON there is nothing to be looked at.
        expect(typeof JSON.parse(made ?? '""')).toBe('string')
      }),
    )
  })
})
