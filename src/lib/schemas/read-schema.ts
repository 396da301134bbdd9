import {detailOf, readSchemaDocument, type SchemaDocument} from '../schema-model/schema-document'
import type {FoundSchema} from './find-schema'
import {parseDocument} from './parse-document'

/**
 * A registry's schema as a schema document, its detail alone where that is asked for. Throws `BAD_SCHEMA_CONTENT` (service) and what reading a
 * document throws.
 */
export function readSchema({place, type, content}: FoundSchema, isDetailOnly: boolean): SchemaDocument {
  const document = readSchemaDocument(parseDocument(content, place.schema), {
    name: place.schema,
    version: place.version,
    isDraft4: type === 'JSONSchemaDraft4',
  })
  return isDetailOnly ? detailOf(document) : document
}
