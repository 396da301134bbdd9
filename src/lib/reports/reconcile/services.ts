import type {AnswerRow} from '../define-report'
import {none} from '../define-report'
import {gapsText} from './gaps'
import type {ServiceGaps} from './gaps'
import {arrivedIn, byService, lateDays, sumsOf} from './sums'
import type {Sums} from './sums'
import {countText, verdictOf} from './verdict'
import type {HopStatus, Verdict} from './verdict'

/** What became of the events of one service. */
export interface ServiceFindings {
  service: string
  /** What it counted itself. */
  sent?: bigint
  /** Events that arrived, each once: those that are billed, and those that are not. */
  arrived: bigint
  difference?: bigint
  /** Events that never came, at least: by its counters or by its sequences, whichever says more. */
  missing: bigint
  gaps: ServiceGaps | undefined
  sums: Sums
  late: bigint
  status: HopStatus
  reasons: string[]
}

/** What is held against the answer. */
export interface ServiceKnowledge {
  /** Undefined where there are no counters. */
  sent: ReadonlyMap<string, bigint> | undefined
  /** Undefined where sequences were not looked at. */
  gaps: ReadonlyMap<string, ServiceGaps> | undefined
  waiting: string | undefined
}

/** A row for each service that sent something by its counters or of which something arrived, most missing first. Pure. */
export function servicesOf(rows: readonly AnswerRow[], known: ServiceKnowledge): ServiceFindings[] {
  const answers = byService(rows)
  const names = [...new Set([...answers.keys(), ...(known.sent?.keys() ?? [])])]
  return names
    .map((service) => serviceOf(service, answers.get(service) ?? [], known))
    .filter(({sums, sent}) => sent !== undefined || sums.raw + sums.compacted + sums.open > 0n)
    .sort(
      (a, b) =>
        compare(b.missing, a.missing) || compare(b.arrived, a.arrived) || (a.service < b.service ? -1 : 1),
    )
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}

const inBuffer = 'may have crossed a border of the range in the buffer of the stream'

function serviceOf(service: string, rows: readonly AnswerRow[], known: ServiceKnowledge): ServiceFindings {
  const sums = sumsOf(rows)
  const arrived = arrivedIn(sums)
  const own = {service, arrived, gaps: known.gaps?.get(service), sums}
  const sent = known.sent?.get(service)
  const verdict = sent === undefined ? undefined : byCounter(own, sent, known)
  const byGaps = own.gaps?.missing ?? 0n
  const missing = verdict && verdict.missing > byGaps ? verdict.missing : byGaps
  return {
    ...own,
    ...(sent !== undefined && verdict && {sent, difference: verdict.difference}),
    missing,
    late: lateDays(rows).reduce((sum, {count}) => sum + count, 0n),
    status: statusOf(own, missing, verdict?.status, known),
    reasons: reasonsOf(own, verdict, known),
  }
}

function byCounter(
  {arrived, sums}: Pick<ServiceFindings, 'arrived' | 'sums'>,
  sent: bigint,
  {waiting}: ServiceKnowledge,
): Verdict {
  const slack = {fewer: sums.head, more: sums.tail, words: inBuffer}
  return verdictOf({before: sent, count: arrived}, [], {slack, waiting})
}

function reasonsOf(
  own: Pick<ServiceFindings, 'service' | 'gaps' | 'sums'>,
  verdict: Verdict | undefined,
  known: ServiceKnowledge,
): string[] {
  const notThere = own.gaps ? [`not there: ${gapsText(own.gaps)}`] : []
  const reasons = [...(verdict?.reasons ?? []), ...notThere, ...lost(own.sums)]
  return reasons.length > 0 || verdict ? reasons : [silence(own, known)]
}

function statusOf(
  {sums}: Pick<ServiceFindings, 'sums'>,
  missing: bigint,
  byCounters: HopStatus | undefined,
  {gaps}: ServiceKnowledge,
): HopStatus {
  if (missing > 0n || sums.malformed > 0n || sums.timeless > 0n) return 'differs'
  if (byCounters !== undefined) return byCounters
  return gaps !== undefined && sums.numbered > 0n ? 'ok' : 'unknown'
}

function lost({malformed, timeless}: Sums): string[] {
  const said: [bigint, string][] = [
    [malformed, 'malformed'],
    [timeless, 'without a time, which no bill has'],
  ]
  return said.filter(([count]) => count > 0n).map(([count, words]) => `${countText(count)} ${words}`)
}

/** Why nothing can be said, or that nothing is missing. */
function silence(
  {service, sums}: Pick<ServiceFindings, 'service' | 'sums'>,
  {gaps}: ServiceKnowledge,
): string {
  if (service === none) return 'events that name no service'
  if (gaps === undefined) return 'sequences were not looked at'
  if (sums.numbered === 0n) return 'neither counters nor a sequence say how many it sent'
  return `no gap in the sequences of ${countText(sums.numbered)} events`
}
