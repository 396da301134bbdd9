import {detailOf} from '../../schema-model/detail'
import {fieldsOf, maxFields, type SchemaField} from '../../schema-model/fields/fields-of'
import {own} from '../../schema-model/json-object'
import {openSchema, schemaId, type SchemaId} from '../open/open-schema'
import type {SchemaPorts} from '../open/schema-ports'
import {RegistryClient} from '../registry-client'

export interface ShowRequest {
  schema: string
  registry?: string | undefined
  'detail-only'?: boolean | undefined
}

/** The answer of `schemas show` under `--json`. */
export interface ShowResult extends SchemaId {
  title?: string
  description?: string
  /** `OpenApi3` or `JSONSchemaDraft4`, of a schema of a registry. */
  type?: string
  /** All versions of a schema of a registry, the oldest first. */
  versions?: string[]
  /** Both are there for the schema of an EventBridge event. */
  source?: string
  detailType?: string
  fields: SchemaField[]
  /** Set where the schema has more places than are shown. */
  isCut?: true
}

/** Reads a schema for a person. Throws what `openSchema` throws, and `NO_EVENT_DETAIL` (usage) where the detail alone is asked for and there is none. */
export async function runShow(
  request: ShowRequest,
  ports: SchemaPorts,
): Promise<{result: ShowResult; label: string}> {
  const opened = await openSchema(request.schema, request.registry, ports)
  const {origin, label} = opened
  const document = request['detail-only'] ? detailOf(opened.document) : opened.document
  const {source, detailType} = opened.document
  const fields = fieldsOf(document)
  const description = own(document.schema, 'description')
  return {
    label,
    result: {
      ...schemaId(opened),
      ...(document.title === undefined ? {} : {title: document.title}),
      ...(typeof description === 'string' ? {description} : {}),
      ...(origin.type === undefined ? {} : {type: origin.type}),
      ...(origin.registry === undefined
        ? {}
        : {versions: await versionsOf(ports, origin.registry, document.name)}),
      ...(source === undefined || detailType === undefined ? {} : {source, detailType}),
      fields,
      ...(fields.length >= maxFields ? {isCut: true as const} : {}),
    },
  }
}

async function versionsOf(ports: SchemaPorts, registry: string, name: string): Promise<string[]> {
  const found = await new RegistryClient(await ports.connect()).versions(registry, name)
  return found.flatMap(({SchemaVersion: version}) => version ?? []).sort((a, b) => Number(a) - Number(b))
}
