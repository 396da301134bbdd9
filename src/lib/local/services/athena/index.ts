import {Catalog} from '../../catalog'
import type {Platform, Service} from '../../platform'
import {getQueryResults} from './get-query-results'
import {
  getDatabase,
  getDataCatalog,
  getTableMetadata,
  listDatabases,
  listDataCatalogs,
  listTableMetadata,
} from './metadata'
import {
  batchGetQueryExecution,
  getQueryExecution,
  listQueryExecutions,
  stopQueryExecution,
} from './query-executions'
import {QueryRunner} from './query-runner'
import {QueryStore} from './query-store'
import {startQueryExecution} from './start-query-execution'
import {listTagsForResource, tagResource, untagResource} from './tags'
import {WorkGroupStore} from './work-group-store'
import {createWorkGroup, deleteWorkGroup, getWorkGroup, listWorkGroups, updateWorkGroup} from './work-groups'

/** Athena with an end: queries under way hold DuckDB's threads until `close`. */
export interface AthenaService extends Service {
  close: () => Promise<void>
}

/** Amazon Athena: workgroups, queries and the catalog as Athena shows it. DuckDB runs the SQL (`local/athena-sql`). */
export function create(platform: Platform): AthenaService {
  const groups = new WorkGroupStore(platform.store)
  const queries = new QueryStore(platform.store)
  queries.failInterrupted(platform.clock.now())
  const runner = new QueryRunner(platform, queries)
  const desk = {groups, queries, runner, blobs: platform.blobs}
  const catalog = new Catalog(platform.store)
  return {
    close: () => runner.close(),
    operations: {
      CreateWorkGroup: createWorkGroup(groups),
      GetWorkGroup: getWorkGroup(groups),
      ListWorkGroups: listWorkGroups(groups),
      UpdateWorkGroup: updateWorkGroup(groups),
      DeleteWorkGroup: deleteWorkGroup(groups, queries),
      StartQueryExecution: startQueryExecution(desk),
      GetQueryExecution: getQueryExecution(desk),
      BatchGetQueryExecution: batchGetQueryExecution(desk),
      StopQueryExecution: stopQueryExecution(desk),
      ListQueryExecutions: listQueryExecutions(desk),
      GetQueryResults: getQueryResults(desk),
      ListDataCatalogs: listDataCatalogs(),
      GetDataCatalog: getDataCatalog(),
      ListDatabases: listDatabases(catalog),
      GetDatabase: getDatabase(catalog),
      ListTableMetadata: listTableMetadata(catalog),
      GetTableMetadata: getTableMetadata(catalog),
      TagResource: tagResource(groups),
      UntagResource: untagResource(groups),
      ListTagsForResource: listTagsForResource(groups),
    },
  }
}
