import {isUnwelcome, listReceived} from '../../../../src/lib/events/received/list-received'
import type {ReceivedQuestion} from '../../../../src/lib/events/received/list-received'
import type {ReceivedText} from '../../../../src/lib/events/received/received-row'
import {receivedSummary} from '../../../../src/lib/events/received/received-view'
import {parsePattern} from '../../../../src/lib/pattern/parse-pattern'
import {createUsageEventValidator} from '../../../../src/lib/usage-event/validate'

const good = {
  eventId: 'e1',
  occurredAt: '2026-11-22T10:00:00Z',
  service: {name: 'shop'},
  api: {operation: 'buy'},
}
const rule = 'arn:aws:events:eu-west-1:000000000000:rule/usage/api-usage'

function came(detail: object, fate: Partial<ReceivedText> = {}): ReceivedText {
  const text = JSON.stringify({source: 'my-applications', 'detail-type': 'api-usage-event', detail})
  return {at: 0, bus: 'usage', text, ruleArns: [rule], ...fate}
}

async function* pages(...events: ReceivedText[]) {
  for (const one of events) yield {totalCount: events.length + 5, events: [one]}
}

const came6 = [
  came(good),
  came({...good, eventId: 'e2'}, {ruleArns: []}),
  came({eventId: 'e3'}),
  came(good, {isDropped: true, ruleArns: []}),
  {
    ...came(good, {refusal: {code: 'MalformedDetail', message: 'Detail is malformed.'}, ruleArns: []}),
    text: '{"Source":"my-applications","DetailType":"api-usage-event","Detail":"[]"}',
  },
  {...came(good), text: '{"source":"other","detail-type":"x","detail":{}}'},
]

describe('what came in', () => {
  let question: ReceivedQuestion
  beforeAll(async () => {
    const validate = await createUsageEventValidator()
    question = {
      unmatched: false,
      invalid: false,
      expected: [],
      contract: {source: 'my-applications', detailType: 'api-usage-event', validate},
    }
  })

  it('says of each what became of it, and holds usage events alone against the contract', async () => {
    const {events, ...counts} = await listReceived(pages(...came6), question)
    expect(counts).toEqual({
      ...{receivedCount: 11, keptCount: 6, unmatchedCount: 2, invalidCount: 3, omittedCount: 0},
      expected: [],
    })
    expect(events.map(({fate, rules}) => [fate, ...rules])).toEqual([
      ['matched', 'api-usage'],
      ['unmatched'],
      ['matched', 'api-usage'],
      ['dropped'],
      ['refused'],
      ['matched', 'api-usage'],
    ])
    expect(events.map(({problems}) => problems.length > 0)).toEqual([false, false, true, true, true, false])
    expect(events[2]?.problems.join()).toContain('service')
  })

  it('lists the faults that were asked for, and finds them unwelcome', async () => {
    const unmatched = {...question, unmatched: true}
    const list = await listReceived(pages(...came6), unmatched)
    expect(list.events.map(({fate}) => fate)).toEqual(['unmatched', 'dropped'])
    expect(isUnwelcome(list, unmatched)).toBe(true)
    const both = await listReceived(pages(...came6), {...unmatched, invalid: true})
    expect(both.events.map(({eventId}) => eventId)).toEqual(['e2', 'e3', 'e1', undefined])
    expect(isUnwelcome(await listReceived(pages(came(good)), unmatched), unmatched)).toBe(false)
  })

  it('expects events that were accepted', async () => {
    const expected = ['{"detail":{"eventId":["e1"]}}', '{"detail":{"eventId":["e9"]}}'].map(parsePattern)
    const asked = {...question, expected}
    const list = await listReceived(pages(...came6), asked)
    expect(list.expected.map(({matchedCount}) => matchedCount)).toEqual([1, 0])
    expect(isUnwelcome(list, asked)).toBe(true)
    expect(isUnwelcome(list, {...asked, expected: expected.slice(0, 1)})).toBe(true)
    expect(receivedSummary(list)).toContain('None matches {"detail":{"eventId":["e9"]}}.')
  })

  it('shows the last of them, and says how many it left out', async () => {
    const list = await listReceived(pages(...came6), {...question, limit: 2})
    expect(list.events.map(({fate}) => fate)).toEqual(['refused', 'matched'])
    expect(list.omittedCount).toBe(4)
    expect(receivedSummary(list)).toContain('4 older ones are not shown')
  })
})
