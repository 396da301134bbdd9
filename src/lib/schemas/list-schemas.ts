import type {SchemaSummary} from '@aws-sdk/client-schemas'
import type {Column} from '../core/column'
import type {RegistryClient} from './registry-client'

/** One schema in a list. */
export interface SchemaListRow {
  name: string
  registry: string
  versionCount: number
  /** Of the latest version: `OpenApi3` or `JSONSchemaDraft4`. Missing for the registries of AWS, where it would cost one call per schema. */
  type?: string
  /** ISO-8601, UTC. */
  lastModified?: string
  [key: string]: string | number | undefined
}

export const schemaColumns: readonly Column[] = [
  {key: 'name', header: 'Name', type: 'text'},
  {key: 'registry', header: 'Registry', type: 'text'},
  {key: 'versionCount', header: 'Versions', type: 'integer'},
  {key: 'type', header: 'Type', type: 'text'},
  {key: 'lastModified', header: 'Last modified', type: 'time'},
]

/** Calls under way at a time; the registry throttles at about ten a second. */
const concurrency = 5

/**
 * Every schema of the registry, or of all registries, sorted by registry and name.
 * Throws `NOT_FOUND` (absent) where the registry is not there, and what the service refuses.
 */
export async function listSchemas(client: RegistryClient, registry?: string): Promise<SchemaListRow[]> {
  const registries =
    registry === undefined
      ? (await client.registries()).flatMap((found) => found.RegistryName ?? []).sort()
      : [registry]
  const rows: SchemaListRow[] = []
  for (const name of registries) {
    const schemas = (await client.schemas(name)).filter((schema) => schema.SchemaName !== undefined)
    schemas.sort((a, b) => ((a.SchemaName ?? '') < (b.SchemaName ?? '') ? -1 : 1))
    for (let i = 0; i < schemas.length; i += concurrency) {
      rows.push(
        ...(await Promise.all(
          schemas.slice(i, i + concurrency).map((schema) => toRow(client, name, schema)),
        )),
      )
    }
  }
  return rows
}

async function toRow(
  client: RegistryClient,
  registry: string,
  schema: SchemaSummary,
): Promise<SchemaListRow> {
  const name = schema.SchemaName ?? ''
  const type = registry.startsWith('aws.') ? undefined : await typeOf(client, registry, name)
  return {
    name,
    registry,
    versionCount: schema.VersionCount ?? 0,
    ...(type === undefined ? {} : {type}),
    ...(schema.LastModified === undefined ? {} : {lastModified: schema.LastModified.toISOString()}),
  }
}

async function typeOf(client: RegistryClient, registry: string, name: string): Promise<string | undefined> {
  const versions = await client.versions(registry, name)
  const latest = versions.sort((a, b) => Number(a.SchemaVersion) - Number(b.SchemaVersion)).at(-1)
  return latest?.Type
}
