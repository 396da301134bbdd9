import {EventKinds} from '../../../src/lib/schema-model/event-kinds'
import {toOpenApi} from '../../../src/lib/schema-model/to-openapi'
import {usageEvent} from './usage-like-event'

const entry = (detail: object, more: object = {}) =>
  JSON.stringify({
    Source: 'my-applications',
    DetailType: 'api-usage-event',
    Detail: JSON.stringify(detail),
    ...more,
  })

function learn(...texts: string[]) {
  const kinds = new EventKinds()
  const leftOut = texts.flatMap((text) => kinds.add(text)?.code ?? [])
  return {leftOut, learned: kinds.learned()}
}

describe('EventKinds', () => {
  it('gives an entry of PutEvents the schema of the event that the bus would make of it', () => {
    const event = usageEvent()

    const fromEvent = learn(JSON.stringify(event)).learned
    const fromEntry = learn(entry(event.detail as object)).learned

    expect(fromEntry.map(({model}) => toOpenApi(model))).toEqual(fromEvent.map(({model}) => toOpenApi(model)))
  })

  it('tells kinds by source and detail type, and takes all other objects for one', () => {
    const other = {...usageEvent(), 'detail-type': 'Other Thing'}
    const {learned} = learn(
      JSON.stringify(usageEvent()),
      entry({eventId: 'a'}),
      JSON.stringify(other),
      '{"eventId":"a"}',
      '{"source":"s","detail-type":"T","detail":"no object"}',
      '{"Source":"s","DetailType":"T","Detail":"no object"}',
    )

    expect(learned.map(({name, eventCount}) => [name, eventCount])).toEqual([
      ['Event', 3],
      ['my-applications@ApiUsageEvent', 2],
      ['my-applications@OtherThing', 1],
    ])
  })

  it('takes words that give one name for one kind, as a discoverer does', () => {
    const {learned} = learn(
      JSON.stringify(usageEvent()),
      JSON.stringify({...usageEvent(), 'detail-type': 'api usage event'}),
    )

    expect(learned).toMatchObject([{eventCount: 2, model: {detailType: 'api-usage-event'}}])
  })

  it('says why it leaves a text out', () => {
    const deep = `${'{"a":'.repeat(256)}1${'}'.repeat(256)}`
    const deepDetail = {Source: 's', DetailType: 'T', Detail: `${'{"a":'.repeat(255)}1${'}'.repeat(255)}`}
    const {leftOut, learned} = learn('{', '[1]', '7', 'null', deep, JSON.stringify(deepDetail), '{"a":"[[["}')

    expect(leftOut).toEqual([
      ...['NOT_JSON', 'NOT_AN_OBJECT', 'NOT_AN_OBJECT', 'NOT_AN_OBJECT'],
      ...['JSON_TOO_DEEP', 'JSON_TOO_DEEP'],
    ])
    expect(learned.map(({eventCount}) => eventCount)).toEqual([1])
  })

  it('takes a text full of brackets that nests no deeper than it may', () => {
    expect(learn(`{"a":"${'['.repeat(500)}"}`).leftOut).toEqual([])
  })

  it('keeps to the first thousand kinds', () => {
    const texts = Array.from({length: 1200}, (_, i) =>
      JSON.stringify({...usageEvent(), 'detail-type': `K${i}`}),
    )
    const {leftOut, learned} = learn(...texts, texts[0] ?? '')

    expect(learned).toHaveLength(1000)
    expect(leftOut).toEqual(Array.from({length: 200}, () => 'TOO_MANY_KINDS'))
  })
})
