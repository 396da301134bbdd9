import {OpError} from '../core/errors'

/** The forms that a schema is exported in. */
export const exportForms = [
  'openapi3',
  'openapi31',
  'swagger2',
  'jsonschema4',
  'jsonschema',
  'typescript',
  'asyncapi',
  'collector-api',
] as const
export type ExportForm = (typeof exportForms)[number]

/** The form that a word names, of all or of some. Throws `NO_SUCH_FORM` (usage). */
export function toExportForm<F extends ExportForm>(word: string, forms: readonly F[]): F {
  const form = forms.find((known) => known === word)
  if (form) return form
  throw new OpError('usage', 'NO_SUCH_FORM', `There is no form "${word}" here.`, {
    hint: `Use --as with one of ${forms.join(', ')}.`,
  })
}
