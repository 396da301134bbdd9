import type {DataFormatConversionConfiguration, SchemaConfiguration} from '@aws-sdk/client-firehose'
import {formatArn} from '../../../core/arn'
import {parseHiveType, type HiveType} from '../../athena-sql/hive-type'
import {versionKey, type Catalog, type TableRow} from '../../catalog'
import {ConversionFailure, invalidType} from '../../format-conversion/conversion-failure'
import type {ConvertedColumn} from '../../format-conversion/converter'
import type {Platform} from '../../platform'
import {notEmulated, ServiceError} from '../../service-error'

/** Where a conversion finds the columns that it converts to. */
export interface SchemaPlace {
  catalog: Catalog
  platform: Platform
  /** Of the stream: where the schema names no region of its own. */
  region: string
}

/** What Firehose may do to learn the columns. Which of them it does is its own choice, so a role needs all. */
const actions = ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions']

/**
 * The columns of the table that a conversion names, as they are now, read with the rights of its role. Throws
 * ConversionFailure where the role may not, or there is no such table, or it has a type that is not known.
 */
export function columnsOf(
  conversion: DataFormatConversionConfiguration,
  place: SchemaPlace,
): ConvertedColumn[] {
  const schema = conversion.SchemaConfiguration ?? {}
  refuseWithoutRights(schema, place)
  const table = tableOf(schema, place)
  const keys = conversion.InputFormatConfiguration?.Deserializer?.OpenXJsonSerDe?.ColumnToJsonKeyMappings
  return (table.StorageDescriptor?.Columns ?? []).map(({Name: name = '', Type: type = 'string'}) => ({
    name,
    type: typeOf(type),
    key: keys?.[name] ?? name,
  }))
}

/**
 * Refuses a conversion whose database or table is not there, as Firehose hands on what Glue answers (wording unverified). Throws
 * InvalidArgumentException; also for the catalog of another account, which is not emulated.
 */
export function requireSchema(
  conversion: DataFormatConversionConfiguration,
  catalog: Catalog,
  {region, accountId}: {region: string; accountId: string},
): void {
  const {CatalogId: catalogId = accountId, DatabaseName: database = ''} = conversion.SchemaConfiguration ?? {}
  if (catalogId !== accountId) throw notEmulated(`CatalogId ${catalogId}`, 'InvalidArgumentException')
  const {Region: place = region, TableName: table = ''} = conversion.SchemaConfiguration ?? {}
  const isThere = catalog.database(place, database)
  if (isThere && catalog.table(place, database, table)) return
  throw new ServiceError(
    'InvalidArgumentException',
    `${isThere ? `Table ${table}` : `Database ${database}`} not found. (Service: AWSGlue; Status Code: 400; Error Code: EntityNotFoundException)`,
  )
}

function refuseWithoutRights(schema: SchemaConfiguration, {platform, region}: SchemaPlace): void {
  const {DatabaseName: database = '', TableName: table = ''} = schema
  const paths = ['catalog', `database/${database}`, `table/${database}/${table}`]
  for (const [path, action] of paths.flatMap((one) => actions.map((act) => [one, act] as const))) {
    const refused = platform.roles.refusal({
      roleArn: schema.RoleARN ?? '',
      service: 'firehose.amazonaws.com',
      action,
      resource: formatArn({
        service: 'glue',
        region: schema.Region ?? region,
        accountId: platform.accountId,
        resource: path,
      }),
    })
    if (!refused) continue
    platform.log(`a conversion may not read its table ${database}.${table}: ${refused.message}`)
    throw refused.reason === 'denied' ? mayNotRead() : mayNotAssume()
  }
}

function mayNotAssume(): ConversionFailure {
  return new ConversionFailure(
    'AccessDenied',
    'Access was denied when assuming role. Please ensure that the role specified in the data format conversion configuration has granted the Firehose service permission to assume it.',
  )
}

function mayNotRead(): ConversionFailure {
  return new ConversionFailure(
    'AccessDenied',
    'Access was denied when calling Glue. Please ensure that the role specified in the data format conversion configuration has the necessary permissions.',
  )
}

function tableOf(schema: SchemaConfiguration, {catalog, region}: SchemaPlace): TableRow {
  const place = schema.Region ?? region
  const table = catalog.table(place, schema.DatabaseName ?? '', schema.TableName ?? '')
  if (!table) {
    throw new ConversionFailure(
      'EntityNotFound',
      'The specified table/database could not be found. Please ensure that the table/database exists and that the values provided in schema configuration are correct, especially with regards to casing.',
    )
  }
  const {VersionId: version = 'LATEST'} = schema
  if (version === 'LATEST' || version === table.VersionId) return table
  const old = catalog.versionRows.get(versionKey({...table, VersionId: version}, place))
  if (old) return old
  throw new ConversionFailure(
    'InvalidVersionId',
    'Could not find a matching schema from glue. Please make sure the specified version of the table exists.',
  )
}

function typeOf(text: string): HiveType {
  try {
    return parseHiveType(text)
  } catch {
    throw invalidType(text)
  }
}
