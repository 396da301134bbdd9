import {eventLine, trafficText} from '../../../../src/lib/events/tail/tail-text'
import {Traffic} from '../../../../src/lib/events/tail/traffic'

const event = (detail: object) =>
  JSON.stringify({time: '2026-11-22T10:00:00Z', source: 'shop', 'detail-type': 'sold', detail})

describe('the traffic of the last minute', () => {
  it('counts, ranks and divides what lies in the window', () => {
    const traffic = new Traffic(0, 60_000)
    traffic.add(event({feature: 'old', response: {status: 500}, durationMs: 9999}), 1000)
    for (let n = 1; n <= 100; n++) {
      const status = n <= 3 ? 503 : 200
      traffic.add(
        event({feature: n % 4 ? 'search' : 'pay', customer: {id: 'c1'}, response: {status}, durationMs: n}),
        70_000,
      )
    }
    expect(traffic.summary(120_000)).toEqual({
      eventCount: 101,
      eventsPerSecond: 1.7,
      errorPercent: 3,
      p95LatencyMs: 95,
      features: [
        {name: 'search', calls: 75},
        {name: 'pay', calls: 25},
      ],
      customers: [{name: 'c1', calls: 100}],
    })
  })

  it('says nothing of what events do not tell', () => {
    const traffic = new Traffic(0, 60_000)
    traffic.add('{"detail":{"customer":null,"feature":7}}', 0)
    const summary = traffic.summary(500)
    expect(summary).toEqual({
      eventCount: 1,
      eventsPerSecond: 1,
      features: [{name: '(none)', calls: 1}],
      customers: [{name: '(none)', calls: 1}],
    })
    expect(trafficText(summary)).toContain('errors not known, p95 not known')
  })
})

describe('an event in a line', () => {
  it('says what was called', () => {
    const detail = {
      service: {name: 'orders'},
      api: {method: 'GET', route: '/v1/orders/{id}'},
      response: {status: 200},
      durationMs: 12.5,
      customer: {id: 'c1'},
      eventId: 'e1',
    }
    expect(eventLine(event(detail))).toBe(
      '2026-11-22T10:00:00Z  orders  GET /v1/orders/{id}  200  12.5 ms  c1  e1',
    )
  })

  it('shows the detail of any other event', () => {
    expect(eventLine(event({a: 1}))).toBe('2026-11-22T10:00:00Z  shop  sold  {"a":1}')
  })
})
