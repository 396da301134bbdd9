import type {
  GetTableVersionCommandInput,
  GetTableVersionCommandOutput,
  GetTableVersionsCommandInput,
  GetTableVersionsCommandOutput,
  UpdateTableCommandInput,
  UpdateTableCommandOutput,
} from '@aws-sdk/client-glue'
import {tableKey, versionKey, type Catalog, type TableRow} from '../../catalog'
import {pageOf} from '../../page'
import type {Operation} from '../../platform'
import {ServiceError} from '../../service-error'
import {entityNotFound, invalidInput} from './errors'
import {nameOf, onlyOwnCatalog, pageLimit, refuse} from './input'
import {toTableRow} from './table-row'
import {requireTable} from './lookup'

/**
 * UpdateTable: replaces the whole input; the version before is kept unless `SkipArchive`.
 * Throws `EntityNotFoundException`, `InvalidInputException`, `ConcurrentModificationException` (`VersionId` is not the current one).
 */
export function updateTable(catalog: Catalog): Operation<UpdateTableCommandInput, UpdateTableCommandOutput> {
  return (input, ctx) => {
    onlyOwnCatalog(input, ctx)
    refuse(input, ['ViewUpdateAction', 'UpdateOpenTableFormatInput'])
    const database = nameOf(input.DatabaseName, 'databaseName')
    const name = nameOf(input.TableInput?.Name ?? input.Name, 'tableInput.name')
    catalog.store.write(() => {
      const before = requireTable(catalog, ctx.region, database, name)
      if (input.VersionId !== undefined && input.VersionId !== before.VersionId) {
        throw new ServiceError(
          'ConcurrentModificationException',
          'Update table failed due to concurrent modifications.',
        )
      }
      const row = toTableRow(input.TableInput, {
        DatabaseName: database,
        CatalogId: ctx.accountId,
        VersionId: String(Number(before.VersionId) + 1),
        CreateTime: before.CreateTime,
        UpdateTime: new Date(ctx.now),
      })
      if (input.SkipArchive !== true) catalog.versionRows.put(versionKey(before, ctx.region), before)
      catalog.tableRows.put(tableKey(ctx.region, database, name), row)
    })
    return {}
  }
}

/** GetTableVersions, the newest first, at most 100 a page. Throws `EntityNotFoundException`. */
export function getTableVersions(
  catalog: Catalog,
): Operation<GetTableVersionsCommandInput, GetTableVersionsCommandOutput> {
  return (input, ctx) => {
    onlyOwnCatalog(input, ctx)
    const table = requireTable(
      catalog,
      ctx.region,
      nameOf(input.DatabaseName, 'databaseName'),
      nameOf(input.TableName, 'tableName'),
    )
    const page = pageOf(versionsOf(catalog, ctx.region, table), {
      limit: pageLimit(input.MaxResults, 100),
      token: input.NextToken,
      badToken: () => invalidInput('The NextToken is invalid.'),
    })
    return {
      TableVersions: page.items.map((row) => ({Table: row, VersionId: row.VersionId})),
      NextToken: page.nextToken,
    }
  }
}

/** GetTableVersion; the current one when no version is named. Throws `EntityNotFoundException`. */
export function getTableVersion(
  catalog: Catalog,
): Operation<GetTableVersionCommandInput, GetTableVersionCommandOutput> {
  return (input, ctx) => {
    onlyOwnCatalog(input, ctx)
    const database = nameOf(input.DatabaseName, 'databaseName')
    const table = requireTable(catalog, ctx.region, database, nameOf(input.TableName, 'tableName'))
    const wanted = input.VersionId ?? table.VersionId
    const row = versionsOf(catalog, ctx.region, table).find((version) => version.VersionId === wanted)
    if (!row) throw entityNotFound('Table version not found.')
    return {TableVersion: {Table: row, VersionId: row.VersionId}}
  }
}

function versionsOf(catalog: Catalog, region: string, table: TableRow): TableRow[] {
  const prefix = `${tableKey(region, table.DatabaseName, table.Name)}/`
  const archived = [...catalog.versionRows.list(prefix)].map((row) => row.value)
  return [...archived, table].reverse()
}
