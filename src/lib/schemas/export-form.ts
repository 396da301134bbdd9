import {OpError} from '../core/errors'

/** The forms that a schema is exported in. */
export const exportForms = [
  ...(['openapi3', 'openapi31', 'swagger2', 'jsonschema4', 'jsonschema', 'typescript', 'asyncapi'] as const),
  'collector-api',
] as const
export type ExportForm = (typeof exportForms)[number]

/** The form that a word names. Throws `NO_SUCH_FORM` (usage). */
export function toExportForm(word: string): ExportForm {
  const form = exportForms.find((known) => known === word)
  if (form) return form
  throw new OpError('usage', 'NO_SUCH_FORM', `There is no form "${word}".`, {
    hint: `Use --as with one of ${exportForms.join(', ')}.`,
  })
}
