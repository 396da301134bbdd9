import {messageOf, OpError} from '../core/errors'
import {byCodeUnits} from '../schema-model/json-object'
import {discoveredRegistry} from './find-schema'
import type {RegistryClient} from './registry-client'

export interface FailedSchema {
  schema: string
  registry: string
  code: string
  message: string
}

/** What became of the schemas of a registry, by their names in order. */
export interface EachSchema<T> {
  done: T[]
  failed: FailedSchema[]
}

export interface EachOptions {
  registry?: string | undefined
  signal?: AbortSignal | undefined
  /** Told after each schema. */
  onProgress?: ((doneCount: number, totalCount: number) => void) | undefined
}

/** Calls under way at a time: the registry throttles at about ten a second, and each schema takes one or two. */
const concurrency = 8

/** Errors that every further schema would meet too. */
const hopeless = new Set(['denied', 'interrupted', 'bug'])

/**
 * Does something with every schema of a registry (`discovered-schemas` unless another is named), several at a time. A schema that fails is
 * named in `failed` and the rest goes on. `prepare` sees all names first, in order. Throws what listing throws, and errors that concern all
 * schemas (credentials, interruption through `signal`).
 */
export async function exportEach<T>(
  client: RegistryClient,
  {registry = discoveredRegistry, signal, onProgress}: EachOptions,
  prepare: (names: readonly string[]) => (name: string, registry: string) => Promise<T>,
): Promise<EachSchema<T>> {
  const listed = await client.schemas(registry)
  const names = listed.flatMap((schema) => schema.SchemaName ?? []).sort(byCodeUnits)
  const handle = prepare(names)
  const done = new Map<string, T>()
  const failed = new Map<string, FailedSchema>()
  const pending = [...names].reverse()
  const worker = async () => {
    for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
      signal?.throwIfAborted()
      const failure = await failureOf(async () => done.set(name, await handle(name, registry)))
      if (failure) failed.set(name, {schema: name, registry, ...failure})
      onProgress?.(done.size + failed.size, names.length)
    }
  }
  try {
    await Promise.all(Array.from({length: concurrency}, worker))
  } finally {
    // What stopped one of them stops all.
    pending.length = 0
  }
  return {
    done: names.flatMap((name) => done.get(name) ?? []),
    failed: names.flatMap((name) => failed.get(name) ?? []),
  }
}

async function failureOf(work: () => Promise<unknown>): Promise<{code: string; message: string} | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    if (!(error instanceof OpError) || hopeless.has(error.kind)) throw error
    return {code: error.code, message: messageOf(error)}
  }
}
