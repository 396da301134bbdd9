import Ajv2020 from 'ajv/dist/2020'
import addFormats from 'ajv-formats'
import {detailOf, readSchemaDocument} from '../../../src/lib/schema-model/schema-document'
import {inferShape} from '../../../src/lib/schema-model/infer'
import {toOpenApi} from '../../../src/lib/schema-model/to-openapi'
import {parseExact, stringifyExact} from '../../../src/lib/core/json'
import {meteredEvent, usageEvent} from './usage-like-event'

const about = {name: 'order'}

function read(document: object, facts: object = {}) {
  return readSchemaDocument(document, {...about, ...facts})
}

function check(schema: object, value: unknown): boolean {
  const ajv = addFormats(new Ajv2020({strict: false, validateFormats: true}))
  return ajv.validate(schema, value)
}

/** The parts of a schema that a test is about. */
function body(schema: object): object {
  const {$schema, ...rest} = schema as Record<string, unknown>
  expect($schema).toBe('https://json-schema.org/draft/2020-12/schema')
  return rest
}

const line = {type: 'object', properties: {sku: {type: 'string'}}}

describe('readSchemaDocument', () => {
  it('reads a discovered document: the event at the top, everything else as definitions', () => {
    const document = toOpenApi({
      source: 'com.example.billing',
      detailType: 'Usage Metered',
      shape: inferShape([meteredEvent]),
    })

    const found = read(document, {name: 'com.example.billing@UsageMetered', version: '3'})

    expect(found).toMatchObject({
      name: 'com.example.billing@UsageMetered',
      version: '3',
      title: 'UsageMetered',
      component: 'AWSEvent',
      source: 'com.example.billing',
      detailType: 'Usage Metered',
    })
    expect(found.schema).toMatchObject({properties: {detail: {$ref: '#/$defs/UsageMetered'}}})
    expect(Object.keys(found.schema.$defs as object)).toEqual(['UsageMetered', 'UsageMeteredItem', 'Tenant'])
    expect(check(found.schema, meteredEvent)).toBe(true)
    expect(check(found.schema, {...meteredEvent, detail: {}})).toBe(false)
  })

  it.each<[string, object, object]>([
    [
      'OpenAPI 3.0',
      {
        openapi: '3.0.1',
        info: {title: 'Order'},
        components: {
          schemas: {
            Order: {
              type: 'object',
              nullable: true,
              properties: {
                lines: {type: 'array', items: {$ref: '#/components/schemas/Line', minItems: 5}},
                price: {type: 'number', minimum: 0, exclusiveMinimum: true, example: 7},
              },
            },
            Line: line,
          },
        },
      },
      {
        type: ['object', 'null'],
        properties: {
          lines: {type: 'array', items: {$ref: '#/$defs/Line'}},
          price: {type: 'number', exclusiveMinimum: 0, examples: [7]},
        },
        $defs: {Line: line},
      },
    ],
    [
      'OpenAPI 3.1',
      {
        openapi: '3.1.0',
        info: {title: 'API'},
        components: {schemas: {Order: {$ref: '#/components/schemas/Line', description: 'd'}, Line: line}},
      },
      {$ref: '#/$defs/Line', description: 'd', $defs: {Line: line}},
    ],
    [
      'Swagger 2.0',
      {
        swagger: '2.0',
        definitions: {
          Order: {
            discriminator: 'kind',
            properties: {kind: {type: 'string', 'x-nullable': true}, line: {$ref: '#/definitions/Line'}},
          },
          Line: line,
        },
      },
      {
        discriminator: {propertyName: 'kind'},
        properties: {kind: {type: ['string', 'null']}, line: {$ref: '#/$defs/Line'}},
        $defs: {Line: line},
      },
    ],
    [
      'AsyncAPI 3',
      {asyncapi: '3.0.0', components: {schemas: {Order: {const: 4, examples: [4]}}}},
      {const: 4, examples: [4]},
    ],
    [
      'JSON Schema draft 4',
      {
        $schema: 'http://json-schema.org/draft-04/schema#',
        id: 'http://example.com/order',
        type: 'object',
        required: ['a', 'a'],
        dependencies: {a: ['b'], c: {required: ['d']}},
        properties: {
          pair: {
            type: 'array',
            items: [{type: 'string'}, {$ref: '#/definitions/line'}],
            additionalItems: false,
          },
          up: {$ref: 'http://example.com/order#'},
        },
        definitions: {line},
      },
      {
        type: 'object',
        required: ['a'],
        dependentRequired: {a: ['b']},
        dependentSchemas: {c: {required: ['d']}},
        properties: {
          pair: {type: 'array', prefixItems: [{type: 'string'}, {$ref: '#/$defs/line'}], items: false},
          up: {$ref: '#'},
        },
        $defs: {line},
      },
    ],
    [
      'JSON Schema draft 7 with ids and anchors',
      {
        $schema: 'http://json-schema.org/draft-07/schema#',
        $id: 'http://example.com/order.json',
        properties: {
          line: {$ref: 'line.json'},
          sku: {$ref: 'line.json#sku'},
          other: {$ref: '#/definitions/other~1one', description: 'ignored here'},
        },
        definitions: {
          line: {$id: 'line.json', properties: {sku: {$id: '#sku', type: 'string'}, self: {$ref: '#'}}},
          'other/one': {if: true, then: {const: 1}},
        },
      },
      {
        properties: {
          line: {$ref: '#/$defs/line'},
          sku: {$ref: '#/$defs/sku'},
          other: {$ref: '#/$defs/OtherOne'},
        },
        $defs: {
          line: {properties: {sku: {type: 'string'}, self: {$ref: '#/$defs/line'}}},
          sku: {type: 'string'},
          OtherOne: {if: true, then: {const: 1}},
        },
      },
    ],
    [
      'JSON Schema 2019-09 and 2020-12',
      {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        $dynamicAnchor: 'node',
        properties: {
          next: {$dynamicRef: '#node'},
          back: {$recursiveRef: '#'},
          at: {$ref: '#here', type: 'string'},
        },
        $defs: {a: {$anchor: 'here', minLength: 2}},
        unknown: {$ref: 'nobody'},
        'x-kept': true,
      },
      {
        properties: {next: {$ref: '#'}, back: {$ref: '#'}, at: {$ref: '#/$defs/a', type: 'string'}},
        'x-kept': true,
        $defs: {a: {minLength: 2}},
      },
    ],
  ])('reads %s', (_what, document, expected) => {
    const found = read(document)

    expect(body(found.schema)).toEqual(expected)
    expect(read(found.schema).schema).toEqual(found.schema)
  })

  it('takes the component that is named', () => {
    const document = {openapi: '3.0.0', components: {schemas: {A: {}, B: {type: 'string'}}}}

    expect(read(document).component).toBeUndefined()
    expect(body(read(document).schema)).toEqual({$defs: {A: {}, B: {type: 'string'}}})
    expect(body(read(document, {component: 'B'}).schema)).toEqual({type: 'string', $defs: {A: {}}})
    expect(() => read(document, {component: 'C'})).toThrow(
      expect.objectContaining({code: 'COMPONENT_NOT_FOUND', kind: 'absent', hint: 'There are: A, B.'}),
    )
  })

  it('takes the only component that no other refers to', () => {
    const schemas = {Line: line, Order: {properties: {line: {$ref: '#/components/schemas/Line'}}}}

    expect(read({openapi: '3.0.0', components: {schemas}}).component).toBe('Order')
  })

  it('takes the component that has the words of the title', () => {
    const schemas = {
      MyOrder: {properties: {a: {$ref: '#/components/schemas/MyOrder'}}},
      Line: line,
      Other: {},
    }

    expect(read({openapi: '3.0.0', info: {title: 'my order'}, components: {schemas}}).component).toBe(
      'MyOrder',
    )
  })

  it('reads a schema without a draft as draft 4 where the registry says so', () => {
    const schema = {properties: {a: {$ref: '#/definitions/a', minLength: 3}}, definitions: {a: {}}}

    expect(body(read(schema, {isDraft4: true}).schema)).toMatchObject({properties: {a: {$ref: '#/$defs/a'}}})
    expect(body(read(schema).schema)).toMatchObject({properties: {a: {$ref: '#/$defs/a', minLength: 3}}})
  })

  it('keeps hostile names, digits and references that close a circle', () => {
    const document = parseExact(
      '{"maximum":9223372036854775807,"properties":{"constructor":{"$ref":"#/definitions/a~1b%7E1c"}},' +
        '"definitions":{"a/b/c":{"properties":{"again":{"$ref":"#"}}},"a b c":{}}}',
    ) as object
    const proto = JSON.parse(
      '{"properties":{"__proto__":{"type":"string"}},"definitions":{"__proto__":{"type":"null"}}}',
    ) as object

    expect(stringifyExact(body(read(document).schema))).toBe(
      '{"maximum":9223372036854775807,"properties":{"constructor":{"$ref":"#/$defs/ABC"}},' +
        '"$defs":{"ABC":{"properties":{"again":{"$ref":"#"}}},"ABC_1":{}}}',
    )
    expect(JSON.stringify(body(read(proto).schema))).toBe(
      '{"properties":{"__proto__":{"type":"string"}},"$defs":{"Proto":{"type":"null"}}}',
    )
  })

  it('reads 10,000 properties and a chain of thousands of definitions', () => {
    const many = Object.fromEntries(Array.from({length: 10_000}, (_, i) => [`p${i}`, {type: 'string'}]))
    const chain = Object.fromEntries(
      Array.from({length: 5000}, (_, i) => [
        `d${i}`,
        i < 4999 ? {$ref: `#/definitions/d${i + 1}`} : {type: 'string'},
      ]),
    )

    expect(body(read({properties: many}).schema)).toEqual({properties: many})
    expect(read({$ref: '#/definitions/d0', definitions: chain}).schema.$defs).toHaveProperty('d4999', {
      type: 'string',
    })
  })

  const deep = (levels: number): object => (levels === 0 ? {} : {not: deep(levels - 1)})
  const inPlace = {a: {allOf: [{$ref: '#/$defs/b'}]}, b: {anyOf: [{type: 'string'}, {$ref: '#/$defs/a'}]}}

  it.each<[string, object, string]>([
    ['another document', {properties: {a: {$ref: 'http://example.com/a.json'}}}, 'SCHEMA_EXTERNAL_REFERENCE'],
    ['a file', {properties: {a: {$ref: 'file:///etc/passwd'}}}, 'SCHEMA_EXTERNAL_REFERENCE'],
    ['a path', {properties: {a: {$ref: '../secret.json#/a'}}}, 'SCHEMA_EXTERNAL_REFERENCE'],
    ['a missing definition', {items: {$ref: '#/definitions/no'}}, 'SCHEMA_BROKEN_REFERENCE'],
    ['a malformed escape', {items: {$ref: '#/definitions/%zz'}}, 'SCHEMA_BROKEN_REFERENCE'],
    ['a missing anchor', {items: {$ref: '#place'}}, 'SCHEMA_BROKEN_REFERENCE'],
    ['a reference through a prototype', {items: {$ref: '#/constructor'}}, 'SCHEMA_BROKEN_REFERENCE'],
    [
      'an ambiguous dynamic reference',
      {$defs: {a: {$dynamicAnchor: 'n'}, b: {$dynamicAnchor: 'n', items: {$dynamicRef: '#n'}}}},
      'SCHEMA_DYNAMIC_REFERENCE',
    ],
    ['a schema that is itself', {$ref: '#'}, 'SCHEMA_ENDLESS_REFERENCE'],
    ['schemas that need each other first', {$defs: inPlace}, 'SCHEMA_ENDLESS_REFERENCE'],
    ['too deep a schema', deep(1200), 'SCHEMA_TOO_DEEP'],
    ['no schema at all', {openapi: '3.0.0', paths: {}}, 'SCHEMA_EMPTY'],
    ['OpenAPI 4', {openapi: '4.0.0'}, 'SCHEMA_DIALECT_UNKNOWN'],
    ['draft 3', {$schema: 'http://json-schema.org/draft-03/schema#'}, 'SCHEMA_DIALECT_UNKNOWN'],
    ['a type that nobody knows', {type: 'file'}, 'BAD_SCHEMA'],
    ['a malformed pattern', {pattern: '['}, 'BAD_SCHEMA'],
    ['a malformed pattern for names', {patternProperties: {'[': {}}}, 'BAD_SCHEMA'],
    ['half a character as a name', {properties: {'\ud800': {}}}, 'BAD_SCHEMA'],
    ['half a character that others depend on', {dependencies: {'\udc00': {}}}, 'BAD_SCHEMA'],
    ['a negative length', {minLength: -1}, 'BAD_SCHEMA'],
    ['properties in a list', {properties: []}, 'BAD_SCHEMA'],
    ['a schema that is a number', {properties: {a: 1}}, 'BAD_SCHEMA'],
    ['no choice', {anyOf: []}, 'BAD_SCHEMA'],
    ['a list', [], 'BAD_SCHEMA'],
  ])('refuses %s', (_what, document, code) => {
    expect(() => read(document)).toThrow(expect.objectContaining({code, kind: 'usage'}))
  })

  it('walks 400 levels', () => {
    expect(() => read(deep(400))).not.toThrow()
  })
})

describe('detailOf', () => {
  const document = () =>
    read(toOpenApi({source: 's', detailType: 'api-usage-event', shape: inferShape([usageEvent()])}))

  it('is the schema of the detail alone', () => {
    const detail = detailOf(document())

    expect(detail).toMatchObject({name: 'order', component: 'ApiUsageEvent'})
    expect(detail.source).toBeUndefined()
    expect(Object.keys(detail.schema.$defs as object)).toEqual(['Api', 'Customer', 'Response', 'Service'])
    expect(check(detail.schema, usageEvent().detail)).toBe(true)
    expect(check(detail.schema, usageEvent({eventId: undefined}).detail)).toBe(false)
  })

  it('keeps the envelope where the detail refers to it, and its own name where it refers to itself', () => {
    const detail = detailOf(
      read({
        openapi: '3.0.0',
        components: {
          schemas: {
            AWSEvent: {properties: {'detail-type': {}, detail: {$ref: '#/components/schemas/D'}}},
            D: {
              properties: {
                cause: {$ref: '#/components/schemas/AWSEvent'},
                inner: {$ref: '#/components/schemas/D'},
              },
            },
            Unused: {},
          },
        },
      }),
    )

    expect(body(detail.schema)).toEqual({
      properties: {cause: {$ref: '#/$defs/AWSEvent'}, inner: {$ref: '#'}},
      $defs: {AWSEvent: {properties: {'detail-type': {}, detail: {$ref: '#'}}}},
    })
  })

  it('takes a detail that is written in place', () => {
    const detail = detailOf(read({properties: {'detail-type': {}, detail: {type: 'object'}}}))

    expect(body(detail.schema)).toEqual({type: 'object'})
    expect(detail.component).toBe('Detail')
  })

  it('refuses a schema that has none', () => {
    expect(() => detailOf(read({properties: {detail: {}}}))).toThrow(
      expect.objectContaining({code: 'NO_EVENT_DETAIL', kind: 'usage'}),
    )
  })
})
