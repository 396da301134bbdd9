import fc from '../../../_helpers/properties'
import {compileSchema} from '../../../../src/lib/schema-model/check/schema-check'
import {readSchemaDocument} from '../../../../src/lib/schema-model/schema-document'

const check = (schema: unknown) => compileSchema(readSchemaDocument(schema, {name: 'case'}))
const texts = (schema: unknown, value: unknown) =>
  check(schema)(value).map(({path, message, seen}) =>
    [path, message, ...(seen === undefined ? [] : [seen])].join(' | '),
  )

it.each<[string, unknown, unknown, string[]]>([
  ['a type', {properties: {a: {type: 'string'}}}, {a: 7}, ['a | must be string | 7']],
  ['what is missing', {properties: {a: {required: ['b']}}}, {a: {}}, ['a.b | is missing']],
  [
    'what should not be there',
    {additionalProperties: false},
    {x: 1},
    ['x | is not a member that the schema knows | 1'],
  ],
  [
    'elements without their positions',
    {properties: {l: {items: {type: 'object', required: ['sku']}}}},
    {l: [{}, {}]},
    ['l[].sku | is missing'],
  ],
  [
    'a member whose name is a number',
    {properties: {'0': {type: 'string'}}},
    {'0': 1},
    ['0 | must be string | 1'],
  ],
  [
    'a name that is no word',
    {properties: {'a b': {type: 'string'}}},
    {'a b': 1},
    ['$["a b"] | must be string | 1'],
  ],
  ['the whole', {type: 'object'}, [1, 2], ['$ | must be object | array of 2']],
  ['choices', {enum: ['a', 'b']}, 'c', ['$ | must be one of "a", "b" | "c"']],
  [
    'a union as one',
    {anyOf: [{type: 'string'}, {type: 'object', required: ['z']}]},
    5,
    ['$ | matches none of the options | 5'],
  ],
  [
    'more than one option',
    {oneOf: [{type: 'integer'}, {minimum: 1}]},
    5,
    ['$ | matches more than one option | 5'],
  ],
  ['a format', {format: 'uuid'}, 'x', ['$ | must match format "uuid" | "x"']],
  [
    'a long text in short',
    {maxLength: 1},
    'y'.repeat(200),
    [`$ | must NOT have more than 1 characters | "${'y'.repeat(59)}...`],
  ],
  [
    'a name',
    {propertyNames: {maxLength: 1}},
    {long: 1},
    ['$ | the name "long" must NOT have more than 1 characters | object of 1'],
  ],
  ['members of prototypes as missing', {required: ['toString']}, {}, ['toString | is missing']],
])('names %s', (_, schema, value, expected) => {
  expect(texts(schema, value)).toEqual(expected)
})

it('tells of values that are nested too deep to be looked at', () => {
  const tree = check({type: 'object', properties: {a: {$ref: '#'}}})
  const deep = JSON.parse(`${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`) as unknown
  expect(tree(deep)).toEqual([{path: '$', rule: 'depth', message: 'nests deeper than can be checked'}])
})

it('answers for any JSON value without failing', () => {
  const any = check({
    properties: {a: {type: 'string'}},
    items: {type: 'object'},
    additionalProperties: {type: 'integer'},
  })
  fc.assert(
    fc.property(fc.jsonValue(), (value) =>
      any(value).every(({path, message}) => path !== '' && message !== ''),
    ),
  )
})
