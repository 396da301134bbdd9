import type {Type} from '@aws-sdk/client-schemas'
import type {Collection, Store} from '../../store'

export type Tags = Record<string, string>

export interface RegistryRow {
  name: string
  description: string | undefined
  tags: Tags
  /** The resource policy, JSON text, and the revision that a change must name. */
  policy?: {text: string; revisionId: string}
}

export interface SchemaRow {
  registry: string
  name: string
  description: string | undefined
  tags: Tags
  /** Milliseconds since 1970. */
  lastModifiedAt: number
  /** Numbers count up and are never used twice. */
  nextVersion: number
}

export interface VersionRow {
  version: number
  type: Type
  content: string
  /** Milliseconds since 1970. */
  createdAt: number
}

export interface DiscovererRow {
  id: string
  /** ARN of the bus whose events are read. */
  sourceArn: string
  description: string | undefined
  crossAccount: boolean
  state: 'STARTED' | 'STOPPED'
  tags: Tags
}

/**
 * The rows of the schema registry. Keys begin with the region, so that each region has its own:
 * `REGION/REGISTRY`, `REGION/REGISTRY/SCHEMA`, `REGION/REGISTRY/SCHEMA/000001`, `REGION/BUS_ARN`.
 */
export interface Tables {
  store: Store
  registries: Collection<RegistryRow>
  schemas: Collection<SchemaRow>
  versions: Collection<VersionRow>
  discoverers: Collection<DiscovererRow>
  /** What discovery has learned of a schema in `discovered-schemas`, with its evidence (`shapeToText`), under the key of the schema. */
  learned: Collection<string>
  /** `REGION/BUS_ARN` of every bus whose discoverer is started: EventBridge shows the events of these buses to `observe`. */
  watchedBuses: Collection<true>
}

/** The collections of the service. */
export function openTables(store: Store): Tables {
  return {
    store,
    registries: store.collection<RegistryRow>('schemas/registries'),
    schemas: store.collection<SchemaRow>('schemas/schemas'),
    versions: store.collection<VersionRow>('schemas/versions'),
    discoverers: store.collection<DiscovererRow>('schemas/discoverers'),
    learned: store.collection<string>('schemas/learned-shapes'),
    watchedBuses: store.collection<true>('schemas/discovered-buses'),
  }
}

export function registryKey(region: string, registry: string): string {
  return `${region}/${registry}`
}

export function schemaKey(region: string, registry: string, schema: string): string {
  return `${region}/${registry}/${schema}`
}

/** Numbers are padded, so that the order of keys is the order of versions. */
export function versionKey(region: string, registry: string, schema: string, version: number): string {
  return `${schemaKey(region, registry, schema)}/${String(version).padStart(8, '0')}`
}

/** Writes a discoverer, and whether its bus is watched. Only inside `Store.write`. */
export function putDiscoverer(tables: Tables, key: string, row: DiscovererRow): void {
  tables.discoverers.put(key, row)
  if (row.state === 'STARTED') tables.watchedBuses.put(key, true)
  else tables.watchedBuses.delete(key)
}

/** All versions of a schema, the oldest first. */
export function versionsOf(tables: Tables, region: string, registry: string, schema: string): VersionRow[] {
  return [...tables.versions.list(`${schemaKey(region, registry, schema)}/`)].map((row) => row.value)
}
