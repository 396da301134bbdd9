import {existsSync} from 'node:fs'
import {basename} from 'node:path'
import type {Readable} from 'node:stream'
import type {SchemasClient} from '@aws-sdk/client-schemas'
import {OpError} from '../../core/errors'
import {schemaSourceOf} from '../../core/schema-source'
import {openInput} from '../../events/open-input'
import {readSchemaDocument, type SchemaDocument} from '../../schema-model/schema-document'
import {builtInSchema} from '../built-in-schema'
import {findSchema} from '../find-schema'
import {parseDocument} from '../parse-document'
import {RegistryClient} from '../registry-client'
import {parseSchemaReference} from '../schema-reference'
import {parseSchemaText} from './parse-schema-text'
import type {SchemaPorts} from './schema-ports'

/** A schema, and where it comes from. */
export interface OpenedSchema {
  document: SchemaDocument
  /** As it is told to a person: `orders.yaml`, `orders:3 (registry shop)`. */
  label: string
  origin: SchemaOrigin
}

/** Where a schema comes from. What does not apply is missing. */
export interface SchemaOrigin {
  kind: 'built-in' | 'file' | 'registry' | 'stdin'
  file?: string
  registry?: string
  /** `OpenApi3` or `JSONSchemaDraft4`. */
  type?: string
}

/** A schema as the answers of `--json` name it. */
export interface SchemaId {
  name: string
  version?: string
  registry?: string
  file?: string
}

export function schemaId({document, origin}: OpenedSchema): SchemaId {
  return {
    name: document.name,
    ...(document.version === undefined ? {} : {version: document.version}),
    ...(origin.registry === undefined ? {} : {registry: origin.registry}),
    ...(origin.file === undefined ? {} : {file: origin.file}),
  }
}

/**
 * Opens the schema that a command names: a file or standard input (JSON or YAML, any kind of document that `readSchemaDocument` reads), the
 * built-in `usage-event`, or `NAME` or `NAME:VERSION` of a registry. Throws `INPUT_NOT_READABLE`, `BAD_SCHEMA_FILE`,
 * `BAD_SCHEMA_REFERENCE`, `SCHEMA_COMPONENT_OPEN` (usage), what `findSchema` throws, and what `readSchemaDocument` throws.
 */
export async function openSchema(
  text: string,
  registry: string | undefined,
  ports: SchemaPorts,
): Promise<OpenedSchema> {
  const opened = await open(text, registry, ports)
  if (opened.document.component !== undefined) return opened
  throw componentOpen(opened)
}

async function open(text: string, registry: string | undefined, ports: SchemaPorts): Promise<OpenedSchema> {
  const source = schemaSourceOf(text, registry)
  switch (source.kind) {
    case 'stdin':
      return fromFile({path: '-'}, ports.stdin)
    case 'built-in':
      return {document: builtInSchema(), label: text, origin: {kind: 'built-in'}}
    case 'file':
      return fromFile(source, ports.stdin)
    case 'name':
      return fromName(source.text, registry, ports)
  }
}

async function fromFile(
  {path, component}: {path: string; component?: string},
  stdin: Readable,
): Promise<OpenedSchema> {
  const parts: string[] = []
  for await (const part of await openInput(path, stdin)) parts.push(part)
  const label = path === '-' ? 'standard input' : path
  const parsed = await parseSchemaText(parts.join(''), label)
  const name = path === '-' ? 'stdin' : basename(path).replace(/\.[^.]+$/, '')
  return {
    document: readSchemaDocument(parsed, {name: component ?? name, component}),
    label: component === undefined ? label : `${component} of ${label}`,
    origin: path === '-' ? {kind: 'stdin'} : {kind: 'file', file: path},
  }
}

/** A registry's schema; where no registry has one of that name, the file that has. */
async function fromName(
  text: string,
  registry: string | undefined,
  ports: SchemaPorts,
): Promise<OpenedSchema> {
  const isFile = registry === undefined && existsSync(text)
  try {
    return await fromRegistry(text, registry, await ports.connect())
  } catch (error) {
    const isUnknown =
      error instanceof OpError && ['BAD_SCHEMA_REFERENCE', 'SCHEMA_NOT_FOUND'].includes(error.code)
    if (isFile && isUnknown) return fromFile({path: text}, ports.stdin)
    throw error
  }
}

async function fromRegistry(
  text: string,
  registry: string | undefined,
  client: SchemasClient,
): Promise<OpenedSchema> {
  const reference = parseSchemaReference(text)
  const {place, type, content} = await findSchema(new RegistryClient(client), reference, registry)
  const {schema: name, version} = place
  return {
    document: readSchemaDocument(parseDocument(content, name), {
      name,
      version,
      isDraft4: type === 'JSONSchemaDraft4',
    }),
    label: `${name}${version === undefined ? '' : `:${version}`} (registry ${place.registry})`,
    origin: {kind: 'registry', registry: place.registry, type},
  }
}

function componentOpen({document, label, origin}: OpenedSchema): OpError {
  const names = Object.keys(document.schema.$defs ?? {})
  const example = origin.kind === 'file' ? `${origin.file ?? ''}#${names[0] ?? 'NAME'}` : undefined
  return new OpError(
    'usage',
    'SCHEMA_COMPONENT_OPEN',
    `${label} holds several schemas, and none of them is the one that the document is about: ${names.join(', ').slice(0, 300)}.`,
    {
      hint:
        example === undefined
          ? 'Save it to a file, and name one of them: FILE#NAME.'
          : `Name one of them: ${example}`,
    },
  )
}
