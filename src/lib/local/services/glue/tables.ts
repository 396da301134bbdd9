import type {
  BatchDeleteTableCommandInput,
  BatchDeleteTableCommandOutput,
  CreateTableCommandInput,
  CreateTableCommandOutput,
  DeleteTableCommandInput,
  DeleteTableCommandOutput,
  GetTableCommandInput,
  GetTableCommandOutput,
  GetTablesCommandInput,
  GetTablesCommandOutput,
  TableError,
} from '@aws-sdk/client-glue'
import {tableKey, type Catalog} from '../../catalog'
import {pageOf} from '../../page'
import type {Operation} from '../../platform'
import {alreadyExists, invalidInput} from './errors'
import {maxItems, nameOf, onlyOwnCatalog, pageLimit, refuse} from './input'
import {removeTable, requireDatabase, requireTable} from './lookup'
import {toTableRow} from './table-row'

/** CreateTable, as version 0. Throws `EntityNotFoundException` (database), `AlreadyExistsException`, `InvalidInputException`. */
export function createTable(catalog: Catalog): Operation<CreateTableCommandInput, CreateTableCommandOutput> {
  return (input, ctx) => {
    onlyOwnCatalog(input, ctx)
    refuse(input, ['OpenTableFormatInput', 'PartitionIndexes'])
    const database = nameOf(input.DatabaseName, 'databaseName')
    const at = new Date(ctx.now)
    catalog.store.write(() => {
      requireDatabase(catalog, ctx.region, database)
      const place = {
        DatabaseName: database,
        CatalogId: ctx.accountId,
        VersionId: '0',
        CreateTime: at,
        UpdateTime: at,
      }
      const row = toTableRow(input.TableInput, place)
      if (catalog.table(ctx.region, database, row.Name)) throw alreadyExists('Table')
      catalog.tableRows.put(tableKey(ctx.region, database, row.Name), row)
    })
    return {}
  }
}

/** GetTable. Throws `EntityNotFoundException`. */
export function getTable(catalog: Catalog): Operation<GetTableCommandInput, GetTableCommandOutput> {
  return (input, ctx) => {
    onlyOwnCatalog(input, ctx)
    const database = nameOf(input.DatabaseName, 'databaseName')
    return {Table: requireTable(catalog, ctx.region, database, nameOf(input.Name, 'name'))}
  }
}

/** GetTables, by name, at most 100 a page; `Expression` is a regular expression for the whole name. Throws `EntityNotFoundException`. */
export function getTables(catalog: Catalog): Operation<GetTablesCommandInput, GetTablesCommandOutput> {
  return (input, ctx) => {
    onlyOwnCatalog(input, ctx)
    refuse(input, ['AttributesToGet'])
    const database = nameOf(input.DatabaseName, 'databaseName')
    requireDatabase(catalog, ctx.region, database)
    const wanted = nameFilter(input.Expression)
    const page = pageOf(
      catalog.tables(ctx.region, database).filter((table) => wanted(table.Name)),
      {
        limit: pageLimit(input.MaxResults, 100),
        token: input.NextToken,
        badToken: () => invalidInput('The NextToken is invalid.'),
      },
    )
    return {TableList: page.items, NextToken: page.nextToken}
  }
}

/** DeleteTable, with its versions and partitions. Throws `EntityNotFoundException`. */
export function deleteTable(catalog: Catalog): Operation<DeleteTableCommandInput, DeleteTableCommandOutput> {
  return (input, ctx) => {
    onlyOwnCatalog(input, ctx)
    const database = nameOf(input.DatabaseName, 'databaseName')
    const name = nameOf(input.Name, 'name')
    catalog.store.write(() => {
      requireTable(catalog, ctx.region, database, name)
      removeTable(catalog, ctx.region, tableKey(ctx.region, database, name))
    })
    return {}
  }
}

/** BatchDeleteTable, at most 100; what is not there stands in `Errors`. Throws `EntityNotFoundException` (database). */
export function batchDeleteTable(
  catalog: Catalog,
): Operation<BatchDeleteTableCommandInput, BatchDeleteTableCommandOutput> {
  return (input, ctx) => {
    onlyOwnCatalog(input, ctx)
    const database = nameOf(input.DatabaseName, 'databaseName')
    const names = input.TablesToDelete ?? []
    maxItems(names, 100, 'tablesToDelete')
    const errors: TableError[] = []
    catalog.store.write(() => {
      requireDatabase(catalog, ctx.region, database)
      for (const name of names) {
        if (catalog.table(ctx.region, database, name)) {
          removeTable(catalog, ctx.region, tableKey(ctx.region, database, name))
        } else {
          const ErrorDetail = {ErrorCode: 'EntityNotFoundException', ErrorMessage: `Table ${name} not found.`}
          errors.push({TableName: name, ErrorDetail})
        }
      }
    })
    return {Errors: errors}
  }
}

function nameFilter(expression: string | undefined): (name: string) => boolean {
  if (expression === undefined || expression === '') return () => true
  if (expression.length > 2048) throw invalidInput('Expression must have length less than or equal to 2048.')
  try {
    // Glue takes both a Java regular expression and the pattern of SHOW TABLES, in which `*` alone means anything.
    const source = expression.replace(/(?<![.\])}\\])\*/g, '.*')
    const pattern = new RegExp(`^(?:${source})$`, 'i')
    return (name) => pattern.test(name)
  } catch {
    throw invalidInput(`Expression ${expression} is not a valid regular expression.`)
  }
}
