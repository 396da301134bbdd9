import {builtInName, schemaSourceOf} from '../core/schema-source'
import {detailOf} from '../schema-model/detail'
import type {SchemaDocument} from '../schema-model/schema-document'
import {headOf} from '../schema-model/write/written-document'
import {builtInSchema} from './built-in-schema'
import {checkRequest, type ExportRequest} from './check-request'
import {DocumentFileNames, fileText, outputPath, writeDocumentFile} from './document-file'
import {exportAll, type ExportedFile} from './export-all'
import type {FailedSchema} from './export-each'
import {exportForms, toExportForm, type ExportForm} from './export-form'
import {exportSchema, type ExportWish} from './export-schema'
import type {ExportedSchema} from './exported-schema'
import {RegistryClient} from './registry-client'
import {openSchema} from './open/open-schema'
import type {SchemaPorts} from './open/schema-ports'
import {parseSchemaReference} from './schema-reference'
import {writeForm} from './write-form'

export interface ExportOutcome {
  /** The document, where it goes to stdout. */
  content?: object | string
  /** What was written to files otherwise. */
  written: {exported: ExportedFile[]; failed: FailedSchema[]}
  warnings: string[]
  notes: string[]
}

/**
 * `schemas export`: one schema or all of a registry in one document to stdout or to a file, or all into a folder. The client is
 * not asked for where the schema is built in or in a file. Throws what `checkRequest` and the steps throw.
 */
export async function runExport(request: ExportRequest, ports: SchemaPorts): Promise<ExportOutcome> {
  const form = toExportForm(request.as, exportForms)
  checkRequest(request, form)
  if (form === 'collector-api') {
    const {collectorApi} = await import('./collector-api')
    const content = collectorApi(request.server ?? [])
    return deliver(request, form, {name: builtInName, content, losses: []})
  }
  const wish: ExportWish = {form, isDetailOnly: request['detail-only'] === true, bus: request.bus}
  if (!request.all) return deliver(request, form, await exportOne(request, wish, ports))
  const client = new RegistryClient(await ports.connect())
  return request.bundle ? allInOne(request, wish, client) : allToFolder(request, wish, client)
}

async function exportOne(
  {schema = '', registry}: ExportRequest,
  wish: ExportWish,
  ports: SchemaPorts,
): Promise<ExportedSchema> {
  // Whoever names a registry names a schema of it, whatever the name looks like.
  switch (registry === undefined ? schemaSourceOf(schema).kind : 'name') {
    case 'built-in':
      // The contract is that of the detail itself, so there is nothing to take out of it.
      return exportDocument(builtInSchema(), wish)
    case 'file':
    case 'stdin': {
      const {document} = await openSchema(schema, registry, ports)
      return exportDocument(wish.isDetailOnly ? detailOf(document) : document, wish)
    }
    case 'name': {
      const reference = parseSchemaReference(schema)
      return exportSchema(new RegistryClient(await ports.connect()), {...wish, reference, registry})
    }
  }
}

async function exportDocument(document: SchemaDocument, {form, bus}: ExportWish): Promise<ExportedSchema> {
  return {name: document.name, ...(await writeForm(form, [document], headOf(document), bus))}
}

/** One document to where it is wanted. */
async function deliver(
  {output}: ExportRequest,
  form: ExportForm,
  {name, registry, content, losses}: ExportedSchema,
): Promise<ExportOutcome> {
  const written: ExportOutcome['written'] = {exported: [], failed: []}
  const outcome = {written, warnings: lossWarnings(name, losses), notes: []}
  if (output === undefined) return {...outcome, content}
  const file = await outputPath(output, new DocumentFileNames(form).take(name))
  const changed = await writeDocumentFile(file, await fileText(content, file))
  written.exported.push({
    schema: name,
    ...(registry === undefined ? {} : {registry}),
    file,
    changed,
    ...(losses.length > 0 ? {losses} : {}),
  })
  return {...outcome, notes: [changed ? `Wrote ${name} to ${file}.` : `${file} already holds ${name}.`]}
}

async function allInOne(
  request: ExportRequest,
  wish: ExportWish,
  client: RegistryClient,
): Promise<ExportOutcome> {
  const {exportBundle} = await import('./export-bundle')
  const {registry, schemas, failed, ...bundle} = await exportBundle(client, {...request, ...wish})
  const outcome = await deliver(request, wish.form, {
    name: registry,
    registry,
    ...bundle,
  })
  return {
    ...outcome,
    written: {...outcome.written, failed},
    warnings: [...outcome.warnings, ...failureWarnings(failed)],
    notes: [...outcome.notes, `${countText(schemas.length)} in it.`],
  }
}

async function allToFolder(
  request: ExportRequest,
  wish: ExportWish,
  client: RegistryClient,
): Promise<ExportOutcome> {
  const {output: folder = ''} = request
  const {done, failed} = await exportAll(client, {...request, ...wish, folder})
  const losses = done.flatMap((file) => lossWarnings(file.schema, file.losses ?? []))
  const sameCount = done.filter(({changed}) => !changed).length
  const same = sameCount > 0 ? `, ${sameCount} of them as they were` : ''
  const failures = failed.length > 0 ? `; ${failed.length} failed` : ''
  return {
    written: {exported: done, failed},
    warnings: [...losses, ...failureWarnings(failed)],
    notes: [`${countText(done.length)} in ${folder}${same}${failures}.`],
  }
}

function countText(count: number): string {
  return count === 1 ? '1 schema is' : `${count} schemas are`
}

function failureWarnings(failed: readonly FailedSchema[]): string[] {
  return failed.map(({schema, message}) => `${schema} was not exported: ${message}`)
}

function lossWarnings(schema: string, losses: readonly string[]): string[] {
  if (losses.length === 0) return []
  return [`${schema}: this form cannot say ${losses.join(', ')}; the document allows more than the schema.`]
}
