import type {
  BatchStopJobRunCommandInput,
  BatchStopJobRunCommandOutput,
  GetJobRunCommandInput,
  GetJobRunCommandOutput,
  GetJobRunsCommandInput,
  GetJobRunsCommandOutput,
  JobRun,
  StartJobRunCommandInput,
  StartJobRunCommandOutput,
} from '@aws-sdk/client-glue'
import type {Operation} from '../../../platform'
import {entityNotFound, invalidInput} from '../errors'
import {maxItems, refuse} from '../input'
import {workPage} from '../work-page'
import type {JobRow, JobRunRow, WorkTables} from '../work-tables'
import type {JobRunner} from './job-runner'

/**
 * StartJobRun: the run stands in the store when this answers, and begins afterwards. Throws `EntityNotFoundException`,
 * `ConcurrentRunsExceededException`, `InvalidInputException`.
 */
export function startJobRun(
  tables: WorkTables,
  runner: JobRunner,
): Operation<StartJobRunCommandInput, StartJobRunCommandOutput> {
  return (input, ctx) => {
    refuse(input, ['JobRunId', 'ExecutionRoleSessionPolicy'])
    if (input.JobRunQueuingEnabled) refuse(input, ['JobRunQueuingEnabled'])
    if (input.Timeout !== undefined && input.Timeout < 1) throw invalidInput('Timeout must be at least 1.')
    const row = tables.store.write(() =>
      runner.stage({
        region: ctx.region,
        jobName: input.JobName ?? '',
        arguments: input.Arguments,
        timeoutMinutes: input.Timeout,
      }),
    )
    runner.begin(row)
    return {JobRunId: row.id}
  }
}

/** GetJobRun. Throws `EntityNotFoundException`. */
export function getJobRun(tables: WorkTables): Operation<GetJobRunCommandInput, GetJobRunCommandOutput> {
  return ({JobName = '', RunId = ''}, ctx) => {
    const job = tables.jobs.require(ctx.region, JobName)
    const row = tables.jobRuns.find(ctx.region, JobName, RunId)
    if (!row) throw entityNotFound(`Job run ${RunId} not found.`)
    return {JobRun: toJobRun(row, job, ctx.now)}
  }
}

/** GetJobRuns, the newest first. Throws `EntityNotFoundException`. */
export function getJobRuns(tables: WorkTables): Operation<GetJobRunsCommandInput, GetJobRunsCommandOutput> {
  return (input, ctx) => {
    const job = tables.jobs.require(ctx.region, input.JobName ?? '')
    const {items, NextToken} = workPage(tables.jobRuns.newestFirst(ctx.region, job.name), input)
    return {JobRuns: items.map((row) => toJobRun(row, job, ctx.now)), NextToken}
  }
}

/** BatchStopJobRun, at most 25; what does not run, or is not there, stands in `Errors`. */
export function batchStopJobRun(
  tables: WorkTables,
  runner: JobRunner,
): Operation<BatchStopJobRunCommandInput, BatchStopJobRunCommandOutput> {
  return ({JobName = '', JobRunIds: ids = []}, ctx) => {
    maxItems(ids, 25, 'jobRunIds')
    const answers = ids.map((JobRunId) => {
      const row = tables.jobRuns.find(ctx.region, JobName, JobRunId)
      const isOpen = row?.completedAt === undefined
      if (row && isOpen) runner.stop(row)
      return {JobName, JobRunId, error: row ? (isOpen ? undefined : cannotStop(row)) : notFound(JobRunId)}
    })
    return {
      SuccessfulSubmissions: answers.flatMap(({error, ...run}) => (error ? [] : [run])),
      Errors: answers.flatMap(({error, ...run}) => (error ? [{...run, ErrorDetail: error}] : [])),
    }
  }
}

/** A run as GetJobRun shows it at the moment `now`. */
export function toJobRun(row: JobRunRow, job: JobRow | undefined, now: number): JobRun {
  const {WorkerType, NumberOfWorkers, MaxCapacity, GlueVersion, ExecutionClass} = job?.definition ?? {}
  return {
    Id: row.id,
    Attempt: 0,
    TriggerName: row.triggerName,
    JobName: row.of,
    StartedOn: new Date(row.startedAt),
    LastModifiedOn: new Date(row.modifiedAt),
    CompletedOn: row.completedAt === undefined ? undefined : new Date(row.completedAt),
    JobRunState: row.state,
    Arguments: row.arguments,
    ErrorMessage: row.error,
    PredecessorRuns: [],
    ExecutionTime: Math.round(((row.completedAt ?? now) - row.startedAt) / 1000),
    Timeout: row.timeoutMinutes,
    ...{WorkerType, NumberOfWorkers, MaxCapacity, GlueVersion, ExecutionClass},
  }
}

function cannotStop({state}: JobRunRow) {
  return {
    ErrorCode: 'IllegalSessionStateException',
    ErrorMessage: `Job run is ${state} and cannot be stopped.`,
  }
}

function notFound(id: string) {
  return {ErrorCode: 'EntityNotFoundException', ErrorMessage: `Job run ${id} not found.`}
}
