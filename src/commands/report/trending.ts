import {Flags} from '@oclif/core'
import {AwsCommand} from '../../lib/cli/aws-command'
import {nameFlags} from '../../lib/cli/flags'
import {explainReport, explainText} from '../../lib/reports/explain'
import type {Explanation} from '../../lib/reports/explain'
import {reportFlags, reportOptions} from '../../lib/reports/report-flags'
import {aroundReport} from '../../lib/reports/report-page'
import {queryWishes} from '../../lib/reports/query-wishes'
import {reportDeps, reportPlace} from '../../lib/reports/report-session'
import {runReport} from '../../lib/reports/run-report'
import type {ReportResult} from '../../lib/reports/run-report'
import {trendingReport, trendKeys} from '../../lib/reports/trending'
import type {TrendKey} from '../../lib/reports/trending'
import type {PolicyDocument} from '../../lib/road/policies'

export default class ReportTrending extends AwsCommand {
  static override summary = 'Show what grows and what shrinks, against the range before'
  static override description =
    'Covers this month so far, unless --from, --to or --month say otherwise, and compares with the range of the same length before. An event ' +
    'counts by the time at which it occurred, and once however often it was delivered. What is new comes first, then what grew fastest.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --from -7d',
    '<%= config.bin %> <%= command.id %> --by customer --month last --min-calls 1000 --limit 20',
  ]
  static override flags = {
    ...reportFlags,
    bucket: nameFlags.bucket,
    by: Flags.string({
      summary: 'what is compared',
      options: Object.keys(trendKeys),
      default: 'feature',
    }),
    'min-calls': Flags.integer({
      summary: 'calls in one of both ranges at least: small numbers grow fast',
      default: 100,
      min: 1,
      helpValue: 'N',
    }),
    database: nameFlags.database,
    workgroup: nameFlags.workgroup,
    stream: nameFlags.stream,
  }

  async run(): Promise<ReportResult | Explanation | PolicyDocument> {
    const {flags} = await this.parse(ReportTrending)
    if (flags['print-policy']) return this.printPolicy(flags)
    const {signal} = this
    const session = await this.session(flags)
    const options = {
      ...reportOptions(flags, session.now(), trendingReport.columns),
      by: flags.by as TrendKey,
      minCalls: flags['min-calls'],
    }
    const wishes = queryWishes(flags, (text) => this.progress(text))
    const deps = await reportDeps(session, {root: this.config.root, signal, wishes})
    if (flags.explain) {
      const explained = await explainReport(deps, trendingReport, options)
      this.print(explainText(explained, session.where))
      return explained
    }
    const {result, warnings} = await runReport(deps, trendingReport, options, reportPlace(session))
    for (const warning of warnings) this.warn(warning)
    const list = {...trendingReport, rows: result.rows}
    await this.printRows(list, flags.format, {chart: flags.chart, ...aroundReport(result, warnings)})
    return result
  }
}
