import {join} from 'node:path'
import {messageOf, OpError} from '../core/errors'
import {byCodeUnits} from '../schema-model/json-object'
import {documentFileName, documentText, writeDocumentFile} from './document-file'
import type {ExportForm} from './export-form'
import {exportSchema} from './export-schema'
import {discoveredRegistry} from './find-schema'
import type {RegistryClient} from './registry-client'

export interface ExportedFile {
  schema: string
  /** Missing for the built-in schema. */
  registry?: string
  file: string
  losses?: string[]
}

export interface ExportAllResult {
  exported: ExportedFile[]
  failed: {schema: string; registry: string; code: string; message: string}[]
}

/** Errors that every further schema would meet too. */
const hopeless = new Set(['denied', 'interrupted', 'bug'])

/**
 * Writes every schema of a registry (`discovered-schemas` unless another is named) into a folder, one file each. A schema that cannot be
 * exported is named in `failed` and the rest goes on. Throws what listing throws, `OUTPUT_NOT_A_FOLDER` (usage), and errors that concern
 * all schemas (credentials, interruption through `signal`).
 */
export async function exportAll(
  client: RegistryClient,
  wanted: {registry?: string | undefined; form: ExportForm; folder: string; signal?: AbortSignal | undefined},
): Promise<ExportAllResult> {
  const registry = wanted.registry ?? discoveredRegistry
  const names = (await client.schemas(registry))
    .flatMap((schema) => schema.SchemaName ?? [])
    .sort(byCodeUnits)
  const folder = await asFolder(wanted.folder)
  const taken = new Set<string>()
  const result: ExportAllResult = {exported: [], failed: []}
  for (const name of names) {
    wanted.signal?.throwIfAborted()
    const file = join(folder, freeName(documentFileName(name, wanted.form), taken))
    try {
      const {document, losses} = await exportSchema(client, {reference: {name}, registry, form: wanted.form})
      await writeDocumentFile(file, documentText(document))
      result.exported.push({schema: name, registry, file, ...(losses.length > 0 ? {losses} : {})})
    } catch (error) {
      if (!(error instanceof OpError) || hopeless.has(error.kind)) throw error
      result.failed.push({schema: name, registry, code: error.code, message: messageOf(error)})
    }
  }
  return result
}

/** Names that differ in the case of letters alone would be one file on many file systems; the later one gets a number. */
function freeName(fileName: string, taken: Set<string>): string {
  const [, stem = '', end = ''] = /^(.*)(\.[a-z0-9]+\.json)$/.exec(fileName) ?? []
  let name = fileName
  for (let n = 1; taken.has(name.toLowerCase()); n += 1) name = `${stem}_${n}${end}`
  taken.add(name.toLowerCase())
  return name
}

async function asFolder(path: string): Promise<string> {
  const {stat} = await import('node:fs/promises')
  const found = await stat(path).catch(() => undefined)
  if (found && !found.isDirectory()) {
    throw new OpError(
      'usage',
      'OUTPUT_NOT_A_FOLDER',
      `"${path}" is a file; --all writes one file per schema.`,
      {
        hint: 'Name a folder with --output.',
      },
    )
  }
  return path
}
