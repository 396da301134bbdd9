import {randomBytes} from 'node:crypto'
import type {Platform} from '../../../platform'
import {notEmulated, type ServiceError} from '../../../service-error'
import {Background, type Outcome} from '../background'
import {concurrentRunsExceeded} from '../errors'
import type {ChainRef} from '../run-rows'
import type {JobRow, JobRunRow, WorkTables} from '../work-tables'
import {runScript} from './run-script'
import {isSqlScript} from './sql-script'

/** What is asked of a run: by StartJobRun, or by an action of a trigger. */
export interface JobStart {
  region: string
  jobName: string
  arguments?: Record<string, string> | undefined
  timeoutMinutes?: number | undefined
  triggerName?: string | undefined
  chain?: ChainRef | undefined
}

/** Runs jobs in the background and keeps their rows true. `onEnd` is told of every run that has ended. */
export class JobRunner {
  private readonly background: Background

  constructor(
    private readonly platform: Platform,
    private readonly tables: WorkTables,
    private readonly onEnd: (row: JobRunRow) => void,
  ) {
    this.background = new Background(platform)
  }

  /**
   * Writes a run that is about to begin; `begin` then begins it. Only inside `Store.write`. Throws `EntityNotFoundException`,
   * `ConcurrentRunsExceededException`, and `InvalidInputException` where the script is none that the endpoint can run.
   */
  stage(start: JobStart): JobRunRow {
    const {region, jobName} = start
    const job = this.tables.jobs.require(region, jobName)
    const location = job.definition.Command?.ScriptLocation ?? ''
    if (!isSqlScript(location)) {
      throw notEmulated(`A script that is not SQL (${location})`, 'InvalidInputException')
    }
    const atOnce = job.definition.ExecutionProperty?.MaxConcurrentRuns ?? 1
    if (this.tables.jobRuns.open(region, jobName).length >= atOnce) throw concurrentRunsExceeded(jobName)
    const row = this.rowOf(start, job.definition.Timeout)
    this.tables.jobRuns.put(row)
    return row
  }

  /** Writes a run of a trigger's action that could not begin. Only inside `Store.write`. */
  stageRefused(start: JobStart, {message}: ServiceError): JobRunRow {
    const row: JobRunRow = {...this.rowOf(start), state: 'ERROR', error: message}
    row.completedAt = row.startedAt
    this.tables.jobRuns.put(row)
    return row
  }

  begin(row: JobRunRow): void {
    const {clock} = this.platform
    const endsAt = row.startedAt + row.timeoutMinutes * 60_000
    const takeBack = clock.at(endsAt, () => this.background.end(row.id, 'timeout'))
    this.background.start({
      id: row.id,
      work: (signal) => this.work(row, signal),
      ended: (outcome) => {
        takeBack()
        this.end(row, outcome)
      },
    })
  }

  /** Ends a run: STOPPING, and STOPPED once it is. */
  stop(row: JobRunRow): void {
    this.tables.jobRuns.advance(row, {state: 'STOPPING', modifiedAt: this.platform.clock.now()})
    this.background.end(row.id, 'stopped')
  }

  close(): Promise<void> {
    return this.background.close()
  }

  private async work(row: JobRunRow, signal: AbortSignal): Promise<void> {
    const modifiedAt = this.platform.clock.now()
    const job: JobRow | undefined = this.tables.jobs.find(row.region, row.of)
    if (!job || signal.aborted) return
    const run = this.tables.jobRuns.advance(row, {state: 'RUNNING', modifiedAt})
    if (run) await runScript(this.platform, {job, run, signal})
  }

  private end(row: JobRunRow, outcome: Outcome): void {
    const completedAt = this.platform.clock.now()
    const ended = this.tables.jobRuns.advance(row, {...endOf(outcome), completedAt, modifiedAt: completedAt})
    // Where the row is gone, somebody may wait for its end all the same.
    this.onEnd(ended ?? row)
  }

  private rowOf(start: JobStart, timeoutMinutes = 2880): JobRunRow {
    const now = this.platform.clock.now()
    return {
      region: start.region,
      of: start.jobName,
      id: `jr_${randomBytes(32).toString('hex')}`,
      order: this.platform.sequence.next(),
      state: 'STARTING',
      startedAt: now,
      modifiedAt: now,
      completedAt: undefined,
      error: undefined,
      arguments: start.arguments ?? {},
      timeoutMinutes: start.timeoutMinutes ?? timeoutMinutes,
      triggerName: start.triggerName,
      chain: start.chain,
    }
  }
}

function endOf(outcome: Outcome): Pick<JobRunRow, 'state' | 'error'> {
  if (outcome.by === 'stopped') return {state: 'STOPPED', error: undefined}
  if (outcome.by === 'timeout') return {state: 'TIMEOUT', error: 'Job run timed out'}
  return {state: outcome.error === undefined ? 'SUCCEEDED' : 'FAILED', error: outcome.error}
}
