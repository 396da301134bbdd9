import type {Type} from '@aws-sdk/client-schemas'
import {badRequest} from './errors'
import {schemaKey, versionKey, versionsOf, type SchemaRow, type Tables, type VersionRow} from './tables'

/** Versions that a schema may have (AWS service quotas, SchemaVersions). */
export const maxVersions = 100

/**
 * Adds a version to a schema and counts the schema's row up; both are written. Only inside `Store.write`.
 * Throws BadRequestException where the schema has 100 versions.
 */
export function putVersion(
  tables: Tables,
  region: string,
  schema: SchemaRow,
  added: {type: Type; content: string; at: number},
): {schema: SchemaRow; version: VersionRow} {
  if (versionsOf(tables, region, schema.registry, schema.name).length >= maxVersions) {
    throw badRequest(`Schema ${schema.name} has ${maxVersions} versions. Delete some first.`)
  }
  const version: VersionRow = {
    version: schema.nextVersion,
    type: added.type,
    content: added.content,
    createdAt: added.at,
  }
  const changed = {...schema, nextVersion: schema.nextVersion + 1, lastModifiedAt: added.at}
  tables.versions.put(versionKey(region, schema.registry, schema.name, version.version), version)
  tables.schemas.put(schemaKey(region, schema.registry, schema.name), changed)
  return {schema: changed, version}
}
