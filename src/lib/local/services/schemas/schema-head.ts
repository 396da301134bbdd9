import type {CallContext} from '../../platform'
import {schemaArn} from './arns'
import type {SchemaRow, VersionRow} from './tables'

/** What CreateSchema, UpdateSchema and DescribeSchema answer of a schema and one of its versions. */
export function schemaHead(schema: SchemaRow, version: VersionRow, ctx: CallContext) {
  return {
    ...(schema.description === undefined ? {} : {Description: schema.description}),
    LastModified: new Date(schema.lastModifiedAt),
    SchemaArn: schemaArn(ctx, schema.registry, schema.name),
    SchemaName: schema.name,
    SchemaVersion: String(version.version),
    Tags: schema.tags,
    Type: version.type,
    VersionCreatedDate: new Date(version.createdAt),
  }
}
