import fc, {runs} from '../../_helpers/properties'
import {inferShape} from '../../../src/lib/schema-model/infer'
import {toJsonSchemaDraft4} from '../../../src/lib/schema-model/to-json-schema-draft4'
import {toOpenApi} from '../../../src/lib/schema-model/to-openapi'
import {sampleUsageEvents} from '../../../src/lib/usage-event/samples'
import contract from '../../../src/lib/usage-event/usage-event.schema.json'
import {accessLog, importedEvents} from './access-log'
import {fieldsOf, otherDifferences} from './contract-fields'
import {validatorOfOpenApi} from './validator'

const from = Date.UTC(2026, 9, 1)
const generated = (seed: number, count: number): unknown[] => [
  ...sampleUsageEvents({seed, count, from, to: from + 86_400_000}),
]
const imported = (seed: number, count: number) => importedEvents(accessLog(seed, count))

/** Bounds are not inferred, and what every event happens to have is required, whatever the contract says. */
const always = [
  'eventId: no minLength 1, maxLength 256',
  'occurredAt: always there',
  'service.name: no minLength 1',
  'client: always there',
  'client.address: always there',
  'response: always there',
  'response.sizeBytes: always there',
  'response.sizeBytes: no minimum 0',
  'response.status: always there',
  'response.status: no minimum 100, maximum 599',
]
const neverSeen = ['test: not seen', 'attributes: not seen']

/** Every difference from the contract that is not one of type or format. */
const tables: Record<string, string[]> = {
  generated: [
    ...always,
    ...neverSeen,
    'service.version: always there',
    'service.environment: always there',
    'service.instance: always there',
    'api.operation: always there',
    'api.method: always there',
    'api.method: enum DELETE|GET|PATCH|POST',
    'api.route: always there',
    'api.description: always there',
    'customer.id: always there',
    'customer.plan: always there',
    'customer.plan: enum enterprise|free|pro',
    'user.id: always there',
    'client.userAgent: always there',
    'request: always there',
    'request.sizeBytes: always there',
    'request.sizeBytes: no minimum 0',
    'durationMs: always there',
    'durationMs: no minimum 0',
    'quantity: always there',
    'quantity: no minimum 0',
    'sequence: always there',
  ],
  imported: [
    ...always,
    ...neverSeen,
    'service.version: not seen',
    'service.environment: not seen',
    'service.instance: not seen',
    'api.method: enum GET|HEAD|OPTIONS|POST',
    'api.description: not seen',
    'feature: enum blog|docs|favicon.ico|images|orders|search',
    'customer.id: always there',
    'customer.plan: not seen',
    'user: not seen',
    'user.id: not seen',
    'request: not seen',
    'request.sizeBytes: not seen',
    'durationMs: not seen',
    'quantity: not seen',
    'sequence: not seen',
  ],
  both: [
    ...always,
    ...neverSeen,
    'api.method: enum DELETE|GET|HEAD|OPTIONS|PATCH|POST',
    'customer.id: always there',
    'customer.plan: enum enterprise|free|pro',
    'user.id: always there',
    'request.sizeBytes: always there',
    'request.sizeBytes: no minimum 0',
    'durationMs: no minimum 0',
    'quantity: no minimum 0',
  ],
}

describe.each(Object.keys(tables))('10,000 usage events, %s', (name) => {
  let document: object
  let fresh: unknown[]

  beforeAll(async () => {
    const [first, second] = [
      name === 'imported' ? [] : generated(1, 10_000),
      name === 'generated' ? [] : await imported(1, 10_000),
    ]
    document = toOpenApi({shape: inferShape([...first, ...second])})
    fresh = name === 'imported' ? await imported(2, 1000) : generated(2, 1000)
    if (name === 'both') fresh.push(...(await imported(3, 1000)))
  })

  it('have the type and the format of the contract in every field that they show', () => {
    const contractFields = fieldsOf(contract)
    const found = fieldsOf(toJsonSchemaDraft4(document))

    const typesOf = (fields: typeof found) =>
      Object.fromEntries(
        [...found.keys()].map((path) => [path, [fields.get(path)?.type, fields.get(path)?.format]]),
      )
    expect(found.size).toBeGreaterThan(12)
    expect(typesOf(found)).toEqual(typesOf(contractFields))
  })

  it('differ from the contract in what is named here, and in nothing else', () => {
    const found = fieldsOf(toJsonSchemaDraft4(document))

    expect(otherDifferences(fieldsOf(contract), found).sort()).toEqual([...(tables[name] ?? [])].sort())
  })

  it('make a schema that takes fresh ones', () => {
    const check = validatorOfOpenApi(document)

    expect(fresh.length).toBeGreaterThanOrEqual(1000)
    expect(fresh.filter((event) => !check(event))).toEqual([])
  })
})

/** The event without the member at the path, or with another value there. */
function mutated(event: unknown, path: string, ...value: unknown[]): unknown {
  const copy = structuredClone(event) as Record<string, unknown>
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  const parent = keys.reduce((object, key) => object[key] as Record<string, unknown>, copy)
  Reflect.deleteProperty(parent, last)
  if (value.length > 0) parent[last] = value[0]
  return copy
}

function valueAt(event: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], event)
}

describe('usage events and what was inferred from them', () => {
  const values: Record<string, unknown> = {
    ...{string: 'text', integer: 7, number: 0.5, boolean: true, null: null, array: [], object: {}},
  }
  /** Which of the values are of a type. */
  const fits: Record<string, string[]> = {number: ['integer', 'number'], integer: ['integer']}
  const learned = fc
    .record({seed: fc.integer(), count: fc.integer({min: 20, max: 200})})
    .map(({seed, count}) => {
      const events = generated(seed, count)
      const document = toOpenApi({shape: inferShape(events)})
      return {
        events,
        fields: [...fieldsOf(toJsonSchemaDraft4(document))],
        check: validatorOfOpenApi(document),
      }
    })

  it('fit, and do not when a type is changed or a required member is taken out', () => {
    fc.assert(
      fc.property(learned, fc.infiniteStream(fc.nat()), ({events, fields, check}, random) => {
        const next = <T>(list: readonly T[]): T => list[(random.next().value as number) % list.length] as T
        expect(events.filter((event) => !check(event))).toEqual([])

        for (let i = 0; i < 30; i += 1) {
          const event = next(events)
          const [path, field] = next(fields.filter(([name]) => valueAt(event, name) !== undefined))
          const others = Object.keys(values).filter(
            (type) => !(fits[field.type] ?? [field.type]).includes(type),
          )
          const type = next(others)

          expect([path, type, check(mutated(event, path, values[type]))]).toEqual([path, type, false])
          expect([path, check(mutated(event, path))]).toEqual([path, !field.required])
        }
      }),
      {numRuns: runs(10, 30)},
    )
  })
})
