import type {
  DescribeSchemaCommandInput,
  DescribeSchemaCommandOutput,
  ExportSchemaCommandInput,
  ExportSchemaCommandOutput,
  ListSchemasCommandInput,
  ListSchemasCommandOutput,
  ListSchemaVersionsCommandInput,
  ListSchemaVersionsCommandOutput,
  SearchSchemasCommandInput,
  SearchSchemasCommandOutput,
} from '@aws-sdk/client-schemas'
import {toJsonSchemaDraft4} from '../../../schema-model/to-json-schema-draft4'
import type {Operation} from '../../platform'
import {schemaArn} from './arns'
import {findRegistry, findSchema, findVersion} from './checks'
import {discoveredRegistry} from './discoverers'
import {badRequest, forbidden} from './errors'
import {pageOf} from './page-of'
import {schemaHead} from './schema-head'
import {schemaKey, versionsOf, type SchemaRow, type Tables} from './tables'

function schemasOf(tables: Tables, region: string, registry: string, prefix = ''): SchemaRow[] {
  return [...tables.schemas.list(schemaKey(region, registry, prefix))].map((row) => row.value)
}

/** DescribeSchema: the latest version, or the one that is named. */
export function describeSchema(
  tables: Tables,
): Operation<DescribeSchemaCommandInput, DescribeSchemaCommandOutput> {
  return (input, ctx) => {
    const schema = findSchema(tables, ctx.region, input)
    const version = findVersion(tables, ctx.region, schema, input.SchemaVersion)
    return {Content: version.content, ...schemaHead(schema, version, ctx)}
  }
}

/** ListSchemas of a registry, by name. */
export function listSchemas(tables: Tables): Operation<ListSchemasCommandInput, ListSchemasCommandOutput> {
  return (input, ctx) => {
    const registry = findRegistry(tables, ctx.region, input.RegistryName).name
    const rows = schemasOf(tables, ctx.region, registry, input.SchemaNamePrefix)
    const {page, nextToken} = pageOf(rows, (row) => row.name, input)
    return {
      Schemas: page.map((row) => ({
        LastModified: new Date(row.lastModifiedAt),
        SchemaArn: schemaArn(ctx, registry, row.name),
        SchemaName: row.name,
        Tags: row.tags,
        VersionCount: versionsOf(tables, ctx.region, registry, row.name).length,
      })),
      NextToken: nextToken,
    }
  }
}

/** ListSchemaVersions, the oldest first. */
export function listSchemaVersions(
  tables: Tables,
): Operation<ListSchemaVersionsCommandInput, ListSchemaVersionsCommandOutput> {
  return (input, ctx) => {
    const schema = findSchema(tables, ctx.region, input)
    const rows = versionsOf(tables, ctx.region, schema.registry, schema.name)
    const {page, nextToken} = pageOf(rows, (row) => String(row.version).padStart(8, '0'), input)
    return {
      SchemaVersions: page.map((row) => ({
        SchemaArn: schemaArn(ctx, schema.registry, schema.name),
        SchemaName: schema.name,
        SchemaVersion: String(row.version),
        Type: row.type,
      })),
      NextToken: nextToken,
    }
  }
}

/** SearchSchemas: schemas in whose name or content every one of the words stands, with the versions in which it does. */
export function searchSchemas(
  tables: Tables,
): Operation<SearchSchemasCommandInput, SearchSchemasCommandOutput> {
  return (input, ctx) => {
    const registry = findRegistry(tables, ctx.region, input.RegistryName).name
    const words = (input.Keywords ?? '').toLowerCase().split(/\s+/).filter(Boolean)
    if (words.length === 0) throw badRequest('Keywords must not be empty.')
    const found = schemasOf(tables, ctx.region, registry).flatMap((schema) => {
      const versions = versionsOf(tables, ctx.region, registry, schema.name).filter((version) => {
        const text = `${schema.name} ${version.content}`.toLowerCase()
        return words.every((word) => text.includes(word))
      })
      return versions.length > 0 ? [{schema, versions}] : []
    })
    const {page, nextToken} = pageOf(found, (row) => row.schema.name, input)
    return {
      Schemas: page.map(({schema, versions}) => ({
        RegistryName: registry,
        SchemaArn: schemaArn(ctx, registry, schema.name),
        SchemaName: schema.name,
        SchemaVersions: versions.map((version) => ({
          CreatedDate: new Date(version.createdAt),
          SchemaVersion: String(version.version),
          Type: version.type,
        })),
      })),
      NextToken: nextToken,
    }
  }
}

/**
 * ExportSchema: a discovered OpenApi3 schema as JSONSchemaDraft4. AWS knows no other form, exports no other kind of schema, and refuses those
 * of a registry that somebody made (its own words, seen in eventcatalog#270).
 */
export function exportSchema(tables: Tables): Operation<ExportSchemaCommandInput, ExportSchemaCommandOutput> {
  return (input, ctx) => {
    if (input.Type !== 'JSONSchemaDraft4') {
      throw badRequest(`Schemas are exported as JSONSchemaDraft4 only. Type is "${input.Type ?? ''}".`)
    }
    const schema = findSchema(tables, ctx.region, input)
    if (schema.registry !== discoveredRegistry) {
      throw forbidden('You cannot export non discovered or non aws managed schemas.')
    }
    const version = findVersion(tables, ctx.region, schema, input.SchemaVersion)
    if (version.type !== 'OpenApi3') {
      throw badRequest(
        `Only schemas of type OpenApi3 are exported. The type of ${schema.name} is ${version.type}.`,
      )
    }
    return {
      Content: JSON.stringify(toJsonSchemaDraft4(JSON.parse(version.content))),
      SchemaArn: schemaArn(ctx, schema.registry, schema.name),
      SchemaName: schema.name,
      SchemaVersion: String(version.version),
      Type: 'JSONSchemaDraft4',
    }
  }
}
