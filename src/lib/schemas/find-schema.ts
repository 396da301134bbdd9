import {OpError} from '../core/errors'
import {nearNames} from './near-names'
import type {RegistryClient, SchemaPlace} from './registry-client'
import type {SchemaReference} from './schema-reference'

/** The registry that discoverers fill, where a schema is looked for first. */
export const discoveredRegistry = 'discovered-schemas'

export interface FoundSchema {
  place: SchemaPlace
  type: string
  content: string
}

/**
 * The schema that a reference means: in the named registry, else in `discovered-schemas`, else in whichever registry holds it.
 * Throws `SCHEMA_NOT_FOUND` (absent; the hint lists near names), `SCHEMA_VERSION_NOT_FOUND` (absent) and `AMBIGUOUS_SCHEMA` (usage)
 * where several registries hold one of that name.
 */
export async function findSchema(
  client: RegistryClient,
  reference: SchemaReference,
  registry?: string,
): Promise<FoundSchema> {
  const first = await read(client, {registry: registry ?? discoveredRegistry, ...placeOf(reference)})
  if (first) return first
  const registries = registry === undefined ? await registryNames(client) : [registry]
  const listed = await namesByRegistry(client, registries)
  const holders = registries.filter((name) => listed.get(name)?.includes(reference.name))
  const holder = holders.includes(discoveredRegistry) ? discoveredRegistry : holders[0]
  if (holder === undefined) throw notFound(reference, registry, [...listed.values()].flat())
  if (holder !== discoveredRegistry && holders.length > 1) throw ambiguous(reference, holders)
  const found = await read(client, {registry: holder, ...placeOf(reference)})
  if (found) return found
  throw new OpError(
    'absent',
    'SCHEMA_VERSION_NOT_FOUND',
    `Schema ${reference.name} of registry ${holder} has no version ${reference.version ?? ''}.`,
    {hint: `Leave the version out for the latest one: "schemas export ${reference.name}".`},
  )
}

function placeOf(reference: SchemaReference): {schema: string; version?: string} {
  return {
    schema: reference.name,
    ...(reference.version === undefined ? {} : {version: reference.version}),
  }
}

async function read(client: RegistryClient, place: SchemaPlace): Promise<FoundSchema | undefined> {
  const found = await client.describe(place)
  if (!found) return undefined
  return {
    place: {...place, version: found.SchemaVersion ?? place.version},
    type: found.Type ?? '',
    content: found.Content ?? '',
  }
}

async function registryNames(client: RegistryClient): Promise<string[]> {
  return (await client.registries()).flatMap((registry) => registry.RegistryName ?? []).sort()
}

async function namesByRegistry(
  client: RegistryClient,
  registries: readonly string[],
): Promise<Map<string, string[]>> {
  const names = new Map<string, string[]>()
  for (const registry of registries) {
    names.set(
      registry,
      (await client.schemas(registry)).flatMap((schema) => schema.SchemaName ?? []),
    )
  }
  return names
}

function notFound(
  reference: SchemaReference,
  registry: string | undefined,
  names: readonly string[],
): OpError {
  const where = registry === undefined ? 'No registry holds' : `Registry ${registry} does not hold`
  const near = nearNames(reference.name, names)
  return new OpError('absent', 'SCHEMA_NOT_FOUND', `${where} a schema named "${reference.name}".`, {
    hint:
      near.length > 0
        ? `Near names: ${near.join(', ')}. "usage-tracker schemas list" shows all.`
        : '"usage-tracker schemas list" shows what is there.',
  })
}

function ambiguous(reference: SchemaReference, holders: readonly string[]): OpError {
  return new OpError(
    'usage',
    'AMBIGUOUS_SCHEMA',
    `Several registries hold a schema named "${reference.name}": ${holders.join(', ')}.`,
    {hint: 'Name one of them with --registry.'},
  )
}
