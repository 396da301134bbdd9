import {stat} from 'node:fs/promises'
import {join} from 'node:path'
import {OpError} from '../core/errors'
import {DocumentFileNames, documentText, writeDocumentFile} from './document-file'
import {exportEach, type EachOptions, type EachSchema} from './export-each'
import {exportSchema, type ExportWish} from './export-schema'
import type {RegistryClient} from './registry-client'

export interface ExportedFile {
  schema: string
  /** Missing for the built-in schema. */
  registry?: string
  file: string
  /** False where the file already held the document. */
  changed: boolean
  losses?: string[]
}

/**
 * Writes every schema of a registry into a folder, one file each, and nothing outside it. Throws what `exportEach` throws and
 * `OUTPUT_NOT_A_FOLDER` (usage).
 */
export async function exportAll(
  client: RegistryClient,
  wanted: EachOptions & ExportWish & {folder: string},
): Promise<EachSchema<ExportedFile>> {
  await refuseFile(wanted.folder)
  return exportEach(client, wanted, (names) => {
    const files = new DocumentFileNames(wanted.form)
    const fileOf = new Map(names.map((name) => [name, join(wanted.folder, files.take(name))]))
    return async (name, registry) => {
      const {content, losses} = await exportSchema(client, {...wanted, registry, reference: {name}})
      const file = fileOf.get(name) ?? ''
      const changed = await writeDocumentFile(file, documentText(content))
      return {schema: name, registry, file, changed, ...(losses.length > 0 ? {losses} : {})}
    }
  })
}

async function refuseFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (!found || found.isDirectory()) return
  throw new OpError(
    'usage',
    'OUTPUT_NOT_A_FOLDER',
    `"${path}" is a file; --all writes one file per schema.`,
    {
      hint: 'Name a folder with --output, or add --bundle to write one document.',
    },
  )
}
