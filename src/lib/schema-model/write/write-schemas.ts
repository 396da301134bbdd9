import {definitionPrefix} from '../read/schema-reader'
import {referencesOf} from '../walk'
import {SchemaWriter} from './schema-writer'
import type {Target} from './target'

export interface WrittenSchemas {
  /** In the order of the schemas. */
  schemas: Map<string, unknown>
  /** What the form cannot say and that is therefore left out, sorted. */
  losses: string[]
}

/** Named schemas that refer to each other as `#/$defs/NAME`, written in a form. References to `top` become `#`. */
export function writeSchemas(
  schemas: ReadonlyMap<string, unknown>,
  target: Target,
  top?: string,
): WrittenSchemas {
  const writer = new SchemaWriter(target, lossySchemas(schemas, target), top)
  const written = new Map([...schemas].map(([name, schema]) => [name, writer.schema(schema)]))
  return {schemas: written, losses: [...writer.losses].sort()}
}

/** References to the schemas of which something is lost, directly or in what they refer to. */
function lossySchemas(schemas: ReadonlyMap<string, unknown>, target: Target): Set<string> {
  const users = new Map<string, string[]>()
  const lossy = new Set<string>()
  for (const [name, schema] of schemas) {
    const self = definitionPrefix + name
    for (const reference of referencesOf(schema))
      users.set(reference, [...(users.get(reference) ?? []), self])
    const writer = new SchemaWriter(target)
    writer.schema(schema)
    if (writer.losses.size > 0) lossy.add(self)
  }
  // A set hands out what is added to it meanwhile.
  for (const reference of lossy) for (const user of users.get(reference) ?? []) lossy.add(user)
  return lossy
}
