import {fieldFindings} from '../../../src/lib/lake/status/field-findings'
import {sampleUsageEvents} from '../../../src/lib/usage-event/samples'

describe('fields of events against the columns of the lake', () => {
  it('are all held where events keep to the contract, attributes of any name too', () => {
    const events = [...sampleUsageEvents({seed: 1, count: 200, from: 0, to: 1e6})]

    expect(fieldFindings([...events, {attributes: {region: 'eu', deep: {er: 1}}}, {feature: null}])).toEqual(
      [],
    )
  })

  it('are named where no column has them, as a whole, or where a column cannot hold them', () => {
    const found = fieldFindings([
      {eventId: 'a', tenant: {id: 't', tier: 2}, durationMs: 'fast', quantity: '2.5'},
      {eventId: 'b', tenant: 'plain', durationMs: '12.5', response: {status: 200.5, cached: true}},
      {eventId: 'c', durationMs: [1], service: 'payments', test: 'yes'},
    ])

    const nothing = 'no column has it'
    const lost = 'queries see NULL'
    expect(found).toEqual([
      {field: 'durationMs', column: 'durationms double', seen: 'list, text', events: 2, finding: lost},
      {field: 'response.cached', seen: 'boolean', events: 1, finding: nothing},
      {field: 'response.status', column: 'response.status int', seen: 'number', events: 1, finding: lost},
      {field: 'service', seen: 'text', events: 1, finding: nothing},
      {field: 'tenant', seen: 'object, text', events: 2, finding: nothing},
      {field: 'test', column: 'test boolean', seen: 'text', events: 1, finding: lost},
    ])
  })

  it('survive what is no event', () => {
    expect(fieldFindings([null, 5, [], 'x', {}])).toEqual([
      {field: '', seen: 'list, number, text', events: 3, finding: 'no column has it'},
    ])
  })
})
