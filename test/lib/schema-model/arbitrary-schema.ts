import fc from '../../_helpers/properties'

/** Names that trouble somebody: identifiers of other languages, paths, prototypes, reserved words, control characters. */
const hostileNames = [
  ...['__proto__', 'constructor', 'toString', 'class', 'string', 'any', 'a/b', '../up', '~1', '%2F', ''],
  ...[
    '$ref',
    'type',
    'properties',
    'default',
    'x-y',
    'a b',
    '1st',
    'é',
    '日本',
    '"quoted"',
    "it's",
    '\u0000',
    '\u2028',
  ],
  ...['*/', '`${x}`', 'new', 'readonly', 'get'],
]

export const anyName = fc.oneof(
  {weight: 2, arbitrary: fc.stringMatching(/^[a-z][A-Za-z0-9]{0,8}$/)},
  fc.constantFrom(...hostileNames),
  fc.string({unit: 'binary', maxLength: 6}),
)

const count = fc.nat({max: 5})
const bound = fc.oneof(fc.integer({min: -100, max: 100}), fc.double({min: -5, max: 5, noNaN: true}))
const scalar = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double({noNaN: true, noDefaultInfinity: true}),
  fc.boolean(),
  fc.constant(null),
)
const value = fc.jsonValue({maxDepth: 2})
const types = ['string', 'integer', 'number', 'boolean', 'null', 'array', 'object']
const patterns = ['^a', '\\d+', 'x|y', '[^/]$']

const notes = {
  title: fc.string(),
  description: fc.oneof(fc.string(), fc.constant('ends */ here\n@deprecated \u2028 next')),
  default: value,
  examples: fc.array(value, {maxLength: 2}),
  deprecated: fc.boolean(),
  readOnly: fc.boolean(),
  'x-note': value,
}

/** Keywords of 2020-12 that hold no schemas. */
const plainKeywords = {
  ...notes,
  type: fc.oneof(
    fc.constantFrom(...types),
    fc.uniqueArray(fc.constantFrom(...types), {minLength: 1, maxLength: 3}),
  ),
  format: fc.constantFrom('date-time', 'uuid', 'int64', 'nobody-knows'),
  enum: fc.uniqueArray(scalar, {
    minLength: 1,
    maxLength: 3,
    comparator: (a, b) => Object.is(a, b) || a === b,
  }),
  const: value,
  minimum: bound,
  maximum: bound,
  exclusiveMinimum: bound,
  exclusiveMaximum: bound,
  multipleOf: fc.constantFrom(1, 0.5, 3),
  minLength: count,
  maxLength: count,
  pattern: fc.constantFrom(...patterns),
  minItems: count,
  maxItems: count,
  uniqueItems: fc.boolean(),
  minProperties: count,
  maxProperties: count,
  required: fc.uniqueArray(anyName, {minLength: 1, maxLength: 3}),
  dependentRequired: fc.dictionary(anyName, fc.uniqueArray(anyName, {maxLength: 2}), {maxKeys: 2}),
  minContains: fc.nat({max: 2}),
  maxContains: fc.nat({max: 2}),
}

interface Schemas {
  schema: unknown
}

const {schema} = fc.letrec<Schemas>((tie) => {
  const inner = tie('schema')
  const list = fc.array(inner, {minLength: 1, maxLength: 3})
  const map = fc.dictionary(anyName, inner, {maxKeys: 4})
  const holders = {
    properties: map,
    patternProperties: fc.dictionary(fc.constantFrom(...patterns), inner, {maxKeys: 2}),
    additionalProperties: inner,
    items: inner,
    prefixItems: list,
    allOf: list,
    anyOf: list,
    oneOf: list,
    not: inner,
    if: inner,
    then: inner,
    else: inner,
    contains: inner,
    propertyNames: inner,
    dependentSchemas: fc.dictionary(anyName, inner, {maxKeys: 2}),
    unevaluatedProperties: inner,
    unevaluatedItems: inner,
  }
  return {
    schema: fc.oneof(
      {depthSize: 'small', withCrossShrink: true},
      fc.boolean(),
      keywordsOf(plainKeywords),
      keywordsOf({...plainKeywords, ...holders}),
    ),
  }
})

/** At most five keywords: more of them contradict each other, and nothing is valid any more. */
function keywordsOf(keywords: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<object> {
  const entries = Object.entries(keywords).map(([key, member]) => fc.tuple(fc.constant(key), member))
  return fc.array(fc.oneof(...entries), {maxLength: 5}).map((list) => Object.fromEntries(list))
}

/** References are put where a schema stands in a member, so that most of them can end. */
function withReferences(schema: unknown, names: readonly string[], pick: () => number): unknown {
  if (typeof schema !== 'object' || schema === null) return schema
  const {properties, items} = schema as {properties?: Record<string, unknown>; items?: unknown}
  const refer = (child: unknown) => {
    const place = pick() % (names.length * 2 + 3)
    if (place === names.length) return {$ref: '#'}
    const name = names[place]
    return name === undefined ? child : {$ref: `#/$defs/${pointerOf(name)}`}
  }
  return {
    ...schema,
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(properties).map(([key, child]) => [key, refer(child)]),
          ),
        }),
    ...(items === undefined ? {} : {items: refer(items)}),
  }
}

function pointerOf(name: string): string {
  const step = name.replaceAll('~', '~0').replaceAll('/', '~1')
  try {
    return encodeURIComponent(step)
  } catch {
    return step
  }
}

/** Schemas of 2020-12 with definitions that refer to each other, under any names. */
export const arbitrarySchema = fc
  .record({
    root: schema,
    definitions: fc.dictionary(anyName, schema, {maxKeys: 3}),
    picks: fc.array(fc.nat({max: 100}), {minLength: 8, maxLength: 8}),
  })
  .map(({root, definitions, picks}) => {
    const names = Object.keys(definitions)
    let picked = 0
    const pick = () => picks[picked++ % picks.length] ?? 0
    const change = (one: unknown) => withReferences(one, names, pick)
    const top = change(root)
    return {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      ...(typeof top === 'object' ? top : top === false ? {not: {}} : {}),
      $defs: Object.fromEntries(Object.entries(definitions).map(([name, one]) => [name, change(one)])),
    }
  })
