import {OpError} from '../core/errors'

/** The forms that a schema is exported in: OpenAPI 3.0 and JSON Schema Draft 4. */
export const exportForms = ['openapi3', 'jsonschema4'] as const
export type ExportForm = (typeof exportForms)[number]

/** Forms that scripts may already name and that are not there yet. */
const laterForms = ['openapi31', 'swagger2', 'jsonschema', 'typescript', 'asyncapi', 'collector-api']

/** The form that a word names. Throws `FORM_NOT_THERE` (usage) for one that is known but not there, `NO_SUCH_FORM` (usage) for any other. */
export function toExportForm(word: string): ExportForm {
  const form = exportForms.find((known) => known === word)
  if (form) return form
  const hint = `Use --as ${exportForms.join(' or --as ')}.`
  if (laterForms.includes(word)) {
    throw new OpError('usage', 'FORM_NOT_THERE', `This version does not export schemas as ${word}.`, {hint})
  }
  throw new OpError('usage', 'NO_SUCH_FORM', `There is no form "${word}".`, {hint})
}
