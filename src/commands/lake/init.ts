import {Flags} from '@oclif/core'
import {hasChanges} from '../../lib/binding/change'
import type {Change} from '../../lib/binding/change'
import {shownPlan} from '../../lib/binding/plan/plan-text'
import {AwsCommand, type PolicyDocument} from '../../lib/cli/aws-command'
import {nameFlags, yesFlag} from '../../lib/cli/flags'
import {isRunning, runOwner} from '../../lib/cli/run-owner'
import {applyInit} from '../../lib/lake/init/apply-init'
import {lakeDdl} from '../../lib/lake/init/ddl'
import {planInit} from '../../lib/lake/init/plan-init'
import type {LakeResource} from '../../lib/lake/init/plan-init'
import {lakeDeps, lakePlace} from '../../lib/lake/lake-session'

export interface LakeInitResult {
  /** True where something was made; with --dry-run, where something would be. */
  changed: boolean
  changes: Change<LakeResource>[]
  /** With --print: the statements. */
  ddl?: string[]
}

export default class LakeInit extends AwsCommand {
  static override summary = 'Make the table of compacted events and the view that every report reads'
  static override description =
    'The binding has made the database, the raw table and the workgroup; this adds the Parquet table that "lake compact" fills, in partitions by ' +
    'the day of the billing time, and the view over compacted and raw events. Partitions are projected, so no crawler is needed. ' +
    'Shows the plan first; a second run changes nothing.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --local --yes',
    '<%= config.bin %> <%= command.id %> --scan-limit-gb 100',
    '<%= config.bin %> <%= command.id %> --print > lake.sql',
  ]
  static override flags = {
    bucket: nameFlags.bucket,
    database: nameFlags.database,
    workgroup: nameFlags.workgroup,
    'scan-limit-gb': Flags.integer({
      summary: 'what one query of the workgroup may scan, in gigabytes [default: as it is]',
      helpValue: 'N',
      min: 1,
    }),
    print: Flags.boolean({summary: 'print the DDL of the lake and change nothing'}),
    'dry-run': Flags.boolean({summary: 'show the plan and change nothing'}),
    yes: yesFlag,
  }

  async run(): Promise<LakeInitResult | PolicyDocument> {
    const {flags} = await this.parse(LakeInit)
    if (flags['print-policy']) return this.printPolicy(flags)
    const session = await this.session(flags)
    const deps = await lakeDeps(session, {signal: this.signal, owner: runOwner(), isRunning})
    const place = lakePlace(session)
    const gigabytes = flags['scan-limit-gb']
    const scanLimitBytes = gigabytes === undefined ? undefined : gigabytes * 1e9
    const plan = await planInit(deps, place, {scanLimitBytes})
    const {changes} = plan
    const result = {changed: hasChanges(changes), changes}
    if (flags.print) {
      const ddl = lakeDdl(session.settings, plan)
      this.print(ddl.map((statement) => `${statement};`).join('\n\n'))
      return {...result, ddl}
    }
    const apply = () => applyInit(deps, place, plan)
    await this.carryOut(
      shownPlan({changes, where: session.where, question: 'Make these changes?', apply}),
      flags,
    )
    return result
  }
}
