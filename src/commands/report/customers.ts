import {Flags} from '@oclif/core'
import {AwsCommand} from '../../lib/cli/aws-command'
import {nameFlags} from '../../lib/cli/flags'
import {customersReport} from '../../lib/reports/customers'
import {explainReport, explainText} from '../../lib/reports/explain'
import type {Explanation} from '../../lib/reports/explain'
import {reportFlags, reportOptions} from '../../lib/reports/report-flags'
import {aroundReport} from '../../lib/reports/report-page'
import {queryWishes} from '../../lib/reports/query-wishes'
import {reportDeps, reportPlace} from '../../lib/reports/report-session'
import {runReport} from '../../lib/reports/run-report'
import type {ReportResult} from '../../lib/reports/run-report'
import type {PolicyDocument} from '../../lib/road/policies'

export default class ReportCustomers extends AwsCommand {
  static override summary = 'Show the usage of each customer, when it was seen last, and who is at risk'
  static override description =
    'Covers this month so far, unless --from, --to or --month say otherwise, and compares with the range of the same length before. An event ' +
    'counts by the time at which it occurred, and once however often it was delivered. At risk is who calls much less than before, or not at all any more.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --month last',
    '<%= config.bin %> <%= command.id %> --from -28d --at-risk 30 --format csv',
  ]
  static override flags = {
    ...reportFlags,
    bucket: nameFlags.bucket,
    'at-risk': Flags.integer({
      summary: 'a customer is at risk whose calls fell by so many percent',
      default: 50,
      min: 1,
      max: 100,
      helpValue: 'PERCENT',
    }),
    database: nameFlags.database,
    workgroup: nameFlags.workgroup,
    stream: nameFlags.stream,
  }

  async run(): Promise<ReportResult | Explanation | PolicyDocument> {
    const {flags} = await this.parse(ReportCustomers)
    if (flags['print-policy']) return this.printPolicy(flags)
    const {signal} = this
    const session = await this.session(flags)
    const options = {
      ...reportOptions(flags, session.now(), customersReport.columns),
      atRiskPercent: flags['at-risk'],
    }
    const wishes = queryWishes(flags, (text) => this.progress(text))
    const deps = await reportDeps(session, {root: this.config.root, signal, wishes})
    if (flags.explain) {
      const explained = await explainReport(deps, customersReport, options)
      this.print(explainText(explained, session.where))
      return explained
    }
    const {result, warnings} = await runReport(deps, customersReport, options, reportPlace(session))
    for (const warning of warnings) this.warn(warning)
    const list = {...customersReport, rows: result.rows}
    await this.printRows(list, flags.format, {chart: flags.chart, ...aroundReport(result, warnings)})
    return result
  }
}
