import type {ExportForm} from './export-form'

/** A schema as other teams take it. */
export interface ExportedSchema {
  name: string
  /** Missing for the built-in schema. */
  registry?: string
  version?: string
  form: ExportForm
  /** The document as parsed JSON, keys in the order in which the registry or the converter wrote them. */
  document: object
  /** What the form cannot say and the document therefore leaves out; the document then allows more than the schema. */
  losses: string[]
}
