import type {SchemasClient} from '@aws-sdk/client-schemas'
import {OpError} from '../core/errors'
import {builtInName, exportBuiltIn} from './built-in-schema'
import {documentFileName, documentText, outputPath, writeDocumentFile} from './document-file'
import {exportAll, type ExportedFile} from './export-all'
import {toExportForm, type ExportForm} from './export-form'
import {exportSchema} from './export-schema'
import type {ExportedSchema} from './exported-schema'
import {RegistryClient} from './registry-client'
import {parseSchemaReference} from './schema-reference'

export interface ExportRequest {
  schema?: string | undefined
  registry?: string | undefined
  as: string
  output?: string | undefined
  all?: boolean | undefined
  signal?: AbortSignal | undefined
}

export interface ExportOutcome {
  /** The document, where it goes to stdout. */
  document?: object
  /** What was written to files otherwise. */
  written: {
    exported: ExportedFile[]
    failed: {schema: string; registry: string; code: string; message: string}[]
  }
  failedCount: number
  warnings: string[]
  notes: string[]
}

/**
 * `schemas export`: one schema to stdout or to a file, or all of a registry into a folder. `open` gives the client; it is not called for
 * the built-in schema. Throws `SCHEMA_NOT_NAMED`, `SCHEMA_AND_ALL`, `OUTPUT_NOT_NAMED` (usage) and what the steps throw.
 */
export async function runExport(
  request: ExportRequest,
  open: () => Promise<SchemasClient>,
): Promise<ExportOutcome> {
  const form = toExportForm(request.as)
  checkArguments(request)
  if (request.all) return allToFolder(request, form, new RegistryClient(await open()))
  const exported = await exportOne(request, form, open)
  const outcome = {
    written: {exported: [], failed: []},
    failedCount: 0,
    warnings: lossWarnings(exported.name, exported.losses),
    notes: [],
  }
  if (request.output === undefined) return {...outcome, document: exported.document}
  const file = await outputPath(request.output, documentFileName(exported.name, form))
  await writeDocumentFile(file, documentText(exported.document))
  const {name: schema, registry, losses} = exported
  const written = {
    schema,
    ...(registry === undefined ? {} : {registry}),
    file,
    ...(losses.length > 0 ? {losses} : {}),
  }
  return {...outcome, written: {exported: [written], failed: []}, notes: [`Wrote ${schema} to ${file}.`]}
}

function checkArguments(request: ExportRequest): void {
  if (request.all && request.schema !== undefined) {
    throw new OpError('usage', 'SCHEMA_AND_ALL', 'A schema and --all exclude each other.', {
      hint: 'Leave one of them out.',
    })
  }
  if (request.all && request.output === undefined) {
    throw new OpError('usage', 'OUTPUT_NOT_NAMED', '--all writes one file per schema and needs a folder.', {
      hint: 'Name one with --output DIR.',
    })
  }
  if (!request.all && request.schema === undefined) {
    throw new OpError('usage', 'SCHEMA_NOT_NAMED', 'No schema is named.', {
      hint: 'Name one (usage-event is built in), or use --all. "usage-tracker schemas list" shows what is there.',
    })
  }
}

async function exportOne(
  request: ExportRequest,
  form: ExportForm,
  open: () => Promise<SchemasClient>,
): Promise<ExportedSchema> {
  const {schema = '', registry} = request
  if (schema === builtInName && registry === undefined) return exportBuiltIn(form)
  const reference = parseSchemaReference(schema)
  return exportSchema(new RegistryClient(await open()), {reference, registry, form})
}

async function allToFolder(
  request: ExportRequest,
  form: ExportForm,
  client: RegistryClient,
): Promise<ExportOutcome> {
  const {registry, output = '', signal} = request
  const written = await exportAll(client, {registry, form, folder: output, signal})
  const losses = written.exported.flatMap((file) => lossWarnings(file.schema, file.losses ?? []))
  const failures = written.failed.map(({schema, message}) => `${schema} was not exported: ${message}`)
  const failedCount = written.failed.length
  const total = `Wrote ${written.exported.length} schemas to ${output}${failedCount > 0 ? `, ${failedCount} failed` : ''}.`
  return {written, failedCount, warnings: [...losses, ...failures], notes: [total]}
}

function lossWarnings(schema: string, losses: readonly string[]): string[] {
  if (losses.length === 0) return []
  return [`${schema}: this form cannot say ${losses.join(', ')}; the document allows more than the schema.`]
}
