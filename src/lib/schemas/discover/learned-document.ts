import type {LearnedKind} from '../../schema-model/event-kinds'
import {readSchemaDocument} from '../../schema-model/schema-document'
import {toOpenApi} from '../../schema-model/to-openapi'
import {headOf} from '../../schema-model/write/written-document'
import {writeForm} from '../write-form'
import type {LearnedForm} from './learned-form'

/** The schema of a kind of event as a document of the form; text where the form is a programming language. */
export async function learnedDocument(
  {name, model}: LearnedKind,
  form: LearnedForm,
): Promise<object | string> {
  const learned = toOpenApi(model)
  if (form === 'openapi3') return learned
  const document = readSchemaDocument(learned, {name})
  return (await writeForm(form, [document], headOf(document), '')).content
}
