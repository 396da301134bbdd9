import type {EventModel} from '../../../schema-model/event-model'
import {modelFromOpenApi} from '../../../schema-model/model-from-openapi'
import {shapeFromText, shapeToText} from '../../../schema-model/shape-text'
import {toOpenApi} from '../../../schema-model/to-openapi'
import {maxContentLength} from './check-content'
import {checkSchemaName} from './checks'
import {discoveredRegistry} from './discoverers'
import {badRequest} from './errors'
import {putVersion} from './put-version'
import {registryKey, schemaKey, versionsOf, type SchemaRow, type Tables} from './tables'

/** Schemas that discovery makes in a region at most (AWS service quotas, DiscoveredSchemas). */
const maxDiscovered = 200

/**
 * The model of the latest version of a discovered schema, with the evidence that was kept for it; undefined where there is no such schema.
 * Throws BadRequestException where it is none that a discoverer writes: what was written by hand is not overwritten.
 */
export function readDiscovered(tables: Tables, region: string, name: string): EventModel | undefined {
  const latest = versionsOf(tables, region, discoveredRegistry, name).at(-1)
  if (!latest) return undefined
  const model = latest.type === 'OpenApi3' ? modelFromOpenApi(JSON.parse(latest.content)) : undefined
  if (!model)
    throw badRequest('The stored schema is not in the form of a discovered one and is left as it is.')
  const learned = tables.learned.get(schemaKey(region, discoveredRegistry, name))
  if (learned === undefined) return model
  // What was learned counts as long as it says what the document says, which somebody may have edited or deleted.
  const known = {...model, shape: shapeFromText(learned)}
  return contentOf(known) === contentOf(model) ? known : model
}

function contentOf(model: EventModel): string {
  return JSON.stringify(toOpenApi(model))
}

/**
 * Stores a model as the next version of a discovered schema, or as a new schema; returns the version's number, or undefined where the
 * latest version says the same already. The evidence is kept in either case. `at`: milliseconds since 1970. Throws BadRequestException
 * where a limit is reached: 200 schemas, 100 versions, 100000 characters.
 */
export function storeDiscovered(
  tables: Tables,
  seen: {region: string; name: string; model: EventModel; at: number},
): number | undefined {
  const {region, name, model, at} = seen
  const content = contentOf(model)
  const key = schemaKey(region, discoveredRegistry, name)
  return tables.store.write(() => {
    const stored = readDiscovered(tables, region, name)
    const isSame = stored !== undefined && contentOf(stored) === content
    if (!isSame && content.length > maxContentLength) {
      throw badRequest(`Its content would be longer than ${maxContentLength} characters.`)
    }
    tables.learned.put(key, shapeToText(model.shape))
    if (isSame) return undefined
    const row = tables.schemas.get(key) ?? newSchema(tables, region, name, at)
    return putVersion(tables, region, row, {type: 'OpenApi3', content, at}).version.version
  })
}

function newSchema(tables: Tables, region: string, name: string, at: number): SchemaRow {
  checkSchemaName(name)
  const registry = registryKey(region, discoveredRegistry)
  if (tables.schemas.count(`${registry}/`) >= maxDiscovered) {
    throw badRequest(`Discovery stores ${maxDiscovered} schemas at most.`)
  }
  if (!tables.registries.get(registry)) {
    tables.registries.put(registry, {name: discoveredRegistry, description: undefined, tags: {}})
  }
  return {
    registry: discoveredRegistry,
    name,
    description: undefined,
    tags: {},
    lastModifiedAt: at,
    nextVersion: 1,
  }
}
