import {Catalog} from '../../catalog'
import type {Platform, Service} from '../../platform'
import {createDatabase, deleteDatabase, getDatabase, getDatabases, updateDatabase} from './databases'
import {batchGetPartition, getPartition, getPartitions} from './get-partitions'
import {
  batchCreatePartition,
  batchDeletePartition,
  createPartition,
  deletePartition,
  updatePartition,
} from './partitions'
import {getTableVersion, getTableVersions, updateTable} from './table-versions'
import {batchDeleteTable, createTable, deleteTable, getTable, getTables} from './tables'
import {getTags, tagResource, untagResource} from './tags'

/** AWS Glue: the data catalog (databases, tables, partitions). Jobs, crawlers and workflows are not there. */
export function create(platform: Platform): Service {
  const catalog = new Catalog(platform.store)
  return {
    operations: {
      CreateDatabase: createDatabase(catalog),
      GetDatabase: getDatabase(catalog),
      GetDatabases: getDatabases(catalog),
      UpdateDatabase: updateDatabase(catalog),
      DeleteDatabase: deleteDatabase(catalog),
      CreateTable: createTable(catalog),
      GetTable: getTable(catalog),
      GetTables: getTables(catalog),
      UpdateTable: updateTable(catalog),
      DeleteTable: deleteTable(catalog),
      BatchDeleteTable: batchDeleteTable(catalog),
      GetTableVersion: getTableVersion(catalog),
      GetTableVersions: getTableVersions(catalog),
      CreatePartition: createPartition(catalog),
      BatchCreatePartition: batchCreatePartition(catalog),
      GetPartition: getPartition(catalog),
      GetPartitions: getPartitions(catalog),
      BatchGetPartition: batchGetPartition(catalog),
      UpdatePartition: updatePartition(catalog),
      DeletePartition: deletePartition(catalog),
      BatchDeletePartition: batchDeletePartition(catalog),
      TagResource: tagResource(catalog),
      UntagResource: untagResource(catalog),
      GetTags: getTags(catalog),
    },
  }
}
