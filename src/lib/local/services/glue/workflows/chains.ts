import {randomBytes} from 'node:crypto'
import type {Action, Condition} from '@aws-sdk/client-glue'
import type {Platform} from '../../../platform'
import {ServiceError} from '../../../service-error'
import {CrawlRunner} from '../crawlers/crawl-runner'
import {JobRunner} from '../jobs/job-runner'
import type {RunRow} from '../run-rows'
import type {ChainRow, CrawlRow, JobRunRow, TriggerRow, WorkTables} from '../work-tables'

/** A run that a trigger has staged and that is yet to begin. */
type Begin = () => void

/**
 * What follows what: triggers fire their actions, and the end of what they have started fires the triggers that wait for it. All that one
 * start has set going is a chain; a run of a workflow is one. As on AWS, a job or crawler that somebody started by hand belongs to none and
 * fires nothing (AWS Glue developer guide, "Triggers": "All jobs in a dependency chain must be descendants of a single trigger").
 */
export class Chains {
  readonly jobs: JobRunner
  readonly crawls: CrawlRunner

  constructor(
    private readonly platform: Platform,
    private readonly tables: WorkTables,
  ) {
    this.jobs = new JobRunner(platform, tables, (row) => this.afterRun(row))
    this.crawls = new CrawlRunner(platform, tables, (row) => this.afterRun(row))
  }

  /** Starts a chain by a trigger of its own. `triggers` are the workflow's; undefined outside of workflows. Durable when it returns. */
  start(
    region: string,
    trigger: TriggerRow,
    {
      workflow,
      properties = {},
      triggers,
    }: {
      workflow?: string | undefined
      properties?: Record<string, string>
      triggers?: TriggerRow[] | undefined
    },
  ): ChainRow {
    const chain: ChainRow = {
      region,
      of: workflow ?? '',
      id: `wr_${randomBytes(32).toString('hex')}`,
      order: this.platform.sequence.next(),
      startedAt: this.platform.clock.now(),
      completedAt: undefined,
      error: undefined,
      chain: undefined,
      status: 'RUNNING',
      properties,
      fired: [trigger.name],
      triggers,
    }
    this.fireAndBegin(chain, [trigger])
    // Where no action could begin, nothing will end.
    this.follow(chain)
    return chain
  }

  /** Stops a chain's jobs and crawls; it is STOPPED once they are. */
  stop(chain: ChainRow): void {
    const stopping = this.tables.chains.advance(chain, {status: 'STOPPING'})
    if (!stopping) return
    for (const run of this.runsOf(stopping)) {
      if (run.completedAt !== undefined) continue
      if ('changes' in run) this.crawls.stop(run)
      else this.jobs.stop(run)
    }
    this.follow(stopping)
  }

  /** The last run of each job and crawler that the chain's triggers start. */
  runsOf(chain: ChainRow): (JobRunRow | CrawlRow)[] {
    const actions = this.triggersOf(chain).flatMap(({definition}) => definition.Actions ?? [])
    const names = new Set(actions.map((action) => JSON.stringify([action.JobName, action.CrawlerName])))
    return [...names].flatMap((text) => {
      const [job, crawler] = JSON.parse(text) as (string | null)[]
      const run = this.runOf(chain, {JobName: job ?? undefined, CrawlerName: crawler ?? undefined})
      return run ? [run] : []
    })
  }

  /** The last run in a chain of what an action starts, or of what a condition watches. */
  runOf(chain: ChainRow, {JobName, CrawlerName}: Action | Condition): JobRunRow | CrawlRow | undefined {
    const {region} = chain
    const ref = {id: chain.id, workflow: chain.of}
    if (JobName !== undefined) return this.tables.jobRuns.inChain(region, JobName, ref)
    return CrawlerName === undefined ? undefined : this.tables.crawls.inChain(region, CrawlerName, ref)
  }

  /** The workflow's triggers as they were at the start of its run; outside of workflows those that there are. */
  triggersOf(chain: ChainRow): TriggerRow[] {
    return (
      chain.triggers ?? this.tables.triggers.all(chain.region).filter(({workflow}) => workflow === undefined)
    )
  }

  /** What was under way when the endpoint ended has failed; what waits for it goes on from there. */
  recover(): void {
    const completedAt = this.platform.clock.now()
    const error = 'The local endpoint ended while the run was under way.'
    for (const row of this.tables.jobRuns.allOpen()) {
      this.tables.jobRuns.advance(row, {state: 'FAILED', error, completedAt, modifiedAt: completedAt})
    }
    for (const row of this.tables.crawls.allOpen()) {
      this.tables.crawls.advance(row, {state: 'FAILED', error, completedAt})
    }
    for (const chain of this.tables.chains.allOpen()) this.follow(chain)
  }

  async close(): Promise<void> {
    await Promise.all([this.jobs.close(), this.crawls.close()])
  }

  private afterRun({region, chain}: RunRow): void {
    const row = chain && this.tables.chains.find(region, chain.workflow ?? '', chain.id)
    if (row) this.follow(row)
  }

  /** Fires the triggers whose time has come; where nothing runs any more, the chain is at its end. */
  private follow(chain: ChainRow): void {
    const due =
      chain.status === 'RUNNING' ? this.triggersOf(chain).filter((one) => this.isDue(chain, one)) : []
    const next = {...chain, fired: [...chain.fired, ...due.map(({name}) => name)]}
    if (due.length > 0) this.fireAndBegin(next, due)
    if (this.runsOf(next).some(({completedAt}) => completedAt === undefined)) return
    // An action that could not begin has ended at once, and somebody may wait for that.
    if (due.length > 0) {
      this.follow(next)
      return
    }
    const status = chain.status === 'STOPPING' ? 'STOPPED' : 'COMPLETED'
    this.tables.chains.advance(chain, {status, completedAt: this.platform.clock.now()})
  }

  private isDue(chain: ChainRow, {name, type, state, definition}: TriggerRow): boolean {
    if (type !== 'CONDITIONAL' || state !== 'ACTIVATED' || chain.fired.includes(name)) return false
    const {Conditions: conditions = [], Logical: logical} = definition.Predicate ?? {}
    const holds = (condition: Condition) =>
      this.runOf(chain, condition)?.state === (condition.State ?? condition.CrawlState)
    return logical === 'ANY' ? conditions.some(holds) : conditions.every(holds)
  }

  /** Writes the chain and the runs of the triggers' actions in one transaction, then begins them. */
  private fireAndBegin(chain: ChainRow, triggers: readonly TriggerRow[]): void {
    const begins = this.tables.store.write(() => {
      this.tables.chains.put(chain)
      return triggers.flatMap((trigger) =>
        (trigger.definition.Actions ?? []).map((action) => this.stage(chain, trigger, action)),
      )
    })
    for (const begin of begins) begin()
  }

  /** Only inside `Store.write`. An action that Glue refuses is a run in the state ERROR. */
  private stage(chain: ChainRow, trigger: TriggerRow, action: Action): Begin {
    const {region, id, of} = chain
    const ref = {id, workflow: of === '' ? undefined : of}
    const crawl = {region, crawlerName: action.CrawlerName ?? '', chain: ref}
    const job = {
      region,
      jobName: action.JobName ?? '',
      arguments: action.Arguments,
      timeoutMinutes: action.Timeout,
      triggerName: trigger.name,
      chain: ref,
    }
    const isCrawl = action.JobName === undefined
    try {
      if (isCrawl) {
        const row = this.crawls.stage(crawl)
        return () => this.crawls.begin(row)
      }
      const row = this.jobs.stage(job)
      return () => this.jobs.begin(row)
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      if (isCrawl) this.crawls.stageRefused(crawl, error)
      else this.jobs.stageRefused(job, error)
      return () => undefined
    }
  }
}
