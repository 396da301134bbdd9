import {OpError} from '../core/errors'
import {isJsonObject, own, type JsonObject} from './json-object'
import {ComponentNames} from './openapi-document'
import {definitionPrefix} from './read/schema-reader'
import type {SchemaDocument} from './schema-document'
import {pascalName} from './schema-name'
import {mapReferences, referencesOf} from './walk'

/** The definition that a schema refers to and says nothing else. */
function referredName(schema: unknown): string | undefined {
  const reference = own(schema, '$ref')
  const isAlone = isJsonObject(schema) && Object.keys(schema).length === 1
  if (!isAlone || typeof reference !== 'string' || !reference.startsWith(definitionPrefix)) return undefined
  return reference.slice(definitionPrefix.length)
}

/** The definitions that a schema needs, directly or through others, in their order. */
function needed(schema: unknown, definitions: JsonObject): JsonObject {
  const names = new Set<string>()
  const pending = [...referencesOf(schema)]
  for (let reference = pending.pop(); reference !== undefined; reference = pending.pop()) {
    const name = reference.slice(definitionPrefix.length)
    if (!reference.startsWith(definitionPrefix) || names.has(name)) continue
    names.add(name)
    pending.push(...referencesOf(definitions[name]))
  }
  return Object.fromEntries(Object.entries(definitions).filter(([name]) => names.has(name)))
}

/** Whether a schema is that of a whole EventBridge event, envelope included. */
export function isEventSchema({source, schema}: SchemaDocument): boolean {
  const properties = own(schema, 'properties')
  const isEvent = source !== undefined || own(properties, 'detail-type') !== undefined
  return isEvent && own(properties, 'detail') !== undefined
}

/**
 * The schema of an event's `detail` alone, with the definitions that it needs. Throws `NO_EVENT_DETAIL` (usage) for a schema that is not
 * that of an EventBridge event.
 */
export function detailOf(document: SchemaDocument): SchemaDocument {
  const rest = {...document}
  delete rest.source
  delete rest.detailType
  const {$schema, $defs, ...event} = document.schema
  const properties = own(event, 'properties')
  const detail = own(properties, 'detail')
  if (!isEventSchema(document)) throw noDetail(document.name)
  const definitions = isJsonObject($defs) ? $defs : {}
  const names = new ComponentNames()
  for (const name of Object.keys(definitions)) names.take(name)
  const envelope = names.take(document.component ?? 'AWSEvent')
  const inner = referredName(detail)
  const moved = (schema: unknown) =>
    mapReferences(schema, (reference) => {
      if (reference === '#') return definitionPrefix + envelope
      return reference === definitionPrefix + (inner ?? '') ? '#' : reference
    })
  const root = moved(inner === undefined ? detail : definitions[inner])
  const all = moved({$defs: {...definitions, [envelope]: event}}) as {$defs: JsonObject}
  const kept = needed(root, all.$defs)
  return {
    ...rest,
    component: inner ?? names.take(pascalName(document.detailType ?? document.title ?? 'Detail')),
    schema: {
      $schema,
      ...(isJsonObject(root) ? root : {}),
      ...(Object.keys(kept).length > 0 ? {$defs: kept} : {}),
    },
  }
}

function noDetail(name: string): OpError {
  return new OpError(
    'usage',
    'NO_EVENT_DETAIL',
    `${name} is not the schema of an event, so there is no detail to take out of it.`,
    {hint: 'Leave --detail-only out.'},
  )
}
