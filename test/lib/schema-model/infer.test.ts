import fc, {runs} from '../../_helpers/properties'
import {settleChoices} from '../../../src/lib/schema-model/choices'
import {Inference, inferShape} from '../../../src/lib/schema-model/infer'
import {mergeShapes} from '../../../src/lib/schema-model/merge-shapes'
import {modelFromOpenApi} from '../../../src/lib/schema-model/model-from-openapi'
import {countPlaces, type Shape} from '../../../src/lib/schema-model/shape'
import {shapeFromText, shapeToText} from '../../../src/lib/schema-model/shape-text'
import {toOpenApi} from '../../../src/lib/schema-model/to-openapi'
import {usageEvent} from './usage-like-event'
import {validatorOfOpenApi} from './validator'

/** Few keys and values, so that documents often meet at the same places; formats, long numbers and odd keys among them. */
const scalars = fc.constantFrom<unknown>(
  ...[null, true, 7, 2 ** 40, -0.5, '', 'text', 'word', 'other', '2026-11-22', '192.0.2.7', '2001:db8::1'],
  ...['2026-11-22T10:00:00Z', '2026-02-30T10:00:00Z', 'someone@example.com', 'https://example.com/a?b=c'],
  ...['0195a3f2-6c1e-7a40-9d1b-3f0c5e8a7b21'],
)
const {value: wild} = fc.letrec<{value: unknown}>((tie) => ({
  value: fc.oneof(
    {depthSize: 'small', withCrossShrink: true},
    {arbitrary: scalars, weight: 3},
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

/** The schema of one member of objects, as it stands in the document. */
function schemaOf(...values: unknown[]): unknown {
  const {components} = toOpenApi({shape: inferShape(values.map((value) => ({value})))})
  return (components.schemas.Event as {properties: {value: unknown}}).properties.value
}

function nested(levels: number): unknown {
  return JSON.parse('{"a":'.repeat(levels) + '1' + '}'.repeat(levels))
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
        const together = text(inferShape([...a, ...b]))

        expect(text(mergeShapes(inferShape(a), inferShape(b)))).toBe(together)
        expect(text(mergeShapes(inferShape(b), inferShape(a)))).toBe(together)
      }),
    )
  })

  it('makes a schema that every one of its documents keeps', () => {
    fc.assert(
      fc.property(events, (seen) => {
        const check = validatorOfOpenApi(toOpenApi({...kind, shape: inferShape(seen)}))

        expect(seen.filter((event) => !check(event))).toEqual([])
      }),
      {numRuns: runs(20, 100)},
    )
  })

  it('takes 255 levels and refuses 256 by name, having changed nothing', () => {
    expect(inferShape([nested(255)]).count).toBe(1)
    expect(() => inferShape([nested(256)])).toThrow('The document nests deeper than 255 levels.')
    expect(() => inferShape([nested(100_000)])).toThrow('The document nests deeper than 255 levels.')

    const inference = new Inference(inferShape([{b: 1}]))
    expect(() => inference.add({b: 'text', deep: nested(255)})).toThrow('deeper than 255 levels')
    expect(text(inference.shape)).toBe(text(inferShape([{b: 1}])))
  })

  it.each<[string, unknown[], unknown]>([
    ['integers alone', [1, -5, 2_147_483_647], {type: 'integer'}],
    ['1.0, which is an integer', [JSON.parse('1.0')], {type: 'integer'}],
    ['integers beyond 32 bits', [1, 2_147_483_648], {type: 'integer', format: 'int64'}],
    ['the bounds of 64 bits', [-(2n ** 63n), 2n ** 63n - 1n], {type: 'integer', format: 'int64'}],
    [
      'the same as doubles',
      [-(2 ** 63), JSON.parse('9223372036854775807')],
      {type: 'integer', format: 'int64'},
    ],
    ['integers beyond 64 bits', [1, 2n ** 63n], {type: 'integer'}],
    ['the same as doubles', [1e300], {type: 'integer'}],
    ['a fraction among integers', [1, 0.5, 2], {type: 'number'}],
    ['integers and null', [1, null], {type: 'integer', nullable: true}],
    ['an empty list', [[]], {type: 'array', items: {type: 'object'}}],
    [
      'lists in lists',
      [[[1], ['a']]],
      {
        type: 'array',
        items: {type: 'array', items: {anyOf: [{type: 'integer'}, {type: 'string'}]}},
      },
    ],
    [
      'a list or one of it',
      [['a'], 'a'],
      {
        anyOf: [{type: 'string'}, {type: 'array', items: {type: 'string'}}],
      },
    ],
  ])('writes %s', (_what, values, schema) => {
    expect(schemaOf(...values)).toEqual(schema)
  })

  it.each<[string, string[]]>([
    ['date-time', ['2026-11-22T10:00:00Z', '2026-11-22T10:00:00.123456+05:30']],
    ['date', ['2026-11-22', '2024-02-29']],
    ['uuid', ['0195a3f2-6c1e-7a40-9d1b-3f0c5e8a7b21', '0195A3F2-6C1E-7A40-9D1B-3F0C5E8A7B21']],
    ['ipv4', ['192.0.2.1', '203.0.113.255']],
    ['ipv6', ['2001:db8::1', '::ffff:192.0.2.1']],
    ['email', ['someone@example.com', 'some.one+tag@mail.example.co.uk']],
    ['uri', ['https://example.com/a?b=c#d', 's3://bucket/key%20name']],
  ])('recognises %s where all texts have it, and no longer with one that has not', (format, texts) => {
    expect(schemaOf(...texts)).toEqual({type: 'string', format})
    expect(schemaOf(...texts, 'none')).toEqual({type: 'string'})
    expect(schemaOf('none', ...texts)).toEqual({type: 'string'})
    expect(schemaOf(...texts, '')).toEqual({type: 'string'})
  })

  it('gives no format to addresses of both kinds', () => {
    expect(schemaOf('192.0.2.1', '2001:db8::1')).toEqual({type: 'string'})
  })
})

describe('Inference', () => {
  it('says that something is new exactly where the document changes', () => {
    fc.assert(
      fc.property(events, events, (before, [next]) => {
        const inference = new Inference(inferShape(before))
        const known = text(inference.shape)

        const isNew = inference.add(next)

        expect(isNew).toBe(text(inference.shape) !== known)
      }),
      {numRuns: runs(30, 300)},
    )
  })

  it('finds nothing new in another event of the same form, and in one whose keys come in another order', () => {
    const inference = new Inference(inferShape([usageEvent()]))
    const turned = Object.fromEntries(Object.entries(usageEvent()).reverse())

    expect(inference.add(usageEvent({durationMs: 99.5, eventId: 'e-2'}))).toBe(false)
    expect(inference.add(turned)).toBe(false)
  })

  it('notices a new member, a missing one and another type', () => {
    const learn = (changes: object) => new Inference(inferShape([usageEvent()])).add(usageEvent(changes))

    expect(learn({feature: 'f'})).toBe(true)
    expect(learn({eventId: undefined})).toBe(true)
    expect(learn({durationMs: 'long'})).toBe(true)
  })
})

describe('a hostile stream', () => {
  it('does not make the shape grow without bound', () => {
    const inference = new Inference()
    for (let i = 0; i < 400; i += 1) {
      const wide = Object.fromEntries(
        Array.from({length: 300}, (_, k) => [`${i % 7}-${k}`, {[`k${i}`]: [[{}]]}]),
      )
      inference.add({[`top-${i % 90}`]: wide, [`key-${'x'.repeat(i * 10)}`]: 1})
    }

    expect(countPlaces(inference.shape)).toBeLessThanOrEqual(20_000)
  })

  it('of 10,000 properties in one event comes as one map', () => {
    const event = Object.fromEntries(Array.from({length: 10_000}, (_, i) => [`p${i}`, i]))

    expect(toOpenApi({shape: inferShape([event])}).components.schemas).toEqual({
      Event: {type: 'object', additionalProperties: {type: 'integer'}},
    })
  })

  it('of __proto__ and constructor is a stream of keys like others', () => {
    const event = JSON.parse(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":2}}}',
    ) as unknown
    const shape = inferShape([event, event])

    expect(text(shapeFromText(shapeToText(shape)))).toBe(text(shape))
    expect(text(shape)).toContain('"required":["__proto__","constructor"]')
    expect(({} as {polluted?: unknown}).polluted).toBeUndefined()
  })

  it('of huge texts keeps none of them', () => {
    const shape = inferShape([{a: 'x'.repeat(1_000_000)}, {a: `https://${'x'.repeat(1_000_000)}`}])

    expect(shapeToText(shape).length).toBeLessThan(300)
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

  it('reads back choices and maps', () => {
    const seen = Array.from({length: 1500}, (_, i) =>
      usageEvent({
        tier: ['gold', 'silver', null][i % 3],
        attributes: {[`m-${i}`]: i, [`m-${i + 1}`]: 'x', [`m-${i + 2}`]: {deep: i}},
      }),
    )
    const written = text(inferShape(seen))

    const model = modelFromOpenApi(JSON.parse(written))

    expect(written).toContain('"enum":["gold","silver",null]')
    expect(written).toContain('"additionalProperties":{"anyOf":')
    expect(model && text(model.shape)).toBe(written)
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

describe('shapeToText', () => {
  it('keeps everything that was counted', () => {
    fc.assert(
      fc.property(events, (seen) => {
        const {shape} = new Inference(inferShape(seen))

        expect(shapeFromText(shapeToText(shape))).toEqual(shape)
      }),
    )
  })

  it('keeps the evidence for choices', () => {
    const seen = Array.from({length: 999}, (_, i) => usageEvent({tier: i % 2 ? 'gold' : 'silver'}))
    const inference = new Inference(shapeFromText(shapeToText(inferShape(seen))))

    inference.add(usageEvent({tier: 'gold'}))

    expect(settleChoices(inference.shape)).toBe(true)
    expect(text(inference.shape)).toContain('"enum":["gold","silver"]')
  })
})
