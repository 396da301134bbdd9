import {discoveredRegistry} from './find-schema'
import type {RegistryClient} from './registry-client'

/** Names of registries that begin with a text. */
export async function completeRegistries(client: RegistryClient, partial: string): Promise<string[]> {
  const found = await client.registries()
  return matching(
    found.flatMap(({RegistryName: name}) => name ?? []),
    partial,
  )
}

/**
 * Names of schemas that begin with a text; behind a colon those with their versions. Looks in the named registry, else in those of the account: the
 * registries of AWS hold hundreds that nobody asked for.
 */
export async function completeSchemas(
  client: RegistryClient,
  partial: string,
  registry: string | undefined,
): Promise<string[]> {
  const registries = registry === undefined ? await ownRegistries(client) : [registry]
  const lists = await Promise.all(
    registries.map(async (of) => ({
      of,
      names: (await client.schemas(of)).flatMap((one) => one.SchemaName ?? []),
    })),
  )
  const [name = '', version] = partial.split(':')
  if (version === undefined) {
    return matching(
      lists.flatMap(({names}) => names),
      partial,
    )
  }
  const holder = lists.find(({names}) => names.includes(name))
  if (!holder) return []
  const versions = await client.versions(holder.of, name)
  return versions
    .flatMap(({SchemaVersion: one}) => one ?? [])
    .filter((one) => one.startsWith(version))
    .sort((a, b) => Number(a) - Number(b))
    .map((one) => `${name}:${one}`)
}

async function ownRegistries(client: RegistryClient): Promise<string[]> {
  const names = (await client.registries()).flatMap(({RegistryName: name}) => name ?? [])
  // The one where a name is looked for first comes first.
  const own = names.filter((name) => !name.startsWith('aws.'))
  return own.sort((a, b) => Number(b === discoveredRegistry) - Number(a === discoveredRegistry))
}

function matching(names: readonly string[], partial: string): string[] {
  return [...new Set(names)].filter((name) => name.startsWith(partial)).sort()
}
