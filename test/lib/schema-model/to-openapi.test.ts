import {eventKind} from '../../../src/lib/schema-model/event-model'
import {inferShape} from '../../../src/lib/schema-model/infer'
import {toOpenApi} from '../../../src/lib/schema-model/to-openapi'
import {meteredEvent, usageEvent} from './usage-like-event'
import {validatorOfOpenApi} from './validator'

function discover(...events: object[]) {
  return toOpenApi({...eventKind(events[0]), shape: inferShape(events)})
}

function components(...events: object[]): Record<string, unknown> {
  return discover(...events).components.schemas
}

describe('toOpenApi', () => {
  it("writes the discoverer's document for an EventBridge event, integers as such", () => {
    expect(JSON.stringify(discover(meteredEvent))).toBe(
      JSON.stringify({
        openapi: '3.0.0',
        info: {version: '1.0.0', title: 'UsageMetered'},
        paths: {},
        components: {
          schemas: {
            AWSEvent: {
              type: 'object',
              required: [
                'detail-type',
                'resources',
                'detail',
                'id',
                'source',
                'time',
                'region',
                'version',
                'account',
              ],
              'x-amazon-events-detail-type': 'Usage Metered',
              'x-amazon-events-source': 'com.example.billing',
              properties: {
                detail: {$ref: '#/components/schemas/UsageMetered'},
                account: {type: 'string'},
                'detail-type': {type: 'string'},
                id: {type: 'string'},
                region: {type: 'string'},
                resources: {type: 'array', items: {type: 'object'}},
                source: {type: 'string'},
                time: {type: 'string', format: 'date-time'},
                version: {type: 'string'},
              },
            },
            UsageMetered: {
              type: 'object',
              required: ['at', 'lines', 'note', 'ok', 'ratio', 'tenant', 'units'],
              properties: {
                at: {type: 'string', format: 'date-time'},
                lines: {type: 'array', items: {$ref: '#/components/schemas/UsageMeteredItem'}},
                note: {},
                ok: {type: 'boolean'},
                ratio: {type: 'number'},
                tenant: {$ref: '#/components/schemas/Tenant'},
                units: {type: 'integer'},
              },
            },
            UsageMeteredItem: {
              type: 'object',
              required: ['qty', 'sku'],
              properties: {qty: {type: 'integer'}, sku: {type: 'string'}},
            },
            Tenant: {
              type: 'object',
              required: ['id', 'plan'],
              properties: {id: {type: 'string'}, plan: {type: 'string'}},
            },
          },
        },
      }),
    )
  })

  it('requires what was in all events and no more', () => {
    const found = components(usageEvent(), usageEvent({feature: 'orders', customer: undefined}))

    expect(found.ApiUsageEvent).toMatchObject({
      required: ['api', 'durationMs', 'eventId', 'occurredAt', 'response', 'service'],
    })
  })

  it('counts a key that is present as present, also with an undefined-like null', () => {
    const found = components(usageEvent({user: null}), usageEvent({user: {id: 'u-1'}}))

    expect(found.User).toEqual({
      type: 'object',
      nullable: true,
      required: ['id'],
      properties: {id: {type: 'string'}},
    })
    expect(found.ApiUsageEvent).toHaveProperty('properties.user', {$ref: '#/components/schemas/User'})
    expect((found.ApiUsageEvent as {required: string[]}).required).toContain('user')
  })

  it('writes several types of one place as anyOf', () => {
    const found = components(usageEvent({tag: 'a'}), usageEvent({tag: 7}), usageEvent({tag: null}))

    expect(found.ApiUsageEvent).toHaveProperty('properties.tag', {
      anyOf: [{type: 'integer', nullable: true}, {type: 'string'}],
    })
  })

  it('takes the format away once a string is no date-time', () => {
    const found = components(usageEvent(), usageEvent({occurredAt: 'yesterday'}))

    expect(found.ApiUsageEvent).toHaveProperty('properties.occurredAt', {type: 'string'})
  })

  it('takes a day that does not exist for plain text', () => {
    const found = components(usageEvent({occurredAt: '2026-02-29T10:00:00Z'}))

    expect(found.ApiUsageEvent).toHaveProperty('properties.occurredAt', {type: 'string'})
  })

  it('numbers components whose names collide', () => {
    const found = components(usageEvent({request: {customer: {id: 1}}}))

    expect(Object.keys(found)).toEqual([
      'AWSEvent',
      'ApiUsageEvent',
      'Api',
      'Customer',
      'Request',
      'Customer_1',
      'Response',
      'Service',
    ])
  })

  it('describes resources as text once there were some', () => {
    const found = components({...usageEvent(), resources: ['arn:aws:s3:::b']})

    expect(found.AWSEvent).toHaveProperty('properties.resources', {type: 'array', items: {type: 'string'}})
  })

  it('names a document that is no EventBridge event Event', () => {
    expect(discover({a: 1})).toEqual({
      openapi: '3.0.0',
      info: {version: '1.0.0', title: 'Event'},
      paths: {},
      components: {schemas: {Event: {type: 'object', required: ['a'], properties: {a: {type: 'integer'}}}}},
    })
  })

  it('keeps __proto__ and constructor as ordinary keys', () => {
    const event = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":2}}') as object

    const text = JSON.stringify(discover(event))

    expect(text).toContain('"required":["__proto__","constructor"]')
    expect(text).toContain('"__proto__":{"$ref":"#/components/schemas/Proto"}')
    expect(({} as {polluted?: unknown}).polluted).toBeUndefined()
  })

  it('refuses a component-like name in a key no more than any other text', () => {
    const found = components({'a/b c#': {x: 1}, 日本: {y: 1}})

    expect(Object.keys(found)).toEqual(['Event', 'ABC', 'Event_1'])
  })

  it('takes hundreds of keys whose names collide', () => {
    const event = Object.fromEntries(
      Array.from({length: 700}, (_, i) => [
        '-'.repeat(i % 50) + 'k'.padEnd(1 + (i % 7), '.') + '_'.repeat(Math.floor(i / 50)),
        {},
      ]),
    )

    expect(Object.keys(components(event))).toHaveLength(1 + Object.keys(event).length)
  })

  it('writes the envelope as AWS does, whatever it holds', () => {
    const found = components(
      ...Array.from({length: 2000}, (_, i) => ({...usageEvent(), region: i % 2 ? 'eu' : 'us', account: 'A'})),
    )

    expect(found.AWSEvent).toMatchObject({
      properties: {
        id: {type: 'string'},
        region: {type: 'string'},
        account: {type: 'string'},
        time: {type: 'string', format: 'date-time'},
      },
    })
    expect(JSON.stringify(found.AWSEvent)).not.toContain('enum')
    expect(JSON.stringify(found.AWSEvent)).not.toContain('uuid')
  })

  it('writes keys that are data as a map of their values', () => {
    const events = Array.from({length: 500}, (_, i) =>
      usageEvent({attributes: {[`metric-${i}`]: i, [`metric-${i + 1}`]: i}}),
    )

    expect(components(...events).Attributes).toEqual({
      type: 'object',
      additionalProperties: {type: 'integer'},
    })
  })

  it('names null among the words of a choice', () => {
    const events = Array.from({length: 1500}, (_, i) => usageEvent({tier: [null, 'gold', 'silver'][i % 3]}))

    expect(components(...events).ApiUsageEvent).toMatchObject({
      properties: {tier: {type: 'string', nullable: true, enum: ['gold', 'silver', null]}},
    })
  })
})

describe('a discovered schema as a check', () => {
  const check = validatorOfOpenApi(discover(usageEvent(), usageEvent({user: {id: 'u-1'}})))

  it('takes events like those it was made from', () => {
    expect(check(usageEvent())).toBe(true)
    expect(check(usageEvent({user: {id: 'u-2'}, durationMs: 3}))).toBe(true)
  })

  it.each([
    ['a type changed', usageEvent({durationMs: '12.5'})],
    ['a nested type changed', usageEvent({response: {status: 'ok', sizeBytes: 1}})],
    ['a required member is missing', usageEvent({eventId: undefined})],
    ['a nested required member is missing', usageEvent({customer: {plan: 'pro'}})],
    ['a time is none', usageEvent({occurredAt: 'now'})],
    ['an object became a list', usageEvent({service: []})],
  ])('refuses an event where %s', (_what, event) => {
    expect(check(JSON.parse(JSON.stringify(event)))).toBe(false)
  })
})
