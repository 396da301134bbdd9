import type {Action, Node, WorkflowRun, WorkflowRunStatistics} from '@aws-sdk/client-glue'
import {toJobRun} from '../jobs/job-runs'
import type {ChainRow, CrawlRow, JobRunRow, WorkTables} from '../work-tables'
import type {Chains} from './chains'
import {graphOf} from './graph'

/** The counts of a workflow run, by the state of a job run or crawl. */
const countOf: Readonly<Record<string, keyof WorkflowRunStatistics>> = {
  STARTING: 'RunningActions',
  RUNNING: 'RunningActions',
  STOPPING: 'RunningActions',
  CANCELLING: 'RunningActions',
  SUCCEEDED: 'SucceededActions',
  FAILED: 'FailedActions',
  TIMEOUT: 'TimeoutActions',
  STOPPED: 'StoppedActions',
  CANCELLED: 'StoppedActions',
  ERROR: 'ErroredActions',
}

/** A run of a workflow as GetWorkflowRun shows it at the moment `now`. */
export function toWorkflowRun(
  tables: WorkTables,
  chains: Chains,
  {row, now, withGraph}: {row: ChainRow; now: number; withGraph: boolean | undefined},
): WorkflowRun {
  const triggers = chains.triggersOf(row)
  const detailsOf = (of: Action) => detailsOfRun(tables, chains.runOf(row, of), now)
  return {
    Name: row.of,
    WorkflowRunId: row.id,
    WorkflowRunProperties: row.properties,
    StartedOn: new Date(row.startedAt),
    CompletedOn: row.completedAt === undefined ? undefined : new Date(row.completedAt),
    Status: row.status,
    Statistics: statisticsOf(chains, row),
    Graph: withGraph ? graphOf(triggers, detailsOf) : undefined,
  }
}

function statisticsOf(chains: Chains, row: ChainRow): WorkflowRunStatistics {
  const actions = chains.triggersOf(row).flatMap(({definition}) => definition.Actions ?? [])
  const statistics: Required<WorkflowRunStatistics> = {
    TotalActions: actions.length,
    ...{TimeoutActions: 0, FailedActions: 0, StoppedActions: 0, SucceededActions: 0},
    ...{RunningActions: 0, ErroredActions: 0, WaitingActions: 0},
  }
  for (const {state} of chains.runsOf(row)) {
    const name = countOf[state]
    if (name) statistics[name] = (statistics[name] ?? 0) + 1
  }
  return statistics
}

function detailsOfRun(
  tables: WorkTables,
  run: JobRunRow | CrawlRow | undefined,
  now: number,
): Pick<Node, 'JobDetails' | 'CrawlerDetails'> {
  if (!run) return {}
  if (!('changes' in run)) {
    return {JobDetails: {JobRuns: [toJobRun(run, tables.jobs.find(run.region, run.of), now)]}}
  }
  const crawl = {
    State: run.state,
    StartedOn: new Date(run.startedAt),
    CompletedOn: run.completedAt === undefined ? undefined : new Date(run.completedAt),
    ErrorMessage: run.error,
  }
  return {CrawlerDetails: {Crawls: [crawl]}}
}
