import {openApiFromJsonSchema} from '../schema-model/openapi-from-json-schema'
import type {ExportForm} from './export-form'
import type {ExportedSchema} from './exported-schema'
import {findSchema, type FoundSchema} from './find-schema'
import {parseDocument} from './parse-document'
import type {RegistryClient} from './registry-client'
import type {SchemaReference} from './schema-reference'

/**
 * A schema of a registry in the asked-for form. `openapi3`: the stored content, or converted where a Draft 4 schema is stored.
 * `jsonschema4`: what the registry exports, or the stored content. Throws what `findSchema` throws, `BAD_SCHEMA_CONTENT` (service) where
 * the content is no JSON object, and the codes of the converters.
 */
export async function exportSchema(
  client: RegistryClient,
  wanted: {reference: SchemaReference; registry?: string | undefined; form: ExportForm},
): Promise<ExportedSchema> {
  const found = await findSchema(client, wanted.reference, wanted.registry)
  const {document, losses} = await inForm(client, found, wanted.form)
  return {
    name: found.place.schema,
    registry: found.place.registry,
    ...(found.place.version === undefined ? {} : {version: found.place.version}),
    form: wanted.form,
    document,
    losses,
  }
}

async function inForm(
  client: RegistryClient,
  found: FoundSchema,
  form: ExportForm,
): Promise<{document: object; losses: string[]}> {
  const {schema, version} = found.place
  if (found.type === 'OpenApi3' && form === 'jsonschema4') {
    return {document: parseDocument(await client.exportDraft4(found.place), schema), losses: []}
  }
  const stored = parseDocument(found.content, schema)
  if (found.type === 'OpenApi3' || form === 'jsonschema4') return {document: stored, losses: []}
  const title = typeof stored.title === 'string' ? stored.title : schema
  return openApiFromJsonSchema(stored, {title, version: `${version ?? '1'}.0.0`})
}
