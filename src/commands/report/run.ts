import {Args, Flags} from '@oclif/core'
import {AwsCommand} from '../../lib/cli/aws-command'
import {nameFlags} from '../../lib/cli/flags'
import {parseRange} from '../../lib/core/time'
import {readQuery} from '../../lib/reports/read-query'
import {reportFlags} from '../../lib/reports/report-flags'
import {aroundUserReport} from '../../lib/reports/report-page'
import {queryWishes, wishFlags} from '../../lib/reports/query-wishes'
import {reportDeps, reportPlace} from '../../lib/reports/report-session'
import {runUserReport} from '../../lib/reports/run-user-report'
import type {PolicyDocument} from '../../lib/road/policies'

const {from, to, month, format} = reportFlags

export default class ReportRun extends AwsCommand {
  static override summary = 'Run a query of your own over the events of the lake'
  static override description =
    'The file holds one query. In it, {{events}} is the events of the lake (the view usage_events, or the raw tables where there is none), and :from, :to, :first_dt, ' +
    ':last_dt, :customer, :service and :feature are values, bound and never pasted. Compare dt with :first_dt and until_dt with :last_dt, so that no more days ' +
    'are read than the range needs.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> errors.sql --from -7d --customer acme',
    'echo "SELECT api_route, count(*) AS calls FROM {{events}} WHERE dt >= :first_dt GROUP BY api_route" | <%= config.bin %> <%= command.id %> -',
  ]
  static override args = {
    file: Args.string({description: 'file with the query, or - for standard input', required: true}),
  }
  static override flags = {
    ...{from, to, month, format},
    ...wishFlags,
    customer: Flags.string({summary: 'value of :customer', helpValue: 'ID'}),
    service: Flags.string({summary: 'value of :service', helpValue: 'NAME'}),
    feature: Flags.string({summary: 'value of :feature', helpValue: 'NAME'}),
    database: nameFlags.database,
    workgroup: nameFlags.workgroup,
    stream: nameFlags.stream,
  }

  async run(): Promise<PolicyDocument | undefined> {
    const {args, flags} = await this.parse(ReportRun)
    if (flags['print-policy']) return this.printPolicy(flags)
    const text = await readQuery(args.file, process.stdin)
    const session = await this.session(flags)
    const {customer, service, feature} = flags
    const values = {...parseRange(flags, session.now()), customer, service, feature}
    const wishes = queryWishes(flags, (text) => this.progress(text))
    const deps = await reportDeps(session, {root: this.config.root, signal: this.signal, wishes})
    const asked = {name: args.file, text, values}
    const {result, warnings, ...answer} = await runUserReport(deps, asked, reportPlace(session))
    for (const warning of warnings) this.warn(warning)
    const around = (count: number) => aroundUserReport(result, warnings, count)
    await this.printStreamed({...answer, around}, flags.format)
    return undefined
  }
}
