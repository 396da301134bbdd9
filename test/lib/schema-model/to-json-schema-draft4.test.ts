import {inferShape} from '../../../src/lib/schema-model/infer'
import {toJsonSchemaDraft4} from '../../../src/lib/schema-model/to-json-schema-draft4'
import {toOpenApi} from '../../../src/lib/schema-model/to-openapi'
import {meteredEvent} from './usage-like-event'

describe('toJsonSchemaDraft4', () => {
  it('puts the event at the top and every other component under definitions', () => {
    const document = toOpenApi({
      source: 'com.example.billing',
      detailType: 'Usage Metered',
      shape: inferShape([meteredEvent]),
    })

    const schema = toJsonSchemaDraft4(document)

    expect(Object.keys(schema)).toEqual([
      '$schema',
      'title',
      'definitions',
      'type',
      'required',
      'x-amazon-events-detail-type',
      'x-amazon-events-source',
      'properties',
    ])
    expect(schema).toMatchObject({
      $schema: 'http://json-schema.org/draft-04/schema#',
      title: 'UsageMetered',
      'x-amazon-events-source': 'com.example.billing',
      properties: {detail: {$ref: '#/definitions/UsageMetered'}, time: {type: 'string', format: 'date-time'}},
    })
    expect(Object.keys(schema.definitions as object)).toEqual(['UsageMetered', 'UsageMeteredItem', 'Tenant'])
  })

  it('writes nullable as a second type and drops what only OpenAPI knows', () => {
    const document = {
      info: {title: 'Order'},
      components: {
        schemas: {
          Order: {
            type: 'object',
            discriminator: {propertyName: 'kind'},
            properties: {
              note: {type: 'string', nullable: true, example: 'x', deprecated: true},
              nullable: {type: 'boolean'},
              parent: {$ref: '#/components/schemas/Order'},
            },
            additionalProperties: {type: 'integer', nullable: true},
          },
        },
      },
    }

    expect(toJsonSchemaDraft4(document)).toEqual({
      $schema: 'http://json-schema.org/draft-04/schema#',
      title: 'Order',
      definitions: {
        Order: {
          type: 'object',
          properties: {
            note: {type: ['string', 'null']},
            nullable: {type: 'boolean'},
            parent: {$ref: '#/definitions/Order'},
          },
          additionalProperties: {type: ['integer', 'null']},
        },
      },
      type: 'object',
      properties: {
        note: {type: ['string', 'null']},
        nullable: {type: 'boolean'},
        parent: {$ref: '#/definitions/Order'},
      },
      additionalProperties: {type: ['integer', 'null']},
    })
  })

  it('has definitions alone where no component is the one', () => {
    const schema = toJsonSchemaDraft4({info: {title: 'T'}, components: {schemas: {A: {}, B: {}}}})

    expect(schema).toEqual({
      $schema: 'http://json-schema.org/draft-04/schema#',
      title: 'T',
      definitions: {A: {}, B: {}},
    })
  })

  it('refuses a document that nests too deep to walk', () => {
    const text = `{"components":{"schemas":{"A":${'{"not":'.repeat(2000)}{}${'}'.repeat(2000)}}}}`

    expect(() => toJsonSchemaDraft4(JSON.parse(text))).toThrow('The schema nests deeper than 1000 levels.')
  })
})
