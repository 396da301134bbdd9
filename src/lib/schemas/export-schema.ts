import {OpError} from '../core/errors'
import {headOf} from '../schema-model/write/written-document'
import type {ExportedContent, ExportedSchema} from './exported-schema'
import {discoveredRegistry, findSchema, type FoundSchema} from './find-schema'
import {parseDocument} from './parse-document'
import {readSchema} from './read-schema'
import type {RegistryClient} from './registry-client'
import type {SchemaReference} from './schema-reference'
import {writeForm, type SchemaForm} from './write-form'

/** How a schema is to be exported. */
export interface ExportWish {
  form: SchemaForm
  /** The event's `detail` alone. */
  isDetailOnly: boolean
  /** Name of the event bus, the channel of AsyncAPI. */
  bus: string
}

/**
 * A schema of a registry in the asked-for form. What the registry holds or writes in that form goes out unchanged, everything else through our
 * own converters. Throws what `findSchema` and `readSchema` throw.
 */
export async function exportSchema(
  client: RegistryClient,
  wanted: ExportWish & {reference: SchemaReference; registry?: string | undefined},
): Promise<ExportedSchema> {
  const found = await findSchema(client, wanted.reference, wanted.registry)
  const {registry, schema, version} = found.place
  return {
    name: schema,
    registry,
    ...(version === undefined ? {} : {version}),
    ...((await asItIs(client, found, wanted)) ?? (await converted(found, wanted))),
  }
}

async function converted(
  found: FoundSchema,
  {form, isDetailOnly, bus}: ExportWish,
): Promise<ExportedContent> {
  const document = readSchema(found, isDetailOnly)
  return writeForm(form, [document], headOf(document), bus)
}

/** The document where the registry has it in that form; undefined where it has to be converted. */
async function asItIs(
  client: RegistryClient,
  found: FoundSchema,
  {form, isDetailOnly}: ExportWish,
): Promise<ExportedContent | undefined> {
  if (isDetailOnly) return undefined
  const isStored =
    (form === 'openapi3' && found.type === 'OpenApi3') ||
    (form === 'jsonschema4' && found.type === 'JSONSchemaDraft4')
  if (isStored) return {content: parseDocument(found.content, found.place.schema), losses: []}
  const content = form === 'jsonschema4' ? await exportedDraft4(client, found) : undefined
  return content && {content, losses: []}
}

/**
 * What the registry itself writes as draft 4. It does so for its own and for discovered schemas: "You cannot export non discovered or non aws
 * managed schemas" (eventcatalog#270). A caller who may read a schema and not export it gets our own.
 */
async function exportedDraft4(client: RegistryClient, {place}: FoundSchema): Promise<object | undefined> {
  if (place.registry !== discoveredRegistry && !place.registry.startsWith('aws.')) return undefined
  try {
    return parseDocument(await client.exportDraft4(place), place.schema)
  } catch (error) {
    if (error instanceof OpError && error.kind === 'denied') return undefined
    throw error
  }
}
