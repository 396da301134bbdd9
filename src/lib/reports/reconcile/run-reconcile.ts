import type {CloudWatchClient} from '@aws-sdk/client-cloudwatch'
import type {Row} from '../../core/column'
import {layout} from '../../road/layout'
import type {BillDeps} from '../billing/month-bill'
import {none} from '../define-report'
import type {AnswerRow, ReportContent} from '../define-report'
import {exactCount} from '../exact'
import {explainReport} from '../explain'
import type {Explanation} from '../explain'
import {arrangeRows} from '../arrange-rows'
import {answerReport, askReport} from '../run-report'
import type {Asked, ReportAnswer, ReportPlace, ReportResult} from '../run-report'
import {sumOfCosts, type ScanCost} from '../scan-cost'
import {sentIn} from './counters'
import type {Counter, Sent} from './counters'
import {gapsByService} from './gaps'
import type {ServiceGaps} from './gaps'
import {hopsOf, waitingIn} from './hops'
import type {Findings, Hop} from './hops'
import {readHopMetrics} from './hop-metrics'
import type {HopMetrics, HopPlace} from './hop-metrics'
import {quarantinedLines} from './quarantined-lines'
import {copiesOf, hopRow, reconcileFor, sequencesReport, serviceFolding, serviceRow} from './reconcile-report'
import type {ReconcileOptions} from './reconcile-report'
import {servicesOf} from './services'
import {arrivedIn, byService, lateDays, sumsOf} from './sums'
import type {Sums} from './sums'

/** What is asked, and what is held against the answer. */
export interface ReconcileRequest {
  options: ReconcileOptions
  /** The one service that is asked for; conditions of other kinds say nothing of counters and sequences. */
  service?: string | undefined
  /** Events were asked for by more than their service. */
  isPart: boolean
  counters?: readonly Counter[] | undefined
}

/** The ports of the report: those of any, and CloudWatch. */
export type ReconcileDeps = BillDeps & HopPlace & {cloudWatch: () => Promise<CloudWatchClient>}

/** The `--json` answer of `--explain`: the first query, and those behind it. */
export type Explanations = Explanation & {further: Explanation[]}

/** The `--json` answer: that of any report, and what rows have no place for. */
export interface ReconcileResult extends ReportResult {
  /** The range is one of arrival. */
  by: 'arrival'
  /** Nothing is missing, as far as is known: no row differs. */
  isWhole: boolean
  /** Events that arrived late, by the day for which they are billed. */
  lateDays: {day: string; count: number | bigint}[]
  /** With rows by service: the first gaps of each. */
  gaps?: {service: string; instance: string; from: number | bigint; to: number | bigint}[]
}

/**
 * Holds the hops of the road against each other for what arrived in a range: the query, the metrics of CloudWatch, the counters of the producers and, for rows by service, a
 * query of their sequences. Throws what `runReport` throws; what else is not to be had makes a row unknown.
 */
export async function runReconcile(
  deps: ReconcileDeps,
  {options, service, isPart, counters}: ReconcileRequest,
  place: ReportPlace,
): Promise<ReportAnswer & {result: ReconcileResult}> {
  const {by} = options
  const {definition, ...own} = await overRaw(deps, options)
  const asked = await askReport(own.deps, definition, options, place)
  const sent = counters && sentIn(counters, options, service)
  const late = lateDays(asked.answer.rows)
  const shown =
    by === 'service'
      ? await serviceContent(deps, {asked, options, sent, isPart}, place)
      : await hopContent(deps, {asked, options, sent, isPart, isAll: service === undefined && !isPart})
  const whole = {...asked, cost: sumOfCosts([asked.cost, shown.cost])}
  const {result, warnings} = answerReport(whole, {...definition, shape: () => shown.content}, options, place)
  return {
    result: {
      ...result,
      by: 'arrival',
      isWhole: shown.content.rows.every(({status}) => status !== 'differs'),
      lateDays: late.map(({day, count}) => ({day, count: exactCount(count)})),
      scannedBytes: result.scannedBytes + shown.scannedBytes,
      ...(shown.gaps && {gaps: gapRows(shown.gaps)}),
    },
    warnings: [...warnings, ...counterWarnings(sent)],
  }
}

/** What the report would ask; nothing is run. With rows by service a second query reads the same events. Throws what `explainReport` throws. */
export async function explainReconcile(
  deps: ReconcileDeps,
  {options, isPart}: ReconcileRequest,
): Promise<Explanations> {
  const {definition, ...own} = await overRaw(deps, options)
  const first = await explainReport(own.deps, definition, options)
  const asksSequences = options.by === 'service' && !isPart
  return {...first, further: asksSequences ? [await explainReport(own.deps, sequencesReport, options)] : []}
}

/** The report over the raw tables that there are. They are read whatever is compacted, so no partition is passed over. */
async function overRaw(deps: ReconcileDeps, options: ReconcileOptions) {
  const source = await deps.lakeSource()
  const lakeSource = async () => ({...source, rawFrom: undefined})
  return {deps: {...deps, lakeSource}, definition: reconcileFor(options, source.formats)}
}

interface Shown {
  content: ReportContent
  /** What a second query scanned, and what that costs. */
  scannedBytes: number
  cost?: ScanCost | undefined
  gaps?: ReadonlyMap<string, ServiceGaps>
}

interface Given {
  asked: Asked
  options: ReconcileOptions
  sent: Sent | undefined
  isPart: boolean
}

async function hopContent(
  deps: ReconcileDeps,
  {asked, options, sent, isPart, isAll}: Given & {isAll: boolean},
): Promise<Shown> {
  const sums = sumsOf(asked.answer.rows)
  const [metrics, quarantined] = isAll
    ? await Promise.all([
        readHopMetrics(deps.cloudWatch, deps, options, deps.now()),
        quarantinedLines(deps.statements, options),
      ])
    : [uncounted, 0n]
  const hops = hopsOf({
    ...{sums, metrics, quarantined, fresh: asked.fresh, to: options.to},
    sent: sent && sentCount(sent, isPart, asked.answer.rows),
    hasCurated: asked.tables.includes(layout.view),
    late: lateDays(asked.answer.rows),
  })
  return {
    content: {...countsOf(sums), rows: hops.map(hopRow), totals: hopTotals(hops, sums), warnings: []},
    scannedBytes: 0,
  }
}

const uncounted: HopMetrics = {unknown: 'CloudWatch counts every event, whatever is asked for'}

/** Counters that some services did not give say nothing of a hop, where the events of all come together. */
function sentCount(
  {byService: counted, partlyCount}: Sent,
  isPart: boolean,
  rows: readonly AnswerRow[],
): Findings['sent'] {
  const count = [...counted.values()].reduce((sum, one) => sum + one, 0n)
  const arrived = [...byService(rows)].filter(([, own]) => arrivedIn(sumsOf(own)) > 0n)
  const silent = arrived.filter(([service]) => service !== none && !counted.has(service))
  const unknown = isPart
    ? 'counters are those of whole services'
    : partlyCount > 0
      ? 'some counters cover more than the range'
      : silent.length > 0
        ? `no counter of ${silent.length} of the ${arrived.length} services of which events arrived, such as ${silent[0]?.[0]}: --by service holds the others against theirs`
        : undefined
  return {count, unknown}
}

function hopTotals(hops: readonly Hop[], sums: Sums): Row {
  const sent = hops.find(({hop}) => hop === 'producers')?.count
  return {
    ...(sent !== undefined && {sent: exactCount(sent)}),
    arrived: exactCount(arrivedIn(sums)),
    billed: exactCount(sums.billed),
    missing: exactCount(hops.reduce((sum, {missing}) => sum + missing, 0n)),
    ...copiesOf(sums),
  }
}

async function serviceContent(
  deps: ReconcileDeps,
  {asked, options, sent, isPart}: Given,
  place: ReportPlace,
): Promise<Shown> {
  // Numbers of a sequence are on events of every kind, so a part of the events would have gaps that are none.
  const sequences = isPart ? undefined : await askReport(deps, sequencesReport, options, place)
  const gaps = sequences && gapsByService(sequences.answer.rows)
  const services = servicesOf(asked.answer.rows, {
    sent: isPart || !sent || sent.partlyCount > 0 ? undefined : sent.byService,
    gaps,
    waiting: waitingIn(asked.fresh, options.to),
  })
  const sums = sumsOf(asked.answer.rows)
  const total = (of: (one: (typeof services)[number]) => bigint | undefined) =>
    exactCount(services.reduce((sum, one) => sum + (of(one) ?? 0n), 0n))
  const totals = {
    ...(sent && !isPart && {sent: total((one) => one.sent)}),
    ...{
      arrived: total((one) => one.arrived),
      billed: exactCount(sums.billed),
      missing: total((one) => one.missing),
    },
    ...{gaps: total((one) => one.gaps?.gapCount), ...copiesOf(sums)},
  }
  return {
    content: {
      ...countsOf(sums),
      rows: arrangeRows(services.map(serviceRow), options, serviceFolding),
      totals,
      warnings: [],
    },
    scannedBytes: sequences?.answer.scannedBytes ?? 0,
    cost: sequences?.cost,
    ...(gaps && {gaps}),
  }
}

function countsOf({retried, redelivered, conflicts, unkeyed, tests}: Sums) {
  return {
    ...{duplicateCount: retried + redelivered, conflictCount: conflicts},
    ...{unkeyedCount: unkeyed, testCount: tests},
  }
}

function gapRows(gaps: ReadonlyMap<string, ServiceGaps>): NonNullable<ReconcileResult['gaps']> {
  return [...gaps.values()].flatMap(({first}) =>
    first.map((gap) => ({
      service: gap.service,
      instance: gap.instance,
      ...{from: exactCount(gap.first), to: exactCount(gap.last)},
    })),
  )
}

function counterWarnings(sent: Sent | undefined): string[] {
  if (!sent) return []
  const {partlyCount, outsideCount} = sent
  return [
    ...(partlyCount > 0
      ? [
          `${partlyCount} counters cover more than the range, and say nothing of it: let --from and --to be theirs.`,
        ]
      : []),
    ...(outsideCount > 0 ? [`${outsideCount} counters are of other times, and were left out.`] : []),
  ]
}
