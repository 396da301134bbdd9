import {Flags} from '@oclif/core'
import {AwsCommand} from '../../lib/cli/aws-command'
import {nameFlags} from '../../lib/cli/flags'
import {parseRange} from '../../lib/core/time'
import {invoiceForm} from '../../lib/render/invoice-form'
import {billingSplits} from '../../lib/reports/billing/billing-options'
import type {BillingOptions, BillingSplit} from '../../lib/reports/billing/billing-options'
import type {InvoiceResult} from '../../lib/reports/billing/invoices'
import {runBilling, runInvoices} from '../../lib/reports/billing/run-billing'
import {writeInvoices} from '../../lib/reports/billing/write-invoices'
import {loadPricePlan} from '../../lib/reports/load-price-plan'
import {reportFlags} from '../../lib/reports/report-flags'
import {aroundReport} from '../../lib/reports/report-page'
import {reportDeps, reportPlace} from '../../lib/reports/report-session'
import type {ReportResult} from '../../lib/reports/run-report'
import type {PolicyDocument} from '../../lib/road/policies'

export default class ReportBilling extends AwsCommand {
  static override summary = 'Print the bill: calls, units and amount of each customer and plan'
  static override description =
    'Covers this month so far, unless --from, --to or --month say otherwise; days and months are those of the price plan. An event ' +
    'counts by the time at which it occurred, and once however often it was delivered. Amounts are exact and rounded once per line, by ' +
    'the rule of the price plan; everything else is a sum of lines. Usage without a price has no amount and warns (exit code 9 with ' +
    '--strict). What a price plan may have: docs/price-plans.md.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --month last --prices prices.yaml',
    '<%= config.bin %> <%= command.id %> --from -7d --local --format csv',
    '<%= config.bin %> <%= command.id %> --month last --format html > bill.html',
    '<%= config.bin %> <%= command.id %> --month 2026-11 --strict --json',
    '<%= config.bin %> <%= command.id %> --month last --invoice all --format html --output invoices/',
    '<%= config.bin %> <%= command.id %> --month last --invoice acme --drill 3',
    '<%= config.bin %> <%= command.id %> --month last --compare next-year.yaml',
  ]
  static override flags = {
    ...reportFlags,
    prices: Flags.string({
      summary: 'price plan [default: pricePlan of the configuration file]',
      helpValue: 'FILE',
    }),
    by: Flags.string({
      summary: 'split each row by what is measured, by day, or into the lines of its invoice',
      options: billingSplits,
    }),
    invoice: Flags.string({
      summary: 'the invoice of a customer, or of every one: Markdown, or --format html or json',
      helpValue: 'CUSTOMER|all',
      exclusive: ['by', 'limit', 'compare', 'chart'],
    }),
    output: Flags.string({
      char: 'o',
      summary: 'folder for the invoices, one file each',
      helpValue: 'DIR',
      dependsOn: ['invoice'],
      exclusive: ['drill'],
    }),
    drill: Flags.integer({
      summary: 'the events of this line of the invoice',
      helpValue: 'LINE',
      min: 1,
      dependsOn: ['invoice'],
    }),
    compare: Flags.string({
      summary: 'another price plan: what it would bill, beside this one',
      helpValue: 'FILE',
      exclusive: ['by', 'limit'],
    }),
    strict: Flags.boolean({summary: 'exit code 9 when usage has no price'}),
    database: nameFlags.database,
    workgroup: nameFlags.workgroup,
    stream: nameFlags.stream,
  }

  async run(): Promise<ReportResult | InvoiceResult | PolicyDocument> {
    const {flags} = await this.parse(ReportBilling)
    if (flags['print-policy']) return this.printPolicy(flags)
    const {invoice, drill, format, output} = flags
    const form = invoice !== undefined && drill === undefined ? invoiceForm(format) : undefined
    const {signal} = this
    const session = await this.session(flags)
    const pricePlan = await loadPricePlan(flags.prices ?? session.config.names.pricePlan)
    const other = await loadPricePlan(flags.compare)
    const options: BillingOptions = {
      ...parseRange(flags, session.now(), pricePlan?.timezone),
      limit: flags.limit,
      includeTest: flags['include-test'],
      pricePlan,
      by: flags.by as BillingSplit | undefined,
      customer: invoice === 'all' ? undefined : invoice,
    }
    const deps = await reportDeps(session, {root: this.config.root, signal})
    const place = reportPlace(session)
    if (form) {
      const {result, warnings} = await runInvoices(deps, options, place)
      this.tell(warnings, result, flags.strict)
      if (output === undefined) this.print(form.textOf(result.invoices))
      else this.note(`${writeInvoices(output, form, result.invoices).length} invoices written to ${output}.`)
      return result
    }
    const {result, warnings, ...shown} = await runBilling(deps, options, place, {drill, other})
    this.tell(warnings, result, flags.strict)
    const around = {chart: flags.chart, ...aroundReport(result, warnings)}
    await this.printRows({...shown, rows: result.rows}, format, around)
    return result
  }

  private tell(warnings: readonly string[], {totals}: Pick<ReportResult, 'totals'>, strict: boolean): void {
    for (const warning of warnings) this.warn(warning)
    const isUnpriced = totals['unpricedUnits'] ?? totals['otherUnpricedUnits']
    if (strict && isUnpriced !== undefined) this.exitWith(9)
  }
}
