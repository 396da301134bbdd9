/** A document in some form, and what the form could not say. */
export interface ExportedContent {
  /** Parsed JSON, keys in the order in which the registry or the converter wrote them; text where the form is a programming language. */
  content: object | string
  /** What the form cannot say and the document therefore leaves out; the document then allows more than the schema. */
  losses: string[]
}

/** A schema as other teams take it. */
export interface ExportedSchema extends ExportedContent {
  name: string
  /** Missing for the built-in schema. */
  registry?: string
  version?: string
}
