import type {
  Column,
  Database,
  GetDataCatalogCommandInput,
  GetDataCatalogCommandOutput,
  GetDatabaseCommandInput,
  GetDatabaseCommandOutput,
  GetTableMetadataCommandInput,
  GetTableMetadataCommandOutput,
  ListDataCatalogsCommandInput,
  ListDataCatalogsCommandOutput,
  ListDatabasesCommandInput,
  ListDatabasesCommandOutput,
  ListTableMetadataCommandInput,
  ListTableMetadataCommandOutput,
  TableMetadata,
} from '@aws-sdk/client-athena'
import type {Column as GlueColumn} from '@aws-sdk/client-glue'
import type {Catalog, DatabaseRow, TableRow} from '../../catalog'
import {pageOf} from '../../page'
import type {Operation} from '../../platform'
import {badToken, invalidRequest, metadataNotFound, pageLimit} from './errors'

/** ListDataCatalogs: the Glue catalog, which is the only one. */
export function listDataCatalogs(): Operation<ListDataCatalogsCommandInput, ListDataCatalogsCommandOutput> {
  return () => ({
    DataCatalogsSummary: [{CatalogName: 'AwsDataCatalog', Type: 'GLUE', Status: 'CREATE_COMPLETE'}],
  })
}

/** GetDataCatalog. Throws `InvalidRequestException` for any other than AwsDataCatalog. */
export function getDataCatalog(): Operation<GetDataCatalogCommandInput, GetDataCatalogCommandOutput> {
  return (input, ctx) => {
    requireCatalog(input.Name)
    const Parameters = {'catalog-id': ctx.accountId}
    return {DataCatalog: {Name: 'AwsDataCatalog', Type: 'GLUE', Status: 'CREATE_COMPLETE', Parameters}}
  }
}

/** ListDatabases, by name, at most 50 a page. */
export function listDatabases(
  catalog: Catalog,
): Operation<ListDatabasesCommandInput, ListDatabasesCommandOutput> {
  return (input, ctx) => {
    requireCatalog(input.CatalogName)
    const limit = pageLimit(input.MaxResults, 1, 50)
    const page = pageOf(catalog.databases(ctx.region), {limit, token: input.NextToken, badToken})
    return {DatabaseList: page.items.map(toDatabase), NextToken: page.nextToken}
  }
}

/** GetDatabase. Throws `MetadataException`. */
export function getDatabase(catalog: Catalog): Operation<GetDatabaseCommandInput, GetDatabaseCommandOutput> {
  return (input, ctx) => {
    requireCatalog(input.CatalogName)
    return {Database: toDatabase(requireDatabase(catalog, ctx.region, input.DatabaseName))}
  }
}

/** ListTableMetadata, by name, at most 50 a page; `Expression` is a regular expression. Throws `MetadataException`. */
export function listTableMetadata(
  catalog: Catalog,
): Operation<ListTableMetadataCommandInput, ListTableMetadataCommandOutput> {
  return (input, ctx) => {
    requireCatalog(input.CatalogName)
    const database = requireDatabase(catalog, ctx.region, input.DatabaseName)
    const wanted = nameFilter(input.Expression)
    const tables = catalog.tables(ctx.region, database.Name).filter((table) => wanted(table.Name))
    const limit = pageLimit(input.MaxResults, 1, 50)
    const page = pageOf(tables, {limit, token: input.NextToken, badToken})
    return {TableMetadataList: page.items.map(toTableMetadata), NextToken: page.nextToken}
  }
}

/** GetTableMetadata. Throws `MetadataException`. */
export function getTableMetadata(
  catalog: Catalog,
): Operation<GetTableMetadataCommandInput, GetTableMetadataCommandOutput> {
  return (input, ctx) => {
    requireCatalog(input.CatalogName)
    const database = requireDatabase(catalog, ctx.region, input.DatabaseName)
    const table = catalog.table(ctx.region, database.Name, input.TableName ?? '')
    if (!table) throw metadataNotFound(`EntityNotFoundException: Table ${input.TableName} not found.`)
    return {TableMetadata: toTableMetadata(table)}
  }
}

function requireCatalog(name: string | undefined): void {
  if (name?.toLowerCase() !== 'awsdatacatalog') throw invalidRequest(`Data catalog ${name} was not found`)
}

function requireDatabase(catalog: Catalog, region: string, name: string | undefined): DatabaseRow {
  const row = catalog.database(region, name ?? '')
  if (!row) throw metadataNotFound(`EntityNotFoundException: Database ${name} not found.`)
  return row
}

function toDatabase(row: DatabaseRow): Database {
  return {Name: row.Name, Description: row.Description, Parameters: row.Parameters}
}

function toTableMetadata(row: TableRow): TableMetadata {
  const storage = row.StorageDescriptor
  return {
    Name: row.Name,
    CreateTime: row.CreateTime,
    LastAccessTime: row.LastAccessTime,
    TableType: row.TableType,
    Columns: (storage?.Columns ?? []).map(toColumn),
    PartitionKeys: (row.PartitionKeys ?? []).map(toColumn),
    Parameters: {
      ...row.Parameters,
      ...(storage?.Location === undefined ? {} : {location: storage.Location}),
      ...(storage?.SerdeInfo?.SerializationLibrary === undefined
        ? {}
        : {'serde.serialization.lib': storage.SerdeInfo.SerializationLibrary}),
    },
  }
}

function toColumn(column: GlueColumn): Column {
  return {Name: column.Name, Type: column.Type, Comment: column.Comment}
}

function nameFilter(expression: string | undefined): (name: string) => boolean {
  if (expression === undefined || expression === '') return () => true
  try {
    const pattern = new RegExp(`^(?:${expression})$`, 'i')
    return (name) => pattern.test(name)
  } catch {
    throw invalidRequest(`Expression ${expression} is not a valid regular expression.`)
  }
}
