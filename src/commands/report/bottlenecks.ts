import {AwsCommand} from '../../lib/cli/aws-command'
import {nameFlags} from '../../lib/cli/flags'
import {bottlenecksReport} from '../../lib/reports/bottlenecks'
import {explainReport, explainText} from '../../lib/reports/explain'
import type {Explanation} from '../../lib/reports/explain'
import {reportFlags, reportOptions} from '../../lib/reports/report-flags'
import {aroundReport} from '../../lib/reports/report-page'
import {queryWishes} from '../../lib/reports/query-wishes'
import {reportDeps, reportPlace} from '../../lib/reports/report-session'
import {runReport} from '../../lib/reports/run-report'
import type {ReportResult} from '../../lib/reports/run-report'
import type {PolicyDocument} from '../../lib/road/policies'

export default class ReportBottlenecks extends AwsCommand {
  static override summary = 'Show where it is slow: calls, errors and latency of each route'
  static override description =
    'Covers this month so far, unless --from, --to or --month say otherwise, and compares with the range of the same length before. An event ' +
    'counts by the time at which it occurred, and once however often it was delivered. Slowest first, by the 95th percentile; percentiles are latencies of single calls. Errors are calls answered with status 400 or above.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --from -24h --limit 10',
    '<%= config.bin %> <%= command.id %> --month last --format csv',
  ]
  static override flags = {
    ...reportFlags,
    bucket: nameFlags.bucket,
    database: nameFlags.database,
    workgroup: nameFlags.workgroup,
    stream: nameFlags.stream,
  }

  async run(): Promise<ReportResult | Explanation | PolicyDocument> {
    const {flags} = await this.parse(ReportBottlenecks)
    if (flags['print-policy']) return this.printPolicy(flags)
    const {signal} = this
    const session = await this.session(flags)
    const options = {
      ...reportOptions(flags, session.now(), bottlenecksReport.columns),
    }
    const wishes = queryWishes(flags, (text) => this.progress(text))
    const deps = await reportDeps(session, {root: this.config.root, signal, wishes})
    if (flags.explain) {
      const explained = await explainReport(deps, bottlenecksReport, options)
      this.print(explainText(explained, session.where))
      return explained
    }
    const {result, warnings} = await runReport(deps, bottlenecksReport, options, reportPlace(session))
    for (const warning of warnings) this.warn(warning)
    const list = {...bottlenecksReport, rows: result.rows}
    await this.printRows(list, flags.format, {chart: flags.chart, ...aroundReport(result, warnings)})
    return result
  }
}
