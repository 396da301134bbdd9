import type {Platform, Service} from '../../platform'
import {getDiscoveredSchema} from './discovered-schema'
import {
  createDiscoverer,
  deleteDiscoverer,
  describeDiscoverer,
  listDiscoverers,
  startDiscoverer,
  stopDiscoverer,
  updateDiscoverer,
} from './discoverers'
import {Discovery} from './discovery'
import {createRegistry, deleteRegistry, describeRegistry, listRegistries, updateRegistry} from './registries'
import {deleteResourcePolicy, getResourcePolicy, putResourcePolicy} from './resource-policy'
import {describeSchema, exportSchema, listSchemas, listSchemaVersions, searchSchemas} from './schema-reads'
import {createSchema, deleteSchema, deleteSchemaVersion, updateSchema} from './schemas'
import {openTables} from './tables'
import {listTags, tagResource, untagResource} from './tags'

/**
 * The EventBridge schema registry: registries, schemas and their versions, discoverers and what they find. Code bindings are not
 * there. `observe` takes the events of the buses that have a row in `schemas/discovered-buses` (`REGION/BUS_ARN`).
 */
export function create(platform: Platform): Service {
  const tables = openTables(platform.store)
  const discovery = new Discovery({tables, clock: platform.clock, log: platform.log})
  const forget = (region: string) => discovery.forget(region)
  return {
    operations: {
      CreateRegistry: createRegistry(tables),
      DescribeRegistry: describeRegistry(tables),
      ListRegistries: listRegistries(tables),
      UpdateRegistry: updateRegistry(tables),
      DeleteRegistry: deleteRegistry(tables),
      CreateSchema: createSchema(tables, forget),
      UpdateSchema: updateSchema(tables, forget),
      DeleteSchema: deleteSchema(tables, forget),
      DeleteSchemaVersion: deleteSchemaVersion(tables, forget),
      DescribeSchema: describeSchema(tables),
      ListSchemas: listSchemas(tables),
      ListSchemaVersions: listSchemaVersions(tables),
      SearchSchemas: searchSchemas(tables),
      ExportSchema: exportSchema(tables),
      GetDiscoveredSchema: getDiscoveredSchema,
      CreateDiscoverer: createDiscoverer(tables),
      DescribeDiscoverer: describeDiscoverer(tables),
      ListDiscoverers: listDiscoverers(tables),
      StartDiscoverer: startDiscoverer(tables),
      StopDiscoverer: stopDiscoverer(tables),
      UpdateDiscoverer: updateDiscoverer(tables),
      DeleteDiscoverer: deleteDiscoverer(tables),
      TagResource: tagResource(tables),
      UntagResource: untagResource(tables),
      ListTagsForResource: listTags(tables),
      PutResourcePolicy: putResourcePolicy(tables),
      GetResourcePolicy: getResourcePolicy(tables),
      DeleteResourcePolicy: deleteResourcePolicy(tables),
    },
    observe: (seen) => discovery.observe(seen),
    flush: async () => discovery.storeNow(),
    close: async () => discovery.storeNow(),
    pending: () => discovery.pending(),
  }
}
