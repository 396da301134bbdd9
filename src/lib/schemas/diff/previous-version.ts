import {OpError} from '../../core/errors'
import type {OpenedSchema} from '../open/open-schema'
import type {SchemaPorts} from '../open/schema-ports'
import {RegistryClient} from '../registry-client'

/**
 * `NAME:VERSION` of the version before that of an opened schema; versions may have been deleted, so it is not always one less. Throws
 * `DIFF_NEEDS_TWO` (usage) for a schema that is of no registry, and `SCHEMA_VERSION_NOT_FOUND` (absent) where there is none before.
 */
export async function previousVersion(
  {document, origin, label}: OpenedSchema,
  ports: SchemaPorts,
): Promise<string> {
  const {name, version} = document
  if (origin.registry === undefined) {
    throw new OpError('usage', 'DIFF_NEEDS_TWO', `${label} has no versions; two schemas are compared.`, {
      hint: 'Name the second one: usage-tracker schemas diff OLD NEW',
    })
  }
  const client = new RegistryClient(await ports.connect())
  const numbers = (await client.versions(origin.registry, name)).map((one) => Number(one.SchemaVersion))
  const before = numbers.filter((number) => number < Number(version)).sort((a, b) => b - a)[0]
  if (before !== undefined) return `${name}:${before}`
  throw new OpError('absent', 'SCHEMA_VERSION_NOT_FOUND', `${label} has no version before it.`, {
    hint: `"usage-tracker schemas show ${name}" lists what there is.`,
  })
}
