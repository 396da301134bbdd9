import {toExportForm, type ExportForm} from '../export-form'

/** The forms of an inferred schema: those that need nothing but the schema. */
export const learnedForms = [
  'openapi3',
  'openapi31',
  'swagger2',
  'jsonschema4',
  'jsonschema',
  'typescript',
] as const satisfies readonly ExportForm[]
export type LearnedForm = (typeof learnedForms)[number]

/** The form that a word names. Throws `NO_SUCH_FORM` (usage). */
export function toLearnedForm(word: string): LearnedForm {
  return toExportForm(word, learnedForms)
}
