import {AwsCommand} from '../../lib/cli/aws-command'
import {nameFlags} from '../../lib/cli/flags'
import {invoiceForm} from '../../lib/render/invoice-form'
import {billingFor} from '../../lib/reports/billing'
import {billingFlags, billRequest, monthToClose} from '../../lib/reports/billing/billing-flags'
import type {InvoiceResult} from '../../lib/reports/billing/invoices'
import {runBilling, runInvoices} from '../../lib/reports/billing/run-billing'
import {writeInvoices} from '../../lib/reports/billing/write-invoices'
import {explainReport, explainText} from '../../lib/reports/explain'
import type {Explanation} from '../../lib/reports/explain'
import {loadPricePlan} from '../../lib/reports/load-price-plan'
import {aroundReport} from '../../lib/reports/report-page'
import {queryWishes} from '../../lib/reports/query-wishes'
import {reportDeps, reportPlace} from '../../lib/reports/report-session'
import type {ReportResult} from '../../lib/reports/run-report'
import {shownClose} from '../../lib/reports/statements/close-month'
import type {CloseResult} from '../../lib/reports/statements/close-month'
import {planClose} from '../../lib/reports/statements/plan-close'
import type {PolicyDocument} from '../../lib/road/policies'

export default class ReportBilling extends AwsCommand {
  static override summary = 'Print the bill: calls, units and amount of each customer and plan'
  static override description =
    'Covers this month so far, unless --from, --to or --month say otherwise; days and months are those of the price plan. An event ' +
    'counts by the time at which it occurred, and once however often it was delivered. Amounts are exact and rounded once per line, by ' +
    'the rule of the price plan; everything else is a sum of lines. Usage without a price has no amount and warns (exit code 9 with ' +
    '--strict). --close writes the statement of a month, which from then on is what --month prints; what arrives later is billed in the next month. ' +
    'What a price plan may have: docs/price-plans.md.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --month last --prices prices.yaml',
    '<%= config.bin %> <%= command.id %> --from -7d --local --format csv',
    '<%= config.bin %> <%= command.id %> --month last --format html > bill.html',
    '<%= config.bin %> <%= command.id %> --month 2026-11 --strict --json',
    '<%= config.bin %> <%= command.id %> --month last --invoice all --format html --output invoices/',
    '<%= config.bin %> <%= command.id %> --month last --invoice acme --drill 3',
    '<%= config.bin %> <%= command.id %> --month last --compare next-year.yaml',
    '<%= config.bin %> <%= command.id %> --month last --close',
    '<%= config.bin %> <%= command.id %> --month 2026-11 --as-of 2026-12-01T06:00:00Z',
  ]
  static override flags = {
    ...billingFlags,
    bucket: nameFlags.bucket,
    database: nameFlags.database,
    workgroup: nameFlags.workgroup,
    stream: nameFlags.stream,
  }

  async run(): Promise<ReportResult | InvoiceResult | CloseResult | Explanation | PolicyDocument> {
    const {flags} = await this.parse(ReportBilling)
    if (flags['print-policy']) return this.printPolicy(flags)
    const {invoice, drill, format, output} = flags
    const form = invoice !== undefined && drill === undefined ? invoiceForm(format) : undefined
    const session = await this.session(flags)
    const wishes = queryWishes(flags, (text) => this.progress(text))
    const deps = await reportDeps(session, {root: this.config.root, signal: this.signal, wishes})
    const place = reportPlace(session)
    const pricePlan = await loadPricePlan(flags.prices ?? session.config.names.pricePlan)
    if (flags.close) {
      const plan = await planClose(deps, monthToClose(flags.month ?? '', session.now(), pricePlan), place)
      for (const warning of plan.warnings) this.warn(warning)
      const shown = shownClose(deps.statements, plan, place)
      await this.carryOut(shown, flags)
      return shown.result
    }
    const other = await loadPricePlan(flags.compare)
    const request = billRequest(flags, session.now(), {pricePlan, other})
    if (flags.explain) {
      const explained = await explainReport(deps, billingFor(request.options), request.options)
      this.print(explainText(explained, session.where))
      return explained
    }
    if (form) {
      const {result, warnings} = await runInvoices(deps, request, place)
      this.tell(warnings, result, flags.strict)
      if (output === undefined) this.print(form.textOf(result.invoices))
      else this.note(`${writeInvoices(output, form, result.invoices).length} invoices written to ${output}.`)
      return result
    }
    const {result, warnings, ...shown} = await runBilling(deps, request, place)
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
