import type {
  Edge,
  JobRun,
  Node,
  WorkflowGraph,
  WorkflowRun,
  WorkflowRunStatistics,
} from '@aws-sdk/client-glue'
import {formatTime} from '../../core/time'
import type {GlueWork} from './choose-engine'

/** A job or crawler, with the state of its last run. */
export interface GlueStep {
  kind: 'job' | 'crawler'
  name: string
  /** As Glue writes it (`RUNNING`, `SUCCEEDED`, `CANCELLED`); absent where it has not run. */
  state?: string
  error?: string
}

/** A run of a workflow or job, as far as it is. */
export interface GlueRun {
  engine: 'glue'
  workflow?: string
  job?: string
  runId: string
  /** As Glue writes it. `COMPLETED` of a workflow does not mean that its jobs succeeded. */
  state: string
  hasEnded: boolean
  hasFailed: boolean
  /** What Glue says of the run itself. */
  error?: string
  startedAt?: string
  endedAt?: string
  /** In the order in which they follow each other. */
  steps: GlueStep[]
}

const endedWorkflow = new Set(['COMPLETED', 'STOPPED', 'ERROR'])
const endedJob = new Set(['SUCCEEDED', 'STOPPED', 'FAILED', 'TIMEOUT', 'ERROR', 'EXPIRED'])
const bad = ['FailedActions', 'TimeoutActions', 'ErroredActions', 'StoppedActions'] as const

/** A run of a workflow as GetWorkflowRun answers it, with its graph. */
export function ofWorkflowRun(work: GlueWork, runId: string, run: WorkflowRun = {}): GlueRun {
  const state = run.Status ?? 'RUNNING'
  const statistics: WorkflowRunStatistics = run.Statistics ?? {}
  const hasEnded = endedWorkflow.has(state)
  const hasBad = bad.some((name) => (statistics[name] ?? 0) > 0)
  return {
    ...{engine: 'glue', workflow: work.name, runId, state, hasEnded},
    hasFailed: hasEnded && (state !== 'COMPLETED' || hasBad),
    ...(run.ErrorMessage ? {error: run.ErrorMessage} : {}),
    ...timesOf(run),
    steps: stepsOf(run.Graph),
  }
}

/** A run of a job as GetJobRun answers it. */
export function ofJobRun(work: GlueWork, runId: string, run: JobRun = {}): GlueRun {
  const state = run.JobRunState ?? 'STARTING'
  const hasEnded = endedJob.has(state)
  return {
    ...{engine: 'glue', job: work.name, runId, state, hasEnded, hasFailed: hasEnded && state !== 'SUCCEEDED'},
    ...timesOf(run),
    steps: [jobStep(work.name, run)],
  }
}

/** The jobs and crawlers of a graph, each behind what it waits for. */
export function stepsOf({Nodes: nodes = [], Edges: edges = []}: WorkflowGraph = {}): GlueStep[] {
  const depths = depthsOf(nodes, edges)
  const depthOf = ({UniqueId: id = ''}: Node) => depths.get(id) ?? 0
  const steps = nodes.filter(({Type}) => Type === 'JOB' || Type === 'CRAWLER')
  return steps.sort((a, b) => depthOf(a) - depthOf(b)).map(toStep)
}

function toStep(node: Node): GlueStep {
  const {Type, Name = '', JobDetails, CrawlerDetails} = node
  // Of several attempts the last one counts.
  if (Type === 'JOB') return jobStep(Name, lastOf(JobDetails?.JobRuns ?? []))
  const crawl = lastOf(CrawlerDetails?.Crawls ?? [])
  return {
    ...{kind: 'crawler', name: Name},
    ...(crawl?.State ? {state: crawl.State} : {}),
    ...(crawl?.ErrorMessage ? {error: crawl.ErrorMessage} : {}),
  }
}

function jobStep(name: string, run: JobRun | undefined): GlueStep {
  return {
    ...{kind: 'job', name},
    ...(run?.JobRunState ? {state: run.JobRunState} : {}),
    ...(run?.ErrorMessage ? {error: run.ErrorMessage} : {}),
  }
}

function lastOf<T extends {StartedOn?: Date | undefined}>(runs: readonly T[]): T | undefined {
  return [...runs].sort((a, b) => (a.StartedOn?.getTime() ?? 0) - (b.StartedOn?.getTime() ?? 0)).at(-1)
}

/** How many edges lead to each node, by the longest way; a circle is walked once. */
function depthsOf(nodes: readonly Node[], edges: readonly Edge[]): Map<string, number> {
  const depths = new Map<string, number>()
  for (let round = 0; round < nodes.length; round += 1) {
    for (const {SourceId: from = '', DestinationId: to = ''} of edges) {
      depths.set(to, Math.max(depths.get(to) ?? 0, Math.min((depths.get(from) ?? 0) + 1, nodes.length)))
    }
  }
  return depths
}

function timesOf({
  StartedOn: from,
  CompletedOn: to,
}: {
  StartedOn?: Date | undefined
  CompletedOn?: Date | undefined
}) {
  return {
    ...(from ? {startedAt: formatTime(from.getTime())} : {}),
    ...(to ? {endedAt: formatTime(to.getTime())} : {}),
  }
}
