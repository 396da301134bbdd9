import fc from '../../../_helpers/properties'

const names = ['a', 'b', 'c', 'xa'] as const
const scalars = [null, true, false, 0, 1, 2, 2.5, 'a', 'ab', '2026-01-01'] as const

/** One keyword with a value, or several that belong together. */
type Part = Record<string, unknown>

const count = fc.nat(3)
const limit = fc.constantFrom(-1, 0, 0.5, 1, 2, 5)
const parts = (sub: fc.Arbitrary<unknown>): fc.Arbitrary<Part>[] => [
  fc.record({type: fc.constantFrom('null', 'boolean', 'integer', 'number', 'string', 'array', 'object')}),
  fc.record({
    type: fc.uniqueArray(fc.constantFrom('null', 'boolean', 'integer', 'number', 'string', 'object'), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
  fc.record({enum: fc.uniqueArray(fc.constantFrom(...scalars), {minLength: 1, maxLength: 4})}),
  fc.record({const: fc.constantFrom(...scalars)}),
  fc.record({minimum: limit}),
  fc.record({exclusiveMinimum: limit}),
  fc.record({maximum: limit}),
  fc.record({exclusiveMaximum: limit}),
  fc.record({multipleOf: fc.constantFrom(0.5, 1, 2, 3)}),
  fc.record({minLength: count}),
  fc.record({maxLength: count}),
  fc.record({pattern: fc.constantFrom('^a', 'b$', '^[a-c]+$', '^\\d{4}-')}),
  fc.record({
    format: fc.constantFrom(
      'date',
      'date-time',
      'uuid',
      'ipv4',
      'email',
      'int32',
      'int64',
      'double',
      'odd',
      'password',
    ),
  }),
  fc.record({minItems: count}),
  fc.record({maxItems: count}),
  fc.record({uniqueItems: fc.boolean()}),
  fc.record({items: sub}),
  fc.record({prefixItems: fc.array(sub, {minLength: 1, maxLength: 2})}),
  fc.record({contains: sub}),
  fc.record({minProperties: count}),
  fc.record({maxProperties: count}),
  fc.record({required: fc.uniqueArray(fc.constantFrom(...names), {minLength: 1, maxLength: 2})}),
  fc.record({properties: fc.dictionary(fc.constantFrom(...names), sub, {minKeys: 1, maxKeys: 3})}),
  fc.record({additionalProperties: sub}),
  fc.record({patternProperties: fc.dictionary(fc.constantFrom('^x', 'a$'), sub, {minKeys: 1, maxKeys: 2})}),
  fc.record({propertyNames: fc.constantFrom({maxLength: 1}, {pattern: '^[a-c]'}, {enum: ['a', 'b']})}),
  fc.record({
    dependentRequired: fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom(['c'], ['a', 'b']), {
      minKeys: 1,
      maxKeys: 1,
    }),
  }),
  fc.record({anyOf: fc.array(sub, {minLength: 1, maxLength: 3})}),
  fc.record({oneOf: fc.array(sub, {minLength: 1, maxLength: 3})}),
  fc.record({allOf: fc.array(sub, {minLength: 1, maxLength: 2})}),
  fc.record({not: sub}),
  fc.record({if: sub, then: sub}),
  fc.record({dependentSchemas: fc.dictionary(fc.constantFrom('a', 'b'), sub, {minKeys: 1, maxKeys: 1})}),
  fc.record({unevaluatedProperties: fc.constant(false)}),
  fc.record({$ref: fc.constantFrom('#/$defs/D', '#/$defs/E', '#')}),
]

/** An object type as people write them. */
const ordinary = (sub: fc.Arbitrary<unknown>): fc.Arbitrary<Part> =>
  fc
    .record({
      properties: fc.dictionary(fc.constantFrom(...names), sub, {minKeys: 1, maxKeys: 3}),
      required: fc.subarray(['a', 'b']),
      additionalProperties: fc.option(fc.oneof(fc.boolean(), sub), {nil: undefined}),
    })
    .map((schema) => ({type: 'object', ...(JSON.parse(JSON.stringify(schema)) as Part)}))

/** Schemas of a few keywords each, up to four levels deep. */
export const schemas: fc.Arbitrary<unknown> = fc.letrec<{schema: unknown}>((tie) => ({
  schema: fc.oneof(
    {maxDepth: 3, depthSize: 'small'},
    {weight: 1, arbitrary: fc.constantFrom<unknown>(true, false, {})},
    {
      weight: 3,
      arbitrary: fc.constantFrom<unknown>(
        {type: 'string'},
        {type: 'integer'},
        {type: 'number'},
        {type: 'boolean'},
      ),
    },
    {
      weight: 4,
      arbitrary: fc
        .array(fc.oneof(...parts(tie('schema'))), {minLength: 1, maxLength: 3})
        .map((all) => Object.assign({}, ...all) as Part),
    },
    {weight: 4, arbitrary: ordinary(tie('schema'))},
  ),
})).schema

/** One change somewhere in a schema: a keyword put in, put in the place of another, or taken out. */
const edits = fc.record({
  at: fc.nat(30),
  put: fc.option(
    fc.oneof(
      ...parts(
        fc.constantFrom<unknown>(
          true,
          {type: 'string'},
          {type: 'integer'},
          {type: 'object', properties: {a: {type: 'string'}}},
        ),
      ),
    ),
    {nil: undefined, freq: 2},
  ),
  drop: fc.option(fc.nat(5), {nil: undefined, freq: 2}),
})

/** Every schema inside a value, itself included: anything that is an object counts, which is wrong often enough to be of use. */
function objectsIn(value: unknown): Part[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn)
  if (typeof value !== 'object' || value === null) return []
  return [
    value as Part,
    ...Object.entries(value).flatMap(([key, member]) =>
      key === 'enum' || key === 'const' ? [] : objectsIn(member),
    ),
  ]
}

function edited(
  schema: unknown,
  changes: readonly {at: number; put: Part | undefined; drop: number | undefined}[],
): unknown {
  const copy = structuredClone(schema)
  for (const {at, put, drop} of changes) {
    const places = objectsIn(copy).filter(isSchema)
    const place = places[at % Math.max(places.length, 1)]
    if (!place) continue
    const key = drop === undefined ? undefined : Object.keys(place)[drop]
    if (key !== undefined) Reflect.deleteProperty(place, key)
    Object.assign(place, structuredClone(put))
  }
  return copy
}

const keywords = new Set([
  'type',
  'properties',
  'items',
  'anyOf',
  'oneOf',
  'enum',
  'required',
  '$ref',
  'minLength',
  'minimum',
  'additionalProperties',
])

/** Tells a schema from a map of schemas by its keys. */
function isSchema(value: Part): boolean {
  return Object.keys(value).some((key) => keywords.has(key))
}

/** A document with two definitions that its schema may refer to. */
const documents = fc.record({root: schemas, D: schemas, E: schemas})

/** Two documents of which the second is the first with a few changes, or another one altogether. */
export const pairs = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .tuple(documents, fc.array(edits, {minLength: 1, maxLength: 3}))
      .map(([old, changes]) => ({old, next: edited(old, changes) as typeof old})),
  },
  {weight: 1, arbitrary: fc.record({old: documents, next: documents})},
)

/** A schema and the two definitions that it may refer to. */
export interface Parts {
  root: unknown
  D: unknown
  E: unknown
}

/** The document as one schema. */
export function asDocument({root, D, E}: Parts): Record<string, unknown> {
  const schema = root === true ? {} : root === false ? {not: {}} : (root as Part)
  return {...schema, $defs: {D, E}}
}
