import {openApiFromJsonSchema} from '../../../src/lib/schema-model/openapi-from-json-schema'
import {validatorOfOpenApi} from './validator'

function convert(schema: object, title = 'Order') {
  return openApiFromJsonSchema(schema as Record<string, unknown>, {title, version: '3.0.0'})
}

function root(schema: object): unknown {
  return convert(schema).document.components.schemas.Order
}

describe('openApiFromJsonSchema', () => {
  it('makes components of the schema, its definitions and what refers to itself', () => {
    const {document, losses} = convert({
      $schema: 'http://json-schema.org/draft-04/schema#',
      id: 'urn:order',
      title: 'An order',
      type: 'object',
      required: ['lines'],
      properties: {lines: {type: 'array', items: {$ref: '#/definitions/line'}}, parent: {$ref: '#'}},
      definitions: {
        line: {type: 'object', properties: {sku: {type: ['string', 'null']}}},
        unused: {type: 'integer'},
      },
    })

    expect(losses).toEqual([])
    expect(document).toEqual({
      openapi: '3.0.3',
      info: {version: '3.0.0', title: 'Order'},
      paths: {},
      components: {
        schemas: {
          Order: {
            type: 'object',
            title: 'An order',
            required: ['lines'],
            properties: {
              lines: {type: 'array', items: {$ref: '#/components/schemas/line'}},
              parent: {$ref: '#/components/schemas/Order'},
            },
          },
          line: {type: 'object', properties: {sku: {type: 'string', nullable: true}}},
          unused: {type: 'integer'},
        },
      },
    })
  })

  it('makes a component of any other place that is referred to', () => {
    const {components} = convert({
      properties: {from: {type: 'object'}, to: {$ref: '#/properties/from'}},
    }).document

    expect(components.schemas).toEqual({
      Order: {properties: {from: {type: 'object'}, to: {$ref: '#/components/schemas/from'}}},
      from: {type: 'object'},
    })
  })

  it.each([
    [
      'several types',
      {type: ['string', 'integer', 'null']},
      {anyOf: [{type: 'string', nullable: true}, {type: 'integer'}]},
    ],
    ['null alone', {type: 'null'}, {type: 'string', nullable: true, enum: [null]}],
    ['an array without items', {type: 'array'}, {type: 'array', items: {}}],
    ['const', {const: 7}, {enum: [7]}],
    ['an exclusive bound as a number', {exclusiveMinimum: 3}, {minimum: 3, exclusiveMinimum: true}],
    ['both bounds', {minimum: 5, exclusiveMinimum: 3}, {minimum: 5}],
    [
      'an exclusive bound as a mark',
      {maximum: 3, exclusiveMaximum: true},
      {maximum: 3, exclusiveMaximum: true},
    ],
    ['examples', {type: 'string', examples: ['a', 'b']}, {type: 'string', example: 'a'}],
    [
      'types beside anyOf',
      {type: ['string', 'number'], anyOf: [{minLength: 1}]},
      {allOf: [{anyOf: [{type: 'string'}, {type: 'number'}]}, {anyOf: [{minLength: 1}]}]},
    ],
    [
      'what only newer drafts say beside a reference',
      {
        $schema: 'http://json-schema.org/draft-07/schema#',
        $ref: '#/definitions/a',
        type: 'string',
        definitions: {a: {}},
      },
      {$ref: '#/components/schemas/a'},
    ],
  ])('writes %s', (_what, schema, expected) => {
    expect(root(schema)).toEqual(expected)
  })

  it('keeps what stands beside a reference since draft 2019-09', () => {
    const schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $ref: '#/$defs/a',
      description: 'd',
      $defs: {a: {type: 'string'}},
    }

    expect(root(schema)).toEqual({allOf: [{$ref: '#/components/schemas/a'}, {description: 'd'}]})
  })

  it('names what it leaves out, and never forbids what the schema allowed', () => {
    const {document, losses} = convert({
      type: 'object',
      patternProperties: {'^x': {type: 'integer'}},
      additionalProperties: false,
      properties: {pair: {type: 'array', items: [{type: 'string'}, {type: 'number'}]}},
      dependencies: {a: ['b']},
    })

    expect(losses).toEqual(['dependencies', 'items by position', 'patternProperties'])
    expect(validatorOfOpenApi(document)({x1: 1, pair: ['a', 1]})).toBe(true)
  })

  it.each([
    ['another document', 'http://example.com/a.json', 'SCHEMA_EXTERNAL_REFERENCE'],
    ['a definition that is missing', '#/definitions/no', 'SCHEMA_BROKEN_REFERENCE'],
    ['a malformed escape', '#/definitions/%zz', 'SCHEMA_BROKEN_REFERENCE'],
    ['an anchor', '#place', 'SCHEMA_EXTERNAL_REFERENCE'],
  ])('refuses a reference to %s', (_what, $ref, code) => {
    expect(() => convert({properties: {a: {$ref}}})).toThrow(expect.objectContaining({code, kind: 'usage'}))
  })

  it('follows a chain of thousands of definitions', () => {
    const definitions = Object.fromEntries(
      Array.from({length: 5000}, (_, i) => [
        `d${i}`,
        i < 4999 ? {$ref: `#/definitions/d${i + 1}`} : {type: 'string'},
      ]),
    )

    const {schemas} = convert({$ref: '#/definitions/d0', definitions}).document.components

    expect(Object.keys(schemas)).toHaveLength(5001)
    expect(schemas.d4999).toEqual({type: 'string'})
  })
})
