import {Flags} from '@oclif/core'
import {AwsCommand} from '../../lib/cli/aws-command'
import {nameFlags} from '../../lib/cli/flags'
import {catalogueOf} from '../../lib/reports/feature-catalogue'
import {featuresFor} from '../../lib/reports/features'
import {featureSplits} from '../../lib/reports/features-split'
import {explainReport, explainText} from '../../lib/reports/explain'
import type {Explanation} from '../../lib/reports/explain'
import {reportFlags, reportOptions} from '../../lib/reports/report-flags'
import {aroundReport} from '../../lib/reports/report-page'
import {queryWishes} from '../../lib/reports/query-wishes'
import {reportDeps, reportPlace} from '../../lib/reports/report-session'
import {runReport} from '../../lib/reports/run-report'
import type {ReportResult} from '../../lib/reports/run-report'
import type {PolicyDocument} from '../../lib/road/policies'

export default class ReportFeatures extends AwsCommand {
  static override summary = 'Show what is used, by whom, how it changes, and what is never used'
  static override description =
    'Covers this month so far, unless --from, --to or --month say otherwise. An event counts by the time at which it ' +
    'occurred, and once however often it was delivered. Customers and users are distinct ones; adoption is the share of all customers ' +
    'that used the feature; growth is against the range of the same length before; errors are calls answered with status 400 or above. Where the ' +
    'configuration has a catalogue of features, their aliases count with them, and those that are not used, retired or unknown are marked. --by customer, user, service or day splits the rows; they add up to the same totals.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --month this --limit 20',
    '<%= config.bin %> <%= command.id %> --by customer --limit 50',
    '<%= config.bin %> <%= command.id %> --from -24h --local --format markdown',
  ]
  static override flags = {
    ...reportFlags,
    by: Flags.option({options: featureSplits})({
      summary: 'split each feature further: who used what, where, and when',
    }),
    bucket: nameFlags.bucket,
    database: nameFlags.database,
    workgroup: nameFlags.workgroup,
    stream: nameFlags.stream,
  }

  async run(): Promise<ReportResult | Explanation | PolicyDocument> {
    const {flags} = await this.parse(ReportFeatures)
    if (flags['print-policy']) return this.printPolicy(flags)
    const {signal} = this
    const session = await this.session(flags)
    const catalogue = catalogueOf(session.config.features)
    const {by, timezone} = flags
    const report = featuresFor(catalogue, by)
    const options = {
      ...reportOptions(flags, session.now(), report.columns),
      ...{catalogue, by, timezone},
    }
    const wishes = queryWishes(flags, (text) => this.progress(text))
    const deps = await reportDeps(session, {root: this.config.root, signal, wishes})
    if (flags.explain) {
      const explained = await explainReport(deps, report, options)
      this.print(explainText(explained, session.where))
      return explained
    }
    const {result, warnings} = await runReport(deps, report, options, reportPlace(session))
    for (const warning of warnings) this.warn(warning)
    const list = {...report, rows: result.rows}
    await this.printRows(list, flags.format, {chart: flags.chart, ...aroundReport(result, warnings)})
    return result
  }
}
