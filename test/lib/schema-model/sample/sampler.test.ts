import {Ajv2020} from 'ajv/dist/2020'
import addFormats from 'ajv-formats'
import fc, {runs} from '../../../_helpers/properties'
import {OpError} from '../../../../src/lib/core/errors'
import {createSampler} from '../../../../src/lib/schema-model/sample/sampler'
import {readSchemaDocument} from '../../../../src/lib/schema-model/schema-document'
import {compileContract} from '../../../../src/lib/usage-event/compile-contract'
import contract from '../../../../src/lib/usage-event/usage-event.schema.json'
import {arbitrarySchema} from '../arbitrary-schema'
import {drawFrom, ValueMaker} from '../diff/values-of'
import {asDocument, schemas} from '../diff/schemas'

const range = {from: Date.UTC(2026, 0, 1), to: Date.UTC(2026, 1, 1)}
const samplerOf = (schema: unknown, seed = 1) =>
  createSampler(readSchemaDocument(schema, {name: 'case'}), {seed, range})

async function samples(schema: unknown, count = 20, seed = 1): Promise<unknown[]> {
  const sampler = await samplerOf(schema, seed)
  return Array.from({length: count}, () => sampler.next())
}

/** What the sampler answers for a schema: some values, or the code of its refusal. */
async function tried(schema: unknown, seed: number): Promise<unknown[] | string> {
  try {
    return await samples(schema, 5, seed)
  } catch (error) {
    if (error instanceof OpError) return error.code
    throw error
  }
}

/** A validator of its own, over the schema as it was written; some names of definitions it resolves only as they were read. */
function validatorOf(schema: object): (value: unknown) => boolean {
  const ajv = new Ajv2020({strict: false, validateSchema: false, logger: false, ownProperties: true})
  addFormats(ajv)
  const compiled = () => {
    try {
      return ajv.compile(schema)
    } catch (error) {
      if (!String(error).includes("can't resolve reference")) throw error
      return ajv.compile(readSchemaDocument(schema, {name: 'case'}).schema)
    }
  }
  const validate = compiled()
  return (value) => validate(value)
}

const $schema = 'https://json-schema.org/draft/2020-12/schema'

describe('samples of the contract', () => {
  it('keep it, differ from each other, and leave out what may be left out', async () => {
    const events = (await samples(contract, 200)) as Record<string, unknown>[]
    const check = compileContract()
    expect(events.flatMap(check)).toEqual([])
    expect(new Set(events.map((event) => JSON.stringify(event))).size).toBe(200)
    for (const name of Object.keys(contract.properties)) {
      const share = events.filter((event) => name in event).length / events.length
      expect([name, share > 0.3, share === 1]).toEqual([name, true, contract.required.includes(name)])
    }
  })

  it('are the same for one seed, and others for another', async () => {
    const [first, again, other] = await Promise.all([7, 7, 8].map((seed) => samples(contract, 20, seed)))
    expect(again).toEqual(first)
    expect(other).not.toEqual(first)
  })

  it('have their times in the range', async () => {
    const times = (await samples({type: 'string', format: 'date-time'}, 50)).map((text) =>
      Date.parse(String(text)),
    )
    expect(Math.min(...times)).toBeGreaterThanOrEqual(range.from)
    expect(Math.max(...times)).toBeLessThan(range.to)
  })
})

describe('samples of any schema', () => {
  const documents = fc.oneof(
    fc.record({root: schemas, D: schemas, E: schemas}).map((parts) => ({$schema, ...asDocument(parts)})),
    arbitrarySchema,
  )

  it('are valid by the schema as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(documents, fc.nat(), async (schema, seed) => {
        const found = await tried(schema, seed)
        if (typeof found === 'string') return
        // JSON is what is sent: nothing may be lost on the way.
        const sent = JSON.parse(JSON.stringify(found)) as unknown[]
        const isValid = validatorOf(schema)
        expect(sent.filter((value) => !isValid(value))).toEqual([])
      }),
      {numRuns: runs(40, 400)},
    )
  })

  it('are found wherever others find some', async () => {
    const all = fc.sample(documents, {numRuns: runs(60, 500), seed: 1})
    const missed: object[] = []
    for (const schema of all) {
      if ((await tried(schema, 1)) !== 'SCHEMA_NOT_SAMPLED') continue
      const isValid = validatorOf(schema)
      const maker = new ValueMaker(schema as Record<string, unknown>, drawFrom(1))
      if (Array.from({length: 100}, () => maker.value()).some(isValid)) missed.push(schema)
    }
    expect(missed).toEqual([])
  })
})

const name = {type: 'string', minLength: 3, maxLength: 5}
const tree = {
  type: 'object',
  required: ['label', 'children'],
  properties: {label: name, children: {type: 'array', items: {$ref: '#'}}},
}
const shape = (kind: string, more: object) => ({
  type: 'object',
  properties: {kind: {const: kind}, ...more},
  required: ['kind', ...Object.keys(more)],
})

it.each<[string, object]>([
  ['a tree', tree],
  [
    'a list that ends by a union',
    {type: 'object', required: ['next'], properties: {next: {anyOf: [{type: 'null'}, {$ref: '#'}]}}},
  ],
  [
    'options told apart by a member',
    {
      oneOf: [
        shape('circle', {r: {type: 'number', exclusiveMinimum: 0}}),
        shape('box', {w: {type: 'integer'}}),
      ],
    },
  ],
  [
    'parts put together',
    {allOf: [shape('a', {n: {minimum: 3}}), {properties: {n: {type: 'integer', maximum: 4}}}]},
  ],
  ['a pattern', {type: 'string', pattern: '^[A-Z]{3}-\\d{4}$'}],
  ['a pattern with lengths', {type: 'string', pattern: '^[a-z]+$', minLength: 4, maxLength: 6}],
  [
    'names by a pattern',
    {
      type: 'object',
      patternProperties: {'^x-[a-z]+$': {type: 'integer'}},
      additionalProperties: false,
      minProperties: 2,
    },
  ],
  ['a map', {type: 'object', additionalProperties: name, minProperties: 1}],
  [
    'names by a rule',
    {
      type: 'object',
      propertyNames: {pattern: '^[a-f]{2}$'},
      additionalProperties: {type: 'boolean'},
      minProperties: 2,
    },
  ],
  [
    'members that need each other',
    {
      type: 'object',
      properties: {a: name, b: name, c: name},
      dependentRequired: {a: ['b'], b: ['c']},
      minProperties: 1,
    },
  ],
  [
    'a condition',
    {
      type: 'object',
      properties: {plan: {enum: ['free', 'paid']}},
      required: ['plan'],
      if: {properties: {plan: {const: 'paid'}}},
      then: {required: ['price'], properties: {price: {type: 'number', minimum: 1}}},
    },
  ],
  ['each once', {type: 'array', items: {enum: ['a', 'b', 'c']}, uniqueItems: true, minItems: 3}],
  [
    'a place each',
    {type: 'array', prefixItems: [{type: 'string'}, {type: 'integer'}], items: false, minItems: 2},
  ],
  ['contains', {type: 'array', items: {type: 'integer'}, contains: {minimum: 500}, minContains: 2}],
  ['steps', {type: 'number', multipleOf: 0.05, minimum: 1, maximum: 2}],
  [
    'steps of two kinds',
    {allOf: [{type: 'integer', multipleOf: 4}, {multipleOf: 6}], minimum: -20, maximum: 40},
  ],
  ['64 bits', {type: 'integer', minimum: -9223372036854775808n, maximum: 9223372036854775807n}],
  ['below zero', {type: 'number', exclusiveMaximum: -5}],
  ['far away', {type: 'integer', minimum: 5_000_000_000, maximum: 5_000_000_010}],
])('makes %s', async (_, schema) => {
  const found = await samples(schema, 60)
  const plain = JSON.parse(
    JSON.stringify(schema, (_key, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)),
  ) as object
  const isValid = validatorOf(plain)
  expect(found.filter((value) => !isValid(value))).toEqual([])
  expect(new Set(found.map((value) => JSON.stringify(value))).size).toBeGreaterThan(1)
})

it.each([
  ...[
    'date-time',
    'date',
    'time',
    'duration',
    'uuid',
    'email',
    'hostname',
    'ipv4',
    'ipv6',
    'uri',
    'uri-reference',
  ],
  ...[
    'uri-template',
    'json-pointer',
    'json-pointer-uri-fragment',
    'relative-json-pointer',
    'regex',
    'byte',
    'url',
  ],
])('makes texts of the format %s', async (format) => {
  const found = await samples({type: 'string', format}, 30)
  expect(found.filter((text) => !validatorOf({format})(text))).toEqual([])
  expect(new Set(found).size).toBeGreaterThan(1)
})

it('makes events of the source and the detail type that the schema is about', async () => {
  const text = {type: 'string'}
  const properties = {source: text, 'detail-type': text, detail: {type: 'object'}}
  const about = {'x-amazon-events-source': 'shop', 'x-amazon-events-detail-type': 'Order Placed'}
  for (const event of await samples(
    {type: 'object', required: Object.keys(properties), properties, ...about},
    5,
  ))
    expect(event).toMatchObject({source: 'shop', 'detail-type': 'Order Placed'})
})

it('takes what the schema shows as examples', async () => {
  const found = await samples({type: 'string', examples: ['EUR', 'USD']}, 30)
  expect(found).toEqual(expect.arrayContaining(['EUR', 'USD']))
})

it('ends for definitions that name each other twice', async () => {
  const twice = (i: number) => ({allOf: [{$ref: `#/$defs/D${i}`}, {$ref: `#/$defs/D${i}`}]})
  const names = Array.from({length: 40}, (_, i) => [`D${i}`, i < 39 ? {properties: {a: twice(i + 1)}} : {}])
  const schema = {type: 'object', ...twice(0), $defs: Object.fromEntries(names) as object}
  expect(await samples(schema, 3)).toHaveLength(3)
})

it.each<[string, object]>([
  ['allows nothing', {not: {}}],
  ['never ends, and doubles', {type: 'array', items: {$ref: '#'}, minItems: 2}],
  [
    'contradicts itself',
    {type: 'object', required: ['a'], properties: {a: {type: 'integer', minimum: 3, maximum: 2}}},
  ],
])('refuses a schema that %s', async (_, schema) => {
  const sampler = await samplerOf(schema)
  expect(() => sampler.next()).toThrow(expect.objectContaining({code: 'SCHEMA_NOT_SAMPLED'}) as Error)
})
