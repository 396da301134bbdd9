import fc, {runs} from '../../../_helpers/properties'
import {fieldsOf, maxFields} from '../../../../src/lib/schema-model/fields/fields-of'
import {OpError} from '../../../../src/lib/core/errors'
import {readSchemaDocument} from '../../../../src/lib/schema-model/schema-document'
import {arbitrarySchema} from '../arbitrary-schema'

const fields = (schema: unknown) => fieldsOf(readSchemaDocument(schema, {name: 'case'}))
/** `path: type (format)! rules` */
const texts = (schema: unknown) =>
  fields(schema).map(({path, type, format, required, rules, like}) =>
    [
      `${path}${required ? '!' : ''}`,
      type,
      format && `(${format})`,
      rules && `[${rules}]`,
      like && `like ${like}`,
    ]
      .filter((part) => part !== undefined)
      .join(' '),
  )
const object = (properties: object, required: string[] = []) => ({type: 'object', properties, required})

it.each<[string, unknown, string[]]>([
  [
    'members with format and rules',
    object({id: {type: 'string', format: 'uuid'}, n: {type: 'integer', minimum: 1, maximum: 5}}, ['id']),
    ['id! string (uuid)', 'n integer [at least 1, at most 5]'],
  ],
  ['objects inside', object({a: object({b: {type: 'boolean'}}, ['b'])}), ['a object', 'a.b! boolean']],
  [
    'arrays of scalars in one line',
    object({tags: {type: 'array', items: {type: 'string'}}}),
    ['tags array of string'],
  ],
  [
    'elements with members',
    object({lines: {type: 'array', items: object({sku: {type: 'string'}}, ['sku'])}}),
    ['lines array of object', 'lines[]! object', 'lines[].sku! string'],
  ],
  [
    'maps',
    object({labels: {type: 'object', additionalProperties: {type: 'integer'}}}),
    ['labels object', 'labels.* integer'],
  ],
  [
    'names by a pattern',
    object({x: {patternProperties: {'^a': {type: 'null'}}}}),
    ['x object', 'x./^a/ null'],
  ],
  ['several types', object({v: {type: ['string', 'null']}}), ['v string | null']],
  [
    'unions',
    object({v: {anyOf: [{type: 'integer'}, {type: 'string', format: 'date'}]}}),
    ['v integer | string'],
  ],
  [
    'options with members of their own',
    {oneOf: [object({k: {const: 'a'}, r: {type: 'number'}}, ['k', 'r']), object({k: {const: 'b'}}, ['k'])]},
    ['k! string', 'r number'],
  ],
  [
    'what is put together',
    {allOf: [object({a: {type: 'string'}}, ['a']), object({a: {minLength: 2}, b: {}})]},
    ['a! string [at least 2 characters]', 'b any'],
  ],
  [
    'circles once',
    object({name: {type: 'string'}, parent: {$ref: '#'}}),
    ['name string', 'parent object like $'],
  ],
  [
    'circles of definitions',
    {...object({first: {$ref: '#/$defs/N'}}), $defs: {N: object({next: {$ref: '#/$defs/N'}})}},
    ['first object', 'first.next object like first'],
  ],
  [
    'a definition in two places',
    {...object({a: {$ref: '#/$defs/N'}, b: {$ref: '#/$defs/N'}}), $defs: {N: object({x: {type: 'null'}})}},
    ['a object', 'a.x null', 'b object', 'b.x null'],
  ],
  ['choices', object({c: {enum: ['a', 'b', null]}}), ['c string | null [one of "a", "b", null]']],
  ['what is required and not described', object({}, ['ghost']), ['ghost! any']],
  ['what may not be there', object({old: false}), ['old nothing']],
  ['a schema of a text', {type: 'string', pattern: '^x'}, ['$! string [matches ^x]']],
  [
    'bounds with all their digits',
    object({n: {maximum: 9223372036854775807n}}),
    ['n any [at most 9223372036854775807]'],
  ],
])('shows %s', (_, schema, expected) => {
  expect(texts(schema)).toEqual(expected)
})

it('shows a huge schema in part', () => {
  const names = Array.from({length: 10_000}, (_, i) => [`p${i}`, {type: 'string'}])
  expect(fields({type: 'object', properties: Object.fromEntries(names) as object})).toHaveLength(maxFields)
})

it.each(['anyOf', 'allOf'])('ends for definitions that name each other twice in %s', (keyword) => {
  const twice = (i: number) => ({
    [keyword]: [{$ref: `#/$defs/D${i}`}, {$ref: `#/$defs/D${i}`, title: 'again'}],
  })
  const names = Array.from({length: 40}, (_, i) => [
    `D${i}`,
    i < 39 ? twice(i + 1) : {properties: {a: {type: 'null'}}},
  ])
  expect(fields({...twice(0), $defs: Object.fromEntries(names) as object})).toEqual(expect.any(Array))
})

it('ends for any schema', () => {
  fc.assert(
    fc.property(arbitrarySchema, (schema) => {
      try {
        for (const {path, type} of fields(schema)) expect([path, type]).not.toContain('')
      } catch (error) {
        if (!(error instanceof OpError)) throw error
      }
    }),
    {numRuns: runs(60, 500)},
  )
})
