import {createUsageEventValidator} from '../../../src/lib/usage-event/validate'

const least = {eventId: 'e-1', service: {name: 'payments-api'}, api: {}}

async function problemsOf(event: unknown): Promise<string[]> {
  const validate = await createUsageEventValidator()
  return validate(event)
}

describe('createUsageEventValidator', () => {
  it('accepts an event without feature, customer and user', async () => {
    expect(await problemsOf(least)).toEqual([])
  })

  it('accepts members that the contract does not name', async () => {
    expect(await problemsOf({...least, region: 'north', service: {name: 'a', team: 'b'}})).toEqual([])
  })

  it('accepts quantities beyond 2^53 and with decimals', async () => {
    expect(await problemsOf({...least, quantity: JSON.parse('9007199254740993123')})).toEqual([])
    expect(await problemsOf({...least, quantity: 0.25})).toEqual([])
  })

  it('names every problem by its member', async () => {
    const event = {
      service: {},
      api: {},
      durationMs: -1,
      quantity: 'many',
      occurredAt: 'yesterday',
      response: {status: 7},
    }

    expect((await problemsOf(event)).sort()).toEqual([
      'durationMs must be >= 0',
      'occurredAt must match format "date-time"',
      'quantity must be number',
      'response.status must be >= 100',
      "service must have required property 'name'",
      "the event must have required property 'eventId'",
    ])
  })

  it('refuses attributes that are no scalars', async () => {
    expect(await problemsOf({...least, attributes: {a: 'x', b: {c: 1}}})).toEqual([
      'attributes.b must be string,number,boolean,null',
    ])
  })

  it('refuses what is no object', async () => {
    expect(await problemsOf('event')).toEqual(['the event must be object'])
  })
})
