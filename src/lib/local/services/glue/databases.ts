import type {
  CreateDatabaseCommandInput,
  CreateDatabaseCommandOutput,
  DatabaseInput,
  DeleteDatabaseCommandInput,
  DeleteDatabaseCommandOutput,
  GetDatabaseCommandInput,
  GetDatabaseCommandOutput,
  GetDatabasesCommandInput,
  GetDatabasesCommandOutput,
  UpdateDatabaseCommandInput,
  UpdateDatabaseCommandOutput,
} from '@aws-sdk/client-glue'
import {databaseKey, tableKey, type Catalog, type DatabaseRow} from '../../catalog'
import {pageOf} from '../../page'
import type {Operation} from '../../platform'
import {alreadyExists, invalidInput} from './errors'
import {nameOf, onlyOwnCatalog, pageLimit, refuse} from './input'
import {removeTable, requireDatabase} from './lookup'
import {databaseArn, putTags, removeTags} from './tags'

/** CreateDatabase. Throws `AlreadyExistsException`, `InvalidInputException`. */
export function createDatabase(
  catalog: Catalog,
): Operation<CreateDatabaseCommandInput, CreateDatabaseCommandOutput> {
  return (input, ctx) => {
    onlyOwnCatalog(input, ctx)
    const row = toRow(input.DatabaseInput, ctx.accountId, new Date(ctx.now))
    catalog.store.write(() => {
      if (catalog.database(ctx.region, row.Name)) throw alreadyExists('Database')
      catalog.databaseRows.put(databaseKey(ctx.region, row.Name), row)
      if (input.Tags) putTags(catalog.store, databaseArn(ctx, row.Name), input.Tags)
    })
    return {}
  }
}

/** GetDatabase. Throws `EntityNotFoundException`. */
export function getDatabase(catalog: Catalog): Operation<GetDatabaseCommandInput, GetDatabaseCommandOutput> {
  return (input, ctx) => {
    onlyOwnCatalog(input, ctx)
    return {Database: requireDatabase(catalog, ctx.region, nameOf(input.Name, 'name'))}
  }
}

/** GetDatabases, by name, at most 100 a page. */
export function getDatabases(
  catalog: Catalog,
): Operation<GetDatabasesCommandInput, GetDatabasesCommandOutput> {
  return (input, ctx) => {
    onlyOwnCatalog(input, ctx)
    refuse(input, ['ResourceShareType', 'AttributesToGet'])
    const page = pageOf(catalog.databases(ctx.region), {
      limit: pageLimit(input.MaxResults, 100),
      token: input.NextToken,
      badToken: () => invalidInput('The NextToken is invalid.'),
    })
    return {DatabaseList: page.items, NextToken: page.nextToken}
  }
}

/** UpdateDatabase: replaces everything but name and creation time. Throws `EntityNotFoundException`, `InvalidInputException`. */
export function updateDatabase(
  catalog: Catalog,
): Operation<UpdateDatabaseCommandInput, UpdateDatabaseCommandOutput> {
  return (input, ctx) => {
    onlyOwnCatalog(input, ctx)
    const name = nameOf(input.Name, 'name')
    catalog.store.write(() => {
      const before = requireDatabase(catalog, ctx.region, name)
      const row = toRow(input.DatabaseInput, ctx.accountId, before.CreateTime ?? new Date(ctx.now))
      if (row.Name !== name) throw invalidInput('Database name cannot be changed.')
      catalog.databaseRows.put(databaseKey(ctx.region, name), row)
    })
    return {}
  }
}

/** DeleteDatabase, with its tables, versions and partitions. Throws `EntityNotFoundException`. */
export function deleteDatabase(
  catalog: Catalog,
): Operation<DeleteDatabaseCommandInput, DeleteDatabaseCommandOutput> {
  return (input, ctx) => {
    onlyOwnCatalog(input, ctx)
    const name = nameOf(input.Name, 'name')
    catalog.store.write(() => {
      requireDatabase(catalog, ctx.region, name)
      for (const table of catalog.tables(ctx.region, name)) {
        removeTable(catalog, ctx.region, tableKey(ctx.region, name, table.Name))
      }
      catalog.databaseRows.delete(databaseKey(ctx.region, name))
      removeTags(catalog.store, databaseArn(ctx, name))
    })
    return {}
  }
}

function toRow(input: DatabaseInput | undefined, accountId: string, createdAt: Date): DatabaseRow {
  refuse(input ?? {}, ['TargetDatabase', 'FederatedDatabase'])
  return {
    Name: nameOf(input?.Name, 'databaseInput.name'),
    Description: input?.Description,
    LocationUri: input?.LocationUri,
    Parameters: input?.Parameters,
    CreateTime: createdAt,
    CreateTableDefaultPermissions: input?.CreateTableDefaultPermissions ?? [
      {Principal: {DataLakePrincipalIdentifier: 'IAM_ALLOWED_PRINCIPALS'}, Permissions: ['ALL']},
    ],
    CatalogId: accountId,
  }
}
