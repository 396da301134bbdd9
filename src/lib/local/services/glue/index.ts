import {Catalog} from '../../catalog'
import type {Operations, Platform, Service} from '../../platform'
import {
  createCrawler,
  deleteCrawler,
  getCrawler,
  getCrawlers,
  listCrawlers,
  updateCrawler,
} from './crawlers/crawlers'
import {getCrawlerMetrics, listCrawls, startCrawler, stopCrawler} from './crawlers/crawls'
import {createDatabase, deleteDatabase, getDatabase, getDatabases, updateDatabase} from './databases'
import {batchGetPartition, getPartition, getPartitions} from './get-partitions'
import {batchStopJobRun, getJobRun, getJobRuns, startJobRun} from './jobs/job-runs'
import {createJob, deleteJob, getJob, getJobs, listJobs, updateJob} from './jobs/jobs'
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
import {startTrigger, stopTrigger} from './triggers/start-trigger'
import {
  createTrigger,
  deleteTrigger,
  getTrigger,
  getTriggers,
  listTriggers,
  updateTrigger,
} from './triggers/triggers'
import {openWorkTables, type WorkTables} from './work-tables'
import {Chains} from './workflows/chains'
import {
  getWorkflowRun,
  getWorkflowRunProperties,
  getWorkflowRuns,
  putWorkflowRunProperties,
  startWorkflowRun,
  stopWorkflowRun,
} from './workflows/workflow-runs'
import {
  createWorkflow,
  deleteWorkflow,
  getWorkflow,
  listWorkflows,
  updateWorkflow,
} from './workflows/workflows'

/** AWS Glue: the data catalog (databases, tables, partitions), and what runs: jobs, crawlers, triggers and workflows. */
export function create(platform: Platform): Service {
  const catalog = new Catalog(platform.store)
  const work = openWorkTables(platform.store)
  const chains = new Chains(platform, work)
  chains.recover()
  return {
    close: () => chains.close(),
    operations: {...catalogOperations(catalog, work), ...workOperations(work, chains)},
  }
}

function catalogOperations(catalog: Catalog, work: WorkTables): Operations {
  return {
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
    TagResource: tagResource(catalog, work),
    UntagResource: untagResource(catalog, work),
    GetTags: getTags(catalog, work),
  }
}

function workOperations(work: WorkTables, chains: Chains): Operations {
  const {jobs, crawls} = chains
  return {
    CreateJob: createJob(work),
    GetJob: getJob(work),
    GetJobs: getJobs(work),
    ListJobs: listJobs(work),
    UpdateJob: updateJob(work),
    DeleteJob: deleteJob(work),
    StartJobRun: startJobRun(work, jobs),
    GetJobRun: getJobRun(work),
    GetJobRuns: getJobRuns(work),
    BatchStopJobRun: batchStopJobRun(work, jobs),
    CreateCrawler: createCrawler(work),
    GetCrawler: getCrawler(work),
    GetCrawlers: getCrawlers(work),
    ListCrawlers: listCrawlers(work),
    UpdateCrawler: updateCrawler(work),
    DeleteCrawler: deleteCrawler(work),
    StartCrawler: startCrawler(work, crawls),
    StopCrawler: stopCrawler(work, crawls),
    ListCrawls: listCrawls(work),
    GetCrawlerMetrics: getCrawlerMetrics(work),
    CreateTrigger: createTrigger(work),
    GetTrigger: getTrigger(work),
    GetTriggers: getTriggers(work),
    ListTriggers: listTriggers(work),
    UpdateTrigger: updateTrigger(work),
    DeleteTrigger: deleteTrigger(work),
    StartTrigger: startTrigger(work, chains),
    StopTrigger: stopTrigger(work),
    CreateWorkflow: createWorkflow(work),
    GetWorkflow: getWorkflow(work, chains),
    ListWorkflows: listWorkflows(work),
    UpdateWorkflow: updateWorkflow(work),
    DeleteWorkflow: deleteWorkflow(work),
    StartWorkflowRun: startWorkflowRun(work, chains),
    GetWorkflowRun: getWorkflowRun(work, chains),
    GetWorkflowRuns: getWorkflowRuns(work, chains),
    GetWorkflowRunProperties: getWorkflowRunProperties(work),
    PutWorkflowRunProperties: putWorkflowRunProperties(work),
    StopWorkflowRun: stopWorkflowRun(work, chains),
  }
}
