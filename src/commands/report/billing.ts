import {Flags} from '@oclif/core'
import {AwsCommand} from '../../lib/cli/aws-command'
import {nameFlags} from '../../lib/cli/flags'
import {parseRange} from '../../lib/core/time'
import {renderRows} from '../../lib/render/render-rows'
import {billingFor} from '../../lib/reports/billing'
import {billingSplits} from '../../lib/reports/billing/billing-options'
import type {BillingSplit} from '../../lib/reports/billing/billing-options'
import {loadPricePlan} from '../../lib/reports/load-price-plan'
import {reportFlags} from '../../lib/reports/report-flags'
import {reportDeps, reportPlace} from '../../lib/reports/report-session'
import {reportFoot, reportHead} from '../../lib/reports/report-text'
import {runReport} from '../../lib/reports/run-report'
import type {ReportResult} from '../../lib/reports/run-report'
import type {PolicyDocument} from '../../lib/road/policies'

export default class ReportBilling extends AwsCommand {
  static override summary = 'Print the bill: calls, units and amount of each customer and plan'
  static override description =
    'Covers this month so far, unless --from, --to or --month say otherwise. An event counts by the time at which it ' +
    'occurred, and once however often it was delivered. Amounts are exact and rounded once per line, by the rule of the ' +
    'price plan; everything else is a sum of lines. Usage without a price has no amount and warns (exit code 9 with --strict).'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --month last --prices prices.yaml',
    '<%= config.bin %> <%= command.id %> --from -7d --local --format csv',
    '<%= config.bin %> <%= command.id %> --month 2026-11 --strict --json',
  ]
  static override flags = {
    ...reportFlags,
    prices: Flags.string({
      summary: 'price plan [default: pricePlan of the configuration file]',
      helpValue: 'FILE',
    }),
    by: Flags.string({
      summary: 'split each row by what it is measured in, or by day',
      options: billingSplits,
    }),
    strict: Flags.boolean({summary: 'exit code 9 when usage has no price'}),
    database: nameFlags.database,
    workgroup: nameFlags.workgroup,
    stream: nameFlags.stream,
  }

  async run(): Promise<ReportResult | PolicyDocument> {
    const {flags} = await this.parse(ReportBilling)
    if (flags['print-policy']) return this.printPolicy(flags)
    const {signal} = this
    const session = await this.session(flags)
    const pricePlan = await loadPricePlan(flags.prices ?? session.config.names.pricePlan)
    const options = {
      ...parseRange(flags, session.now(), pricePlan?.timezone),
      limit: flags.limit,
      includeTest: flags['include-test'],
      pricePlan,
      by: flags.by as BillingSplit | undefined,
    }
    const report = billingFor(options)
    const deps = await reportDeps(session, {root: this.config.root, signal})
    const {result, warnings} = await runReport(deps, report, options, reportPlace(session))
    for (const warning of warnings) this.warn(warning)
    const width = process.stdout.isTTY ? process.stdout.columns : undefined
    const rows = renderRows({columns: report.columns, rows: result.rows}, flags.format, {width})
    this.print(flags.format === 'table' ? `${reportHead(result)}\n\n${rows}\n${reportFoot(result)}` : rows)
    if (flags.strict && result.totals['unpricedUnits'] !== undefined) this.exitWith(9)
    return result
  }
}
