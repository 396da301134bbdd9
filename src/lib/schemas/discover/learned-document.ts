import type {LearnedKind} from '../../schema-model/event-kinds'
import {toJsonSchemaDraft4} from '../../schema-model/to-json-schema-draft4'
import {toOpenApi} from '../../schema-model/to-openapi'
import type {ExportForm} from '../export-form'

/** The schema of a kind of event as a document of the form. */
export function learnedDocument({model}: LearnedKind, form: ExportForm): object {
  const document = toOpenApi(model)
  return form === 'openapi3' ? document : toJsonSchemaDraft4(document)
}
