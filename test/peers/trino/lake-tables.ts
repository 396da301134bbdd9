import {
  CreateTableCommand,
  GetTablesCommand,
  UpdateTableCommand,
  type GlueClient,
  type TableInput,
} from '@aws-sdk/client-glue'
import {layout} from '../../../src/lib/road/layout'
import type {CatalogProperties} from './server'

/** A catalog of Trino over the objects of an endpoint and the tables and views of its Glue catalog, as they are. */
export function glueCatalog(endpoint: string, region: string): CatalogProperties {
  return {
    'connector.name': 'hive',
    'fs.s3.enabled': 'true',
    's3.endpoint': endpoint,
    's3.region': region,
    's3.path-style-access': 'true',
    's3.aws-access-key': 'test',
    's3.aws-secret-key': 'test',
    'hive.metastore': 'glue',
    'hive.metastore.glue.region': region,
    'hive.metastore.glue.endpoint-url': endpoint,
    'hive.metastore.glue.aws-access-key': 'test',
    'hive.metastore.glue.aws-secret-key': 'test',
    'hive.partition-projection-enabled': 'true',
    // As on Athena, which writes into tables of its own kind alone: external ones.
    'hive.non-managed-table-writes-enabled': 'true',
    'hive.collect-column-statistics-on-write': 'false',
    'hive.table-statistics-enabled': 'false',
    // Nothing is written between two queries, and most projected partitions hold nothing.
    'hive.file-status-cache-tables': '*',
    'hive.file-status-cache-expire-time': '1h',
  }
}

/**
 * Says in the catalog what Trino asks for and Athena does not: an owner of views, and ranges of projected days in days, not in years. Those of the
 * raw tables are the days on which objects arrived, so that it need not look into three years of empty hours.
 */
export async function fitForTrino(glue: GlueClient, arrivals: readonly [string, string]): Promise<void> {
  for (const table of await tablesOf(glue)) {
    const range = table.Parameters?.['projection.dt.range']
    const days =
      table.Name === layout.curatedTable ? range?.replace('NOW+1YEAR', 'NOW+365DAYS') : arrivals.join(',')
    const Parameters = {
      ...table.Parameters,
      ...(range !== undefined && days !== undefined && {'projection.dt.range': days}),
    }
    const TableInput = {...table, Owner: 'peers', Parameters}
    await glue.send(new UpdateTableCommand({DatabaseName: 'usage', TableInput}))
  }
}

/** Makes an empty table with the columns of the curated one, in a folder of its own and without projection. */
export async function makeTwin(glue: GlueClient, Name: string): Promise<void> {
  const tables = await tablesOf(glue)
  const curated = tables.find((table) => table.Name === layout.curatedTable)
  const storage = curated?.StorageDescriptor
  const Location = storage?.Location?.replace(layout.curatedFolder, `${Name}/`)
  const TableInput = {
    ...curated,
    Name,
    Parameters: {EXTERNAL: 'TRUE', classification: 'parquet', 'parquet.compression': 'ZSTD'},
    StorageDescriptor: {...storage, Location},
  }
  await glue.send(new CreateTableCommand({DatabaseName: 'usage', TableInput}))
}

async function tablesOf(glue: GlueClient): Promise<TableInput[]> {
  const {TableList: tables = []} = await glue.send(new GetTablesCommand({DatabaseName: 'usage'}))
  return tables.map(
    ({
      Name,
      TableType,
      PartitionKeys,
      Parameters,
      StorageDescriptor,
      ViewOriginalText,
      ViewExpandedText,
    }) => ({
      ...{Name, TableType, PartitionKeys, Parameters, StorageDescriptor},
      ...{ViewOriginalText, ViewExpandedText},
    }),
  )
}
