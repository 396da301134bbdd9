import type {SchemaDocument} from '../schema-model/schema-document'
import type {DocumentHead, WrittenDocument} from '../schema-model/write/written-document'
import type {ExportForm} from './export-form'
import type {ExportedContent} from './exported-schema'

/** The forms of any schema; `collector-api` is a document of its own. */
export type SchemaForm = Exclude<ExportForm, 'collector-api'>

type Write = (documents: readonly SchemaDocument[], head: DocumentHead, bus: string) => WrittenDocument

/** The converters, each loaded when its form is asked for. */
async function writerOf(form: Exclude<SchemaForm, 'typescript'>): Promise<Write> {
  switch (form) {
    case 'openapi3':
      return (await import('../schema-model/write/open-api')).writeOpenApi30
    case 'openapi31':
      return (await import('../schema-model/write/open-api')).writeOpenApi31
    case 'swagger2':
      return (await import('../schema-model/write/open-api')).writeSwagger20
    case 'jsonschema4':
      return (await import('../schema-model/write/json-schema')).writeJsonSchemaDraft4
    case 'jsonschema':
      return (await import('../schema-model/write/json-schema')).writeJsonSchema
    case 'asyncapi':
      return (await import('../schema-model/write/async-api')).writeAsyncApi30
  }
}

/** Schemas as one document of a form. `bus` is the event bus that AsyncAPI names as the channel. */
export async function writeForm(
  form: SchemaForm,
  documents: readonly SchemaDocument[],
  head: DocumentHead,
  bus: string,
): Promise<ExportedContent> {
  if (form === 'typescript') {
    const {writeTypescript} = await import('../schema-model/write/typescript/typescript')
    const {text, losses} = writeTypescript(documents, head)
    return {content: text, losses}
  }
  const write = await writerOf(form)
  const {document, losses} = write(documents, head, bus)
  return {content: document, losses}
}
