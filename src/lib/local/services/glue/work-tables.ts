import type {
  CreateCrawlerRequest,
  CreateWorkflowRequest,
  JobRunState,
  JobUpdate,
  TriggerType,
  TriggerUpdate,
} from '@aws-sdk/client-glue'
import type {Store} from '../../store'
import {NamedRows} from './named-rows'
import {RunRows, type RunRow} from './run-rows'

/** A definition that its caller can change. Times are milliseconds since 1970. */
interface Defined<D> {
  name: string
  definition: D
  createdAt: number
  modifiedAt: number
}

export type JobRow = Defined<JobUpdate>

export interface JobRunRow extends RunRow {
  state: JobRunState
  modifiedAt: number
  /** As StartJobRun or the trigger's action gave them. */
  arguments: Record<string, string>
  timeoutMinutes: number
  triggerName: string | undefined
}

export interface CrawlerRow extends Defined<Omit<CreateCrawlerRequest, 'Name' | 'Tags' | 'Schedule'>> {
  version: number
}

/** What a crawl has changed in the catalog: names of tables, and of partitions as `table/value/value`. */
export interface CrawlChanges {
  tablesAdded: string[]
  tablesUpdated: string[]
  tablesDeleted: string[]
  partitionsAdded: string[]
  partitionsDeleted: string[]
}

export interface CrawlRow extends RunRow {
  state: 'RUNNING' | 'CANCELLING' | 'SUCCEEDED' | 'CANCELLED' | 'FAILED' | 'ERROR'
  changes: CrawlChanges | undefined
}

export interface TriggerRow extends Defined<Omit<TriggerUpdate, 'Name'>> {
  workflow: string | undefined
  type: TriggerType
  state: 'CREATED' | 'ACTIVATED' | 'DEACTIVATED'
}

export type WorkflowRow = Defined<Omit<CreateWorkflowRequest, 'Name' | 'Tags'>>

/** What a start by a trigger has set going: a run of a workflow, or (without a workflow, `of` is empty) of triggers that stand alone. */
export interface ChainRow extends RunRow {
  status: 'RUNNING' | 'COMPLETED' | 'STOPPING' | 'STOPPED'
  properties: Record<string, string>
  /** Triggers that have fired; each does once. */
  fired: string[]
  /** The workflow's triggers as they were at its start; undefined outside of workflows, where those of the moment count. */
  triggers: TriggerRow[] | undefined
}

/** Everything of Glue that runs, beside the catalog. */
export interface WorkTables {
  store: Store
  jobs: NamedRows<JobRow>
  jobRuns: RunRows<JobRunRow>
  crawlers: NamedRows<CrawlerRow>
  crawls: RunRows<CrawlRow>
  triggers: NamedRows<TriggerRow>
  workflows: NamedRows<WorkflowRow>
  chains: RunRows<ChainRow>
}

export function openWorkTables(store: Store): WorkTables {
  return {
    store,
    jobs: new NamedRows(store, 'glue/jobs', 'Job'),
    jobRuns: new RunRows(store, 'glue/job-runs'),
    crawlers: new NamedRows(store, 'glue/crawlers', 'Crawler'),
    crawls: new RunRows(store, 'glue/crawls'),
    triggers: new NamedRows(store, 'glue/triggers', 'Trigger'),
    workflows: new NamedRows(store, 'glue/workflows', 'Workflow'),
    chains: new RunRows(store, 'glue/chains'),
  }
}
