import {settleChoices} from '../../../src/lib/schema-model/choices'
import {Inference, inferShape} from '../../../src/lib/schema-model/infer'
import {mergeShapes} from '../../../src/lib/schema-model/merge-shapes'
import {toOpenApi} from '../../../src/lib/schema-model/to-openapi'
import type {Shape} from '../../../src/lib/schema-model/shape'

/** So many times each text, in turn. */
function repeat(counts: Record<string, number>): {value: string}[] {
  return Object.entries(counts).flatMap(([value, count]) => Array.from({length: count}, () => ({value})))
}

function enumOf(shape: Shape): unknown {
  const event = toOpenApi({shape}).components.schemas.Event as {properties: {value: {enum?: unknown}}}
  return event.properties.value.enum
}

const methods = {GET: 700, POST: 250, DELETE: 50}
const words = (count: number, each: number) =>
  Object.fromEntries(Array.from({length: count}, (_, i) => [`w-${String.fromCharCode(97 + i)}`, each]))

describe('a choice', () => {
  it('is made of few words that were all seen often', () => {
    expect(enumOf(inferShape(repeat(methods)))).toEqual(['DELETE', 'GET', 'POST'])
    expect(enumOf(inferShape(repeat(words(10, 100))))).toHaveLength(10)
    expect(enumOf(inferShape(repeat({'com.example/a': 500, 'com.example/b': 500})))).toHaveLength(2)
  })

  it.each<[string, Record<string, number>]>([
    ['fewer than 1,000 sightings', {...methods, GET: 699}],
    ['a word that was seen 19 times', {...methods, PUT: 19}],
    ['one word alone', {production: 10_000}],
    ['more than ten words', words(11, 1000)],
    ['ids', {'customer-1': 5000, 'customer-2': 5000}],
    ['versions', {v1: 5000, v2: 5000}],
    ['numbers in texts', {'200': 5000, '404': 5000}],
    ['free text', {'not found': 5000, 'no access': 5000}],
    ['an empty text among them', {...methods, '': 100}],
    ['long words', {['a'.repeat(33)]: 5000, ['b'.repeat(33)]: 5000}],
  ])('is not made of %s', (_what, counts) => {
    expect(enumOf(inferShape(repeat(counts)))).toBeUndefined()
  })

  it.each(['id', 'customerId', 'customer_id', 'name', 'serviceName', 'api-key'])(
    'is never made of what stands in %s',
    (key) => {
      const seen = repeat(methods).map(({value}) => ({[key]: value}))

      expect(JSON.stringify(toOpenApi({shape: inferShape(seen)}))).not.toContain('enum')
    },
  )

  it('is made of what stands in lists', () => {
    const seen = repeat(methods).map(({value}) => ({value: [value]}))

    expect(JSON.stringify(toOpenApi({shape: inferShape(seen)}))).toContain(
      '"items":{"type":"string","enum":["DELETE"',
    )
  })

  it('is not made of words beside texts of a format', () => {
    expect(enumOf(inferShape([...repeat(methods), {value: '2026-11-22'}]))).toBeUndefined()
    expect(enumOf(inferShape([{value: '2026-11-22'}, ...repeat(methods)]))).toBeUndefined()
  })

  it('is gone for good with the first text that is none of it, and says so once', () => {
    const inference = new Inference(inferShape(repeat(methods)))

    const news = repeat({GET: 2, PATCH: 2, PUT: 2}).map((event) => inference.add(event))

    expect(news).toEqual([false, false, true, false, false, false])
    for (const event of repeat({...methods, PATCH: 1000})) inference.add(event)
    expect(settleChoices(inference.shape)).toBe(false)
    expect(enumOf(inference.shape)).toBeUndefined()
  })

  it('stands as long as merged places keep to it', () => {
    const choice = () => inferShape(repeat(methods))

    expect(enumOf(mergeShapes(choice(), inferShape(repeat({GET: 3}))))).toEqual(['DELETE', 'GET', 'POST'])
    expect(enumOf(mergeShapes(inferShape(repeat({PUT: 3})), choice()))).toBeUndefined()
  })
})
