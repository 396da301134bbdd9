import {OpError} from '../core/errors'
import type {SchemaDocument} from '../schema-model/schema-document'
import {exportEach, type EachOptions, type FailedSchema} from './export-each'
import type {ExportWish} from './export-schema'
import type {ExportedContent} from './exported-schema'
import {discoveredRegistry, findSchema} from './find-schema'
import {readSchema} from './read-schema'
import type {RegistryClient} from './registry-client'
import {writeForm} from './write-form'

export interface ExportedBundle extends ExportedContent {
  registry: string
  /** Names of the schemas in it. */
  schemas: string[]
  failed: FailedSchema[]
}

/**
 * Every schema of a registry in one document, each under names of its own. Throws what `exportEach` throws and `REGISTRY_EMPTY` (absent) where
 * nothing is left to write.
 */
export async function exportBundle(
  client: RegistryClient,
  wanted: EachOptions & ExportWish,
): Promise<ExportedBundle> {
  const {registry = discoveredRegistry, form, bus} = wanted
  const {done, failed} = await exportEach(
    client,
    wanted,
    () =>
      async (name): Promise<SchemaDocument> =>
        readSchema(await findSchema(client, {name}, registry), wanted.isDetailOnly),
  )
  if (done.length === 0) {
    throw new OpError(
      'absent',
      'REGISTRY_EMPTY',
      `Registry ${registry} has no schema that could be written.`,
      {
        hint: failed[0]
          ? `${failed[0].schema}: ${failed[0].message}`
          : '"usage-tracker schemas list" shows all.',
      },
    )
  }
  const content = await writeForm(form, done, {title: registry, version: '1.0.0'}, bus)
  return {...content, registry, schemas: done.map(({name}) => name), failed}
}
