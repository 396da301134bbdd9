import {setTimeout as delay} from 'node:timers/promises'
import {Flags} from '@oclif/core'
import {AwsCommand, type PolicyDocument} from '../../lib/cli/aws-command'
import {nameFlags} from '../../lib/cli/flags'
import {isRunning, runOwner} from '../../lib/cli/run-owner'
import {parseTime} from '../../lib/core/time'
import {compact} from '../../lib/lake/compact/compact'
import type {CompactCounts, CompactProgress} from '../../lib/lake/compact/compact'
import {compactText, fieldWarnings, planText, progressText} from '../../lib/lake/compact/compact-text'
import {planCompact, type CompactPlan} from '../../lib/lake/compact/plan-compact'
import {settledUntil} from '../../lib/lake/compact/settled'
import {defaultLook} from '../../lib/lake/fields/learn-fields'
import {initialisedFormats} from '../../lib/lake/init/initialised'
import {chooseEngine, engines, wordsOf, type GlueWork} from '../../lib/lake/glue/choose-engine'
import type {GlueRun} from '../../lib/lake/glue/glue-run'
import {gluePlanText, glueRunText} from '../../lib/lake/glue/glue-text'
import {glueProgress} from '../../lib/lake/glue/progress'
import {followGlue, planGlue, startGlue, type GluePlan} from '../../lib/lake/glue/run-glue'
import {lakeDeps, lakePlace, type LakeSession} from '../../lib/lake/lake-session'
import {cleanText} from '../../lib/render/clean-text'

export default class LakeCompact extends AwsCommand {
  static override summary =
    'Bring raw events into the table of compacted ones, as Parquet by the day of their billing time'
  static override description =
    'Takes the raw objects that have arrived and are not compacted yet, a day of arrival at a time, late ones too. What is done counts in one step, and ' +
    'reports are right before, during and after. Running it again, twice at once, or after it was killed changes nothing twice. Lines that ' +
    'are no events go to quarantine/ with their reason. Raw objects stay as they are; one whose events no engine sees whole (no line ends, a gzip file ' +
    'that breaks off) is put aside in broken/, and one that holds the same events in its place. Fields of these events that no column has become columns of ' +
    'the tables and the view; those that cannot, and values that their column cannot hold, are named in a warning. With --engine glue it ' +
    'starts a workflow or job of AWS Glue that you have, and follows it to its end; Ctrl-C leaves that running, and says how to follow or stop it.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --local',
    '<%= config.bin %> <%= command.id %> --to today --json',
    '<%= config.bin %> <%= command.id %> --new-columns 100000 --dry-run',
    '<%= config.bin %> <%= command.id %> --engine glue --workflow nightly',
  ]
  static override flags = {
    to: Flags.string({
      summary: 'compact what arrived before this time [default: the last hour whose objects are all there]',
      helpValue: 'TIME',
    }),
    'new-columns': Flags.integer({
      summary: `look at so many of the events at most for fields that no column has, out of 96 objects; 0 makes no columns [default: ${defaultLook}]`,
      helpValue: 'N',
      min: 0,
    }),
    engine: Flags.string({
      summary: 'who compacts: statements on Athena, or a workflow or job of Glue [default: athena]',
      options: [...engines],
      env: 'USAGE_TRACKER_ENGINE',
    }),
    workflow: Flags.string({summary: 'workflow of Glue to start', helpValue: 'NAME', exclusive: ['job']}),
    job: Flags.string({summary: 'job of Glue to start', helpValue: 'NAME'}),
    'run-id': Flags.string({summary: 'follow this run of it, and start none', helpValue: 'ID'}),
    timeout: Flags.integer({
      summary: 'follow it so many seconds at most [default: to its end]',
      helpValue: 'SECONDS',
      min: 1,
    }),
    'dry-run': Flags.boolean({summary: 'only show what would be compacted or started'}),
    bucket: nameFlags.bucket,
    database: nameFlags.database,
    workgroup: nameFlags.workgroup,
  }

  async run(): Promise<CompactCounts | CompactPlan | GlueRun | GluePlan | PolicyDocument> {
    const {flags} = await this.parse(LakeCompact)
    const choice = chooseEngine(flags, (await this.sources(flags)).config.names)
    if (flags['print-policy']) return this.printPolicy({...flags, ...wordsOf(choice)})
    const session = await this.session(flags)
    return choice.engine === 'glue' ? this.byGlue(session, choice.work, flags) : this.byAthena(session, flags)
  }

  private async byAthena(
    session: LakeSession,
    flags: {to?: string | undefined; 'new-columns'?: number | undefined; 'dry-run': boolean},
  ): Promise<CompactCounts | CompactPlan> {
    const now = session.now()
    const deps = await lakeDeps(session, {signal: this.signal, owner: runOwner(), isRunning})
    const place = lakePlace(session)
    const to = flags.to === undefined ? settledUntil(now) : parseTime(flags.to, now)
    const newColumns = flags['new-columns'] ?? defaultLook
    if (flags['dry-run']) {
      const plan = await planCompact(deps, place, {to, newColumns})
      for (const warning of fieldWarnings(plan)) this.warn(cleanText(warning))
      this.print(planText(plan))
      return plan
    }
    const formats = await initialisedFormats(deps, place)
    const onProgress = (progress: CompactProgress) => this.note(progressText(progress))
    const counts = await compact(deps, place, {to, formats, newColumns, onProgress})
    for (const warning of fieldWarnings(counts)) this.warn(cleanText(warning))
    this.print(compactText(counts))
    return counts
  }

  private async byGlue(
    {clients, now}: LakeSession,
    work: GlueWork,
    flags: {'run-id'?: string | undefined; timeout?: number | undefined; 'dry-run': boolean},
  ): Promise<GlueRun | GluePlan> {
    const {signal} = this
    const sleep = (ms: number) => delay(ms, undefined, {signal})
    const ports = {glue: await clients.glue(), now, sleep, signal}
    if (flags['dry-run']) {
      const plan = await planGlue(ports, work)
      this.print(gluePlanText(work, plan))
      return plan
    }
    const runId = flags['run-id'] ?? (await startGlue(ports, work))
    const onProgress = glueProgress({work, runId, now, note: (text) => this.note(text)})
    const timeoutMs = (flags.timeout ?? Infinity) * 1000
    const run = await followGlue(ports, {work, runId}, {timeoutMs, onProgress})
    if (!run.hasEnded) this.exitWith(7)
    this.print(glueRunText(work, run))
    return run
  }
}
