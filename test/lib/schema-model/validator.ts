import Ajv from 'ajv'
import addFormats from 'ajv-formats'
import {toJsonSchemaDraft4} from '../../../src/lib/schema-model/to-json-schema-draft4'

/** Checks values against a Draft 4 schema that uses nothing which later drafts changed. */
export function validatorOfDraft4(schema: object): (value: unknown) => boolean {
  const ajv = new Ajv({strict: false, validateSchema: false, logger: false, ownProperties: true})
  addFormats(ajv)
  const {$schema, ...rest} = schema as Record<string, unknown>
  expect($schema).toBe('http://json-schema.org/draft-04/schema#')
  const validate = ajv.compile(rest)
  return (value) => validate(value)
}

/** Checks events against an OpenAPI document, by way of Draft 4. */
export function validatorOfOpenApi(document: object): (value: unknown) => boolean {
  return validatorOfDraft4(toJsonSchemaDraft4(document))
}
