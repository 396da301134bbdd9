import {toTestedEvent} from '../../../src/lib/rules/tested-event'

const facts = {source: 'my-applications', detailType: 'api-usage-event'}
const element = (text: string) => ({text, position: 'line 1'})

describe('an element of the input', () => {
  it('that is an EventBridge event is taken letter for letter', () => {
    const text = '{"source":"a","detail-type":"b","detail":{"n":12345678901234567890,"n":1.50}}'

    expect(toTestedEvent(element(text), facts)).toEqual({text, position: 'line 1'})
  })

  it('that is an event with members missing is not completed', () => {
    expect(toTestedEvent(element('{"detail":{"eventId":"e"}}'), facts).text).toBe(
      '{"detail":{"eventId":"e"}}',
    )
  })

  it('that is neither event, entry nor usage event is taken as it is', () => {
    expect(toTestedEvent(element('{"a":1}'), facts).text).toBe('{"a":1}')
  })

  it('that is a usage event alone gets the envelope that the bus would put around it', () => {
    const text = '{"eventId":"e","occurredAt":"2026-11-03T09:15:27.412Z","quantity":0.10}'

    expect(
      toTestedEvent(element(text), {...facts, region: 'eu-west-1', accountId: '123456789012'}).text,
    ).toBe(
      '{"version":"0","detail-type":"api-usage-event","source":"my-applications","account":"123456789012",' +
        `"time":"2026-11-03T09:15:27Z","region":"eu-west-1","resources":[],"detail":${text}}`,
    )
  })

  it('gets no envelope members that are not known', () => {
    expect(JSON.parse(toTestedEvent(element('{"service":{"name":"a"}}'), facts).text)).toEqual({
      version: '0',
      'detail-type': 'api-usage-event',
      source: 'my-applications',
      resources: [],
      detail: {service: {name: 'a'}},
    })
  })

  it('that is a PutEvents entry becomes the event that comes of it, whatever bus it names', () => {
    const entry = {Source: 's', DetailType: 't', Detail: '{"a":1e2}', Resources: ['r'], EventBusName: 'other'}

    expect(toTestedEvent(element(JSON.stringify(entry)), facts).text).toBe(
      '{"version":"0","detail-type":"t","source":"s","resources":["r"],"detail":{"a":1e2}}',
    )
  })

  it.each([
    ['no JSON', '{"a"', 'BAD_EVENT'],
    ['no object', '[1]', 'BAD_EVENT'],
    ['an entry without its detail', '{"Source":"s","DetailType":"t"}', 'BAD_EVENT'],
  ])('that is %s is refused with its place', (_, text, code) => {
    expect(() => toTestedEvent(element(text), facts)).toThrow(
      expect.objectContaining({kind: 'usage', code, message: expect.stringContaining('line 1') as string}),
    )
  })
})
