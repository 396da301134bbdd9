import fc from 'fast-check'
import {covers} from '../../../src/lib/schema-model/covers'
import {inferShape} from '../../../src/lib/schema-model/infer'
import {modelFromOpenApi} from '../../../src/lib/schema-model/model-from-openapi'
import {mergeShapes, type Shape} from '../../../src/lib/schema-model/shape'
import {toOpenApi} from '../../../src/lib/schema-model/to-openapi'
import {usageEvent} from './usage-like-event'
import {validatorOfOpenApi} from './validator'

/** Few keys and values, so that documents often meet at the same places; times and odd keys among them. */
const {value: wild} = fc.letrec<{value: unknown}>((tie) => ({
  value: fc.oneof(
    {depthSize: 'small', withCrossShrink: true},
    fc.constantFrom<unknown>(null, true, 7, -0.5, '', 'text', '2026-11-22T10:00:00Z', '2026-02-30T10:00:00Z'),
    fc.array(tie('value'), {maxLength: 3}),
    fc.dictionary(fc.constantFrom('a', 'A', 'b-c', 'detail', 'constructor', ''), tie('value'), {maxKeys: 4}),
  ),
}))
const details = fc.dictionary(fc.constantFrom('a', 'b', 'customer', 'a.b'), wild, {maxKeys: 4})
const events = fc.array(
  details.map((detail) => ({...usageEvent(), detail})),
  {minLength: 1, maxLength: 6},
)
const kind = {source: 'my-applications', detailType: 'api-usage-event'}

function text(shape: Shape): string {
  return JSON.stringify(toOpenApi({...kind, shape}))
}

describe('inferShape', () => {
  it('does not depend on the order of the documents', () => {
    fc.assert(
      fc.property(events, fc.infiniteStream(fc.nat()), (seen, random) => {
        const shuffled = seen
          .map((event) => ({event, rank: random.next().value as number}))
          .sort((a, b) => a.rank - b.rank)
          .map(({event}) => event)

        expect(text(inferShape(shuffled))).toBe(text(inferShape(seen)))
      }),
    )
  })

  it('gives the same whether documents are seen together or merged later', () => {
    fc.assert(
      fc.property(events, events, (a, b) => {
        const merged = mergeShapes(inferShape(a), inferShape(b))

        expect(merged).toEqual(inferShape([...a, ...b]))
        expect(mergeShapes(inferShape(b), inferShape(a))).toEqual(merged)
      }),
    )
  })

  it('makes a schema that every one of its documents keeps', () => {
    fc.assert(
      fc.property(events, (seen) => {
        const check = validatorOfOpenApi(toOpenApi({...kind, shape: inferShape(seen)}))

        expect(seen.filter((event) => !check(event))).toEqual([])
      }),
    )
  })

  it('takes 255 levels and refuses 256 by name', () => {
    const nested = (levels: number): unknown => JSON.parse('{"a":'.repeat(levels) + '1' + '}'.repeat(levels))

    expect(inferShape([nested(255)]).count).toBe(1)
    expect(() => inferShape([nested(256)])).toThrow('The document nests deeper than 255 levels.')
    expect(() => inferShape([nested(100_000)])).toThrow('The document nests deeper than 255 levels.')
  })
})

describe('modelFromOpenApi', () => {
  it('reads back what was written', () => {
    fc.assert(
      fc.property(events, (seen) => {
        const written = text(inferShape(seen))
        const model = modelFromOpenApi(JSON.parse(written))

        expect(model && JSON.stringify(toOpenApi(model))).toBe(written)
      }),
    )
  })

  it('merged with new events equals all events seen together', () => {
    fc.assert(
      fc.property(events, events, (before, after) => {
        const model = modelFromOpenApi(JSON.parse(text(inferShape(before))))

        expect(model && text(mergeShapes(model.shape, inferShape(after)))).toBe(
          text(inferShape([...before, ...after])),
        )
      }),
    )
  })

  it('finds no model in a document without a discovered event', () => {
    expect(
      modelFromOpenApi({openapi: '3.0.0', components: {schemas: {AWSEvent: {type: 'object'}}}}),
    ).toBeUndefined()
    expect(modelFromOpenApi('text')).toBeUndefined()
  })

  it('ends on a component that refers to itself', () => {
    const model = modelFromOpenApi({
      components: {
        schemas: {
          AWSEvent: {
            type: 'object',
            'x-amazon-events-source': 's',
            'x-amazon-events-detail-type': 'T',
            properties: {detail: {$ref: '#/components/schemas/AWSEvent'}},
          },
        },
      },
    })

    expect(model?.detailType).toBe('T')
  })
})

describe('covers', () => {
  it('is true exactly where an event changes nothing in the document', () => {
    fc.assert(
      fc.property(events, events, (before, [next]) => {
        const shape = inferShape(before)
        const unchanged = text(mergeShapes(shape, inferShape([next]))) === text(shape)

        expect(covers(shape, next)).toBe(unchanged)
      }),
      {numRuns: 500},
    )
  })

  it('takes another event of the same form', () => {
    expect(covers(inferShape([usageEvent()]), usageEvent({durationMs: 99, eventId: 'e-2'}))).toBe(true)
  })

  it('notices a new member, a missing one and another type', () => {
    const shape = inferShape([usageEvent()])

    expect(covers(shape, usageEvent({feature: 'f'}))).toBe(false)
    expect(covers(shape, JSON.parse(JSON.stringify(usageEvent({eventId: undefined}))))).toBe(false)
    expect(covers(shape, usageEvent({durationMs: 'long'}))).toBe(false)
  })
})
