/** The name of the contract that the tool itself carries. */
export const builtInName = 'usage-event'

/** Where a schema comes from, as far as its name on the command line tells. */
export type SchemaSource =
  | {kind: 'stdin'}
  | {kind: 'built-in'}
  | {kind: 'file'; path: string; component?: string}
  /** A name of a registry; a file of that very name is meant where no registry knows it. */
  | {kind: 'name'; text: string}

/** A path with a folder in it, or with the ending of JSON or YAML. */
const pathForm = /[/\\]|\.(json|ya?ml)$/i

/** The same, and behind `#` one of the schemas that the document holds. */
const componentForm = /^(.+\.(?:json|ya?ml))#([^#/\\]+)$/is

/**
 * Tells what SCHEMA means: `-` is standard input, whatever looks like a path is a file (`FILE#COMPONENT` one schema of a document with
 * several), `usage-event` is built in unless a registry is named, everything else is a name.
 */
export function schemaSourceOf(text: string, registry?: string): SchemaSource {
  if (text === '-') return {kind: 'stdin'}
  if (text === builtInName && registry === undefined) return {kind: 'built-in'}
  const [, path, component] = componentForm.exec(text) ?? []
  if (path !== undefined && component !== undefined) return {kind: 'file', path, component}
  return pathForm.test(text) ? {kind: 'file', path: text} : {kind: 'name', text}
}
