import type {
  CreateSchemaCommandInput,
  CreateSchemaCommandOutput,
  DeleteSchemaCommandInput,
  DeleteSchemaCommandOutput,
  DeleteSchemaVersionCommandInput,
  DeleteSchemaVersionCommandOutput,
  UpdateSchemaCommandInput,
  UpdateSchemaCommandOutput,
} from '@aws-sdk/client-schemas'
import type {Operation} from '../../platform'
import {checkContent, checkType} from './check-content'
import {
  checkDescription,
  checkSchemaName,
  findRegistry,
  findSchema,
  findVersion,
  refuseManaged,
} from './checks'
import {badRequest, conflict} from './errors'
import {putVersion} from './put-version'
import {schemaHead} from './schema-head'
import {schemaKey, versionKey, versionsOf, type SchemaRow, type Tables} from './tables'
import {checkTags} from './tags'

/** CreateSchema: version 1 of a new schema. The content is checked against its type; a name that is there is refused (ConflictException). */
export function createSchema(
  tables: Tables,
  forget: (region: string) => void,
): Operation<CreateSchemaCommandInput, CreateSchemaCommandOutput> {
  return (input, ctx) => {
    const name = checkSchemaName(input.SchemaName)
    refuseManaged(input.RegistryName ?? '')
    const type = checkType(input.Type)
    checkContent(input.Content, type)
    const [description, tags] = [checkDescription(input.Description), checkTags(input.Tags)]
    forget(ctx.region)
    return tables.store.write(() => {
      const registry = findRegistry(tables, ctx.region, input.RegistryName).name
      if (tables.schemas.get(schemaKey(ctx.region, registry, name))) {
        throw conflict(`Schema with name ${name} already exists in registry ${registry}.`)
      }
      const row: SchemaRow = {registry, name, description, tags, lastModifiedAt: ctx.now, nextVersion: 1}
      const put = putVersion(tables, ctx.region, row, {type, content: input.Content ?? '', at: ctx.now})
      return schemaHead(put.schema, put.version, ctx)
    })
  }
}

/** UpdateSchema: a further version where the content differs from the latest one's, else only what stands on the schema itself. */
export function updateSchema(
  tables: Tables,
  forget: (region: string) => void,
): Operation<UpdateSchemaCommandInput, UpdateSchemaCommandOutput> {
  return (input, ctx) => {
    refuseManaged(input.RegistryName ?? '')
    const description = checkDescription(input.Description)
    forget(ctx.region)
    return tables.store.write(() => {
      const found = findSchema(tables, ctx.region, input)
      const latest = findVersion(tables, ctx.region, found, undefined)
      const type = input.Type === undefined ? latest.type : checkType(input.Type)
      const content = input.Content ?? latest.content
      if (content !== latest.content || type !== latest.type) checkContent(content, type)
      const row = {...found, description: description ?? found.description, lastModifiedAt: ctx.now}
      if (content === latest.content && type === latest.type) {
        tables.schemas.put(schemaKey(ctx.region, row.registry, row.name), row)
        return schemaHead(row, latest, ctx)
      }
      const put = putVersion(tables, ctx.region, row, {type, content, at: ctx.now})
      return schemaHead(put.schema, put.version, ctx)
    })
  }
}

/** DeleteSchema: the schema with all its versions. */
export function deleteSchema(
  tables: Tables,
  forget: (region: string) => void,
): Operation<DeleteSchemaCommandInput, DeleteSchemaCommandOutput> {
  return (input, ctx) => {
    refuseManaged(input.RegistryName ?? '')
    tables.store.write(() => {
      const row = findSchema(tables, ctx.region, input)
      for (const {version} of versionsOf(tables, ctx.region, row.registry, row.name)) {
        tables.versions.delete(versionKey(ctx.region, row.registry, row.name, version))
      }
      tables.schemas.delete(schemaKey(ctx.region, row.registry, row.name))
      tables.learned.delete(schemaKey(ctx.region, row.registry, row.name))
    })
    forget(ctx.region)
    return {}
  }
}

/** DeleteSchemaVersion. The last one left is refused (BadRequestException): a schema without versions does not exist. */
export function deleteSchemaVersion(
  tables: Tables,
  forget: (region: string) => void,
): Operation<DeleteSchemaVersionCommandInput, DeleteSchemaVersionCommandOutput> {
  return (input, ctx) => {
    refuseManaged(input.RegistryName ?? '')
    tables.store.write(() => {
      const row = findSchema(tables, ctx.region, input)
      const {version} = findVersion(tables, ctx.region, row, input.SchemaVersion ?? '')
      if (versionsOf(tables, ctx.region, row.registry, row.name).length === 1) {
        throw badRequest(
          `Version ${version} is the only one of schema ${row.name}. Delete the schema instead.`,
        )
      }
      tables.versions.delete(versionKey(ctx.region, row.registry, row.name, version))
    })
    forget(ctx.region)
    return {}
  }
}
