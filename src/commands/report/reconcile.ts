import {AwsCommand} from '../../lib/cli/aws-command'
import {nameFlags} from '../../lib/cli/flags'
import {explainText} from '../../lib/reports/explain'
import {queryWishes} from '../../lib/reports/query-wishes'
import {readCounters} from '../../lib/reports/reconcile/counters'
import {reconcileFlags, reconcileRequest} from '../../lib/reports/reconcile/reconcile-flags'
import {shownReconcile} from '../../lib/reports/reconcile/reconcile-text'
import {explainReconcile, runReconcile} from '../../lib/reports/reconcile/run-reconcile'
import type {Explanations, ReconcileResult} from '../../lib/reports/reconcile/run-reconcile'
import {reportDeps, reportPlace} from '../../lib/reports/report-session'
import type {PolicyDocument} from '../../lib/road/policies'

export default class ReportReconcile extends AwsCommand {
  static override summary = 'Show whether all that was sent is billed, and where on the road it stopped'
  static override description =
    'One row for each hop, in the order of the road: what the producers counted (--counters), what the rule took off the bus and what came into the stream ' +
    '(CloudWatch), lines of raw objects, lines that are no events, rows that are compacted, and what is billed. Each is held against the hop before it. The range is one of ' +
    'arrival: this month so far, unless --from, --to or --month say otherwise. Counts are taken at other moments, so a range that ends in a quiet time says most; ' +
    'what may have crossed a border on its way is not called missing. --by service shows the same for each service, with the gaps in the sequences of its ' +
    'instances. Exit code 9 with --strict where something is missing or hops differ.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --from yesterday --to today',
    '<%= config.bin %> <%= command.id %> --from yesterday --to today --counters sent.csv --strict',
    '<%= config.bin %> <%= command.id %> --by service --from -24h --format csv',
  ]
  static override flags = {
    ...reconcileFlags,
    bus: nameFlags.bus,
    rule: nameFlags.rule,
    bucket: nameFlags.bucket,
    database: nameFlags.database,
    workgroup: nameFlags.workgroup,
    stream: nameFlags.stream,
  }

  async run(): Promise<ReconcileResult | Explanations | PolicyDocument> {
    const {flags} = await this.parse(ReportReconcile)
    if (flags['print-policy']) return this.printPolicy(flags)
    const {signal} = this
    const counters =
      flags.counters === undefined ? undefined : await readCounters(flags.counters, process.stdin)
    const session = await this.session(flags)
    const request = reconcileRequest(flags, session.now(), counters)
    const wishes = queryWishes(flags, (text) => this.progress(text))
    const {bus, rule: name} = session.settings
    const deps = {
      ...(await reportDeps(session, {root: this.config.root, signal, wishes})),
      ...{rule: {bus, name}, cloudWatch: () => session.clients.cloudWatch()},
    }
    if (flags.explain) {
      const explained = await explainReconcile(deps, request)
      this.print([explained, ...explained.further].map((one) => explainText(one, session.where)).join('\n\n'))
      return explained
    }
    const {result, warnings} = await runReconcile(deps, request, reportPlace(session))
    for (const warning of warnings) this.warn(warning)
    const shown = {by: request.options.by, format: flags.format, width: this.width(process.stdout)}
    const {list, around} = shownReconcile(result, warnings, shown)
    await this.printRows(list, flags.format, {chart: flags.chart, ...around})
    if (flags.strict && !result.isWhole) this.exitWith(9)
    return result
  }
}
