import {GetTablesCommand, UpdateTableCommand, type GlueClient} from '@aws-sdk/client-glue'
import {rawLayouts} from '../../../src/lib/road/layout'
import {rawColumns} from '../../../src/lib/road/raw-table'
import type {TrinoClient} from './client'
import type {CatalogProperties} from './server'
import {trinoType} from './trino-type'

/** A catalog of Trino over the objects of an endpoint, with a metastore of its own in files. */
export function ownCatalog(endpoint: string, region: string): CatalogProperties {
  return {
    ...objects(endpoint, region),
    'hive.metastore': 'file',
    'hive.metastore.catalog.dir': 'local:///metastore',
    'fs.local.enabled': 'true',
    'local.location': '{home}/files',
  }
}

/** A catalog of Trino over the objects of an endpoint and the tables of its Glue catalog, as they are. */
export function glueCatalog(endpoint: string, region: string): CatalogProperties {
  return {
    ...objects(endpoint, region),
    'hive.metastore': 'glue',
    'hive.metastore.glue.region': region,
    'hive.metastore.glue.endpoint-url': endpoint,
    'hive.metastore.glue.aws-access-key': 'test',
    'hive.metastore.glue.aws-secret-key': 'test',
    'hive.partition-projection-enabled': 'true',
  }
}

function objects(endpoint: string, region: string): CatalogProperties {
  return {
    'connector.name': 'hive',
    'fs.s3.enabled': 'true',
    's3.endpoint': endpoint,
    's3.region': region,
    's3.path-style-access': 'true',
    's3.aws-access-key': 'test',
    's3.aws-secret-key': 'test',
  }
}

/** Makes the raw table of Parquet files in a catalog with a metastore of its own, with the partitions that are there. */
export async function makeRawTable(trino: TrinoClient, catalog: string, bucket: string): Promise<void> {
  const {folder, table} = rawLayouts.parquet
  const columns = rawColumns().map(({Name: name, Type: type}) => `"${name}" ${trinoType(type)}`)
  const where = {catalog, schema: 'usage'}
  await trino.run({sql: `CREATE SCHEMA ${catalog}.usage`})
  await trino.run({
    sql: `CREATE TABLE ${table} (${[...columns, 'dt VARCHAR', 'hour VARCHAR'].join(', ')}) WITH (
      external_location = 's3://${bucket}/${folder}', format = 'PARQUET', partitioned_by = ARRAY['dt', 'hour'])`,
    ...where,
  })
  await trino.run({
    sql: `CALL ${catalog}.system.sync_partition_metadata('usage', '${table}', 'ADD')`,
    ...where,
  })
}

/** Says the range of the raw tables' projected days in days: Trino's projection knows no years, as Athena's does. */
export async function projectInDays(glue: GlueClient): Promise<void> {
  const {TableList: tables = []} = await glue.send(new GetTablesCommand({DatabaseName: 'usage'}))
  for (const {Name, TableType, PartitionKeys, Parameters, StorageDescriptor} of tables) {
    const inDays = {...Parameters, 'projection.dt.range': 'NOW-1095DAYS,NOW+1DAY'}
    const TableInput = {Name, TableType, PartitionKeys, Parameters: inDays, StorageDescriptor}
    await glue.send(new UpdateTableCommand({DatabaseName: 'usage', TableInput}))
  }
}
