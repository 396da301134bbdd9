import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {applyBindings} from '../lib/binding/apply/apply-bindings'
import {planBindings} from '../lib/binding/plan/plan-bindings'
import {BaseCommand} from '../lib/cli/base-command'
import type {Session} from '../lib/cli/session-types'
import type {Column} from '../lib/core/column'
import {parseRange} from '../lib/core/time'
import {generateEntries} from '../lib/events/generate'
import type {SendResult} from '../lib/events/send'
import {sendEvents} from '../lib/events/send'
import {renderRows} from '../lib/render/render-rows'
import {billingFor} from '../lib/reports/billing'
import {featuresReport} from '../lib/reports/features'
import {parsePricePlan} from '../lib/pricing/parse-price-plan'
import {reportDeps, reportPlace} from '../lib/reports/report-session'
import {reportFoot, reportHead} from '../lib/reports/report-text'
import type {ReportResult} from '../lib/reports/run-report'
import {runReport} from '../lib/reports/run-report'

export interface DemoResult {
  events: SendResult
  billing: ReportResult
  features: ReportResult
}

const eventCount = 2000
const rowLimit = 10
const prices = `currency: EUR
rounding: half-up
plans:
  free: {pricePerUnit: '0'}
  pro: {pricePerUnit: '0.004'}
  enterprise: {pricePerUnit: '0.0025'}
`

export default class Demo extends BaseCommand {
  static override summary = 'Show the whole road on this machine, from nothing to a bill'
  static override description =
    'On a local endpoint of its own, in a temporary folder that is removed at the end: binds a rule to a delivery stream, ' +
    'sends 2,000 invented events and one of them twice, delivers them, and prints the bill and what people use. Takes well ' +
    'under a minute, and needs no account.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --json',
  ]

  async run(): Promise<DemoResult> {
    const {flags} = await this.parse(Demo)
    const {signal} = this
    const dataDir = await mkdtemp(join(tmpdir(), 'usage-tracker-demo-'))
    this.onClose(() => rm(dataDir, {recursive: true, force: true}))
    this.note(
      `1. Starting a local endpoint in ${dataDir}: EventBridge, Firehose, S3, Glue and Athena in this process.`,
    )
    const session = await this.session(flags, {alone: dataDir})
    await this.bind(session, signal)
    const range = parseRange({from: '-7d'}, session.now())
    const events = await this.send(session, range, signal)
    this.note('4. Delivering what Firehose would hold back for up to 15 minutes.')
    await session.local?.flush()
    this.note('5. The bill, and what people use: two canned queries in Athena, here on DuckDB.\n')
    const deps = await reportDeps(session, {root: this.config.root, signal})
    const options = {...range, limit: rowLimit}
    const priced = {...options, pricePlan: parsePricePlan(prices, 'the prices of the demo')}
    const place = reportPlace(session)
    const bill = billingFor(priced)
    const {result: billing} = await runReport(deps, bill, priced, place)
    this.print(`${shown(billing, bill.columns)}\n\n`)
    const {result: features} = await runReport(deps, featuresReport, options, place)
    this.print(shown(features, featuresReport.columns))
    this.note(
      [
        `\n${eventCount + 1} events were sent and ${eventCount} are billed: the copy was left out.`,
        'The demo is over and its folder removed. To go on by yourself:',
        `  ${this.config.bin} local start --detach`,
        `  ${this.config.bin} bind-target --local --yes`,
        `  ${this.config.bin} events send --local --count 1000`,
      ].join('\n'),
    )
    return {events, billing, features}
  }

  private async bind({clients, settings, now}: Session, signal: AbortSignal): Promise<void> {
    this.note('2. Binding: event bus, rule, delivery stream, bucket, roles, table, workgroup.')
    const plans = await planBindings(clients, [settings])
    await applyBindings({clients, now, sleep, signal}, plans)
  }

  private async send(
    session: Session,
    range: {from: number; to: number},
    signal: AbortSignal,
  ): Promise<SendResult> {
    const {clients, settings, now} = session
    this.note(
      `3. Sending ${eventCount} invented events of the last seven days, and the first of them once more.`,
    )
    const {source, detailType} = settings
    const entries = [...generateEntries({...range, seed: 1, count: eventCount, source, detailType})]
    const {result} = await sendEvents(
      {
        put: await clients.bulkPutEvents(settings.bus, now),
        now,
        sleep: (ms) => sleep(ms),
        random: Math.random,
      },
      {bus: settings.bus, items: [...entries, ...entries.slice(0, 1)], concurrency: 4, signal},
    )
    return result
  }
}

function shown(result: ReportResult, columns: readonly Column[]): string {
  const table = renderRows({columns, rows: result.rows}, 'table')
  return `${reportHead(result)}\n\n${table}\n${reportFoot(result)}`
}
