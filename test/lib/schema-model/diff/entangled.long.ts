import {diffSchemas} from '../../../../src/lib/schema-model/diff/diff-schemas'
import {readSchemaDocument} from '../../../../src/lib/schema-model/schema-document'

const $schema = 'https://json-schema.org/draft/2020-12/schema'
const documentOf = (schema: object) => readSchemaDocument({$schema, ...schema}, {name: 'it'})
const object = (properties: object) => ({type: 'object', properties})

it('gives up on unions that multiply without end', () => {
  const options = (depth: number, mark: number): object =>
    depth === 0
      ? {type: 'string', maxLength: mark}
      : {anyOf: [1, 2, 3, 4].map((i) => object({a: options(depth - 1, mark * 5 + i), b: {maxLength: i}}))}

  expect(() => diffSchemas(documentOf(options(6, 1)), documentOf(options(6, 2)))).toThrow(
    expect.objectContaining({code: 'SCHEMA_TOO_ENTANGLED'}),
  )
})
