import type {Bundle} from '../bundle'
import type {SchemaDocument} from '../schema-document'
import {openApi30, openApi31, swagger20} from './target'
import {
  callName,
  callNames,
  writeComponents,
  type DocumentHead,
  type WrittenDocument,
} from './written-document'

/** OpenAPI 3.0: the schemas as components, no paths. */
export function writeOpenApi30(documents: readonly SchemaDocument[], info: DocumentHead): WrittenDocument {
  const {schemas, losses} = writeComponents(documents, openApi30)
  return {document: {openapi: '3.0.3', info, paths: {}, components: {schemas}}, losses}
}

/** Swagger 2.0: the schemas as definitions, no paths. */
export function writeSwagger20(documents: readonly SchemaDocument[], info: DocumentHead): WrittenDocument {
  const {schemas, losses} = writeComponents(documents, swagger20)
  return {document: {swagger: '2.0', info, paths: {}, definitions: schemas}, losses}
}

/** OpenAPI 3.1: the schemas as components, and under the schema's name a webhook: what a receiver of the event is called with. */
export function writeOpenApi31(documents: readonly SchemaDocument[], info: DocumentHead): WrittenDocument {
  const {bundle, schemas, losses} = writeComponents(documents, openApi31)
  const webhooks = webhooksOf(bundle)
  return {
    document: {
      openapi: '3.1.0',
      info,
      ...(webhooks.length > 0 ? {webhooks: Object.fromEntries(webhooks)} : {}),
      components: {schemas},
    },
    losses,
  }
}

function webhooksOf(bundle: Bundle): [string, unknown][] {
  return callNames(bundle).map(({document, name, id}) => {
    const receive = {
      operationId: `receive${id}`,
      summary: `Receives ${callName(document)}.`,
      requestBody: {
        required: true,
        content: {'application/json': {schema: {$ref: openApi31.definitions + name}}},
      },
      responses: {'2XX': {description: 'It was taken.'}},
    }
    return [document.name, {post: receive}]
  })
}
