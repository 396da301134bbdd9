import {inferShape} from '../../../src/lib/schema-model/infer'
import {mergeShapes} from '../../../src/lib/schema-model/merge-shapes'
import {toOpenApi} from '../../../src/lib/schema-model/to-openapi'
import {validatorOfOpenApi} from './validator'

type Event = Record<string, unknown>

/** `count` events of the members that all have and of `each` keys out of `keyCount`. */
function events(count: number, keyCount: number, each: number, members: Event = {}): Event[] {
  return Array.from({length: count}, (_, i) => ({
    ...members,
    ...Object.fromEntries(Array.from({length: each}, (_x, k) => [`key-${(i * each + k * 7) % keyCount}`, i])),
  }))
}

function schemaOf(seen: Event[]) {
  const {Event} = toOpenApi({shape: inferShape(seen)}).components.schemas
  const {
    properties = {},
    additionalProperties,
    required = [],
  } = Event as {
    properties?: object
    additionalProperties?: unknown
    required?: string[]
  }
  return {names: Object.keys(properties), additionalProperties, required}
}

describe('keys of an object', () => {
  it.each([
    ['hundreds of keys, a few in each event', events(2000, 300, 3)],
    ['a key of its own in each event', events(500, 1e9, 1)],
    ['thousands of keys, many in each event', events(200, 1e9, 60)],
  ])('are data: %s', (_what, seen) => {
    expect(schemaOf(seen)).toEqual({names: [], additionalProperties: {type: 'integer'}, required: []})
  })

  it('that every event has stay properties beside data', () => {
    expect(schemaOf(events(500, 400, 3, {id: 'a', name: 'b'}))).toEqual({
      names: ['id', 'name'],
      additionalProperties: {type: 'integer'},
      required: ['id', 'name'],
    })
  })

  it.each([
    [
      'a wide record that is always whole',
      events(50, 700, 0, Object.fromEntries(events(1, 700, 700).flatMap((event) => Object.entries(event)))),
    ],
    ['a record of which each event has a tenth', events(3000, 400, 40)],
    [
      'a few optional members beside many',
      events(3000, 20, 1, Object.fromEntries(Array.from({length: 150}, (_, i) => [`m${i}`, i]))),
    ],
  ])('are names: %s', (_what, seen) => {
    const {names, additionalProperties} = schemaOf(seen)

    expect(new Set(names)).toEqual(new Set(seen.flatMap((event) => Object.keys(event))))
    expect(additionalProperties).toBeUndefined()
  })

  it('are kept apart soundly when one of two merged objects knows them as data', () => {
    const asData = () => events(500, 1e9, 1)
    const named = [{'key-7': 'text'}, {'key-7': 'text', other: true}]
    const merged = toOpenApi({shape: mergeShapes(inferShape(asData()), inferShape(named))})
    const turned = toOpenApi({shape: mergeShapes(inferShape(named), inferShape(asData()))})

    expect(turned).toEqual(merged)
    expect([...asData(), ...named].filter((event) => !validatorOfOpenApi(merged)(event))).toEqual([])
  })
})
