import {formatTime} from '../../core/time'
import type {MetricSum, HopMetrics} from './hop-metrics'
import type {Sums} from './sums'
import {countText, verdictOf} from './verdict'
import type {HopStatus, Part, Slack, Verdict} from './verdict'

/** A hop of the road, and what of the events of a range came so far. */
export interface Hop {
  hop: 'producers' | 'bus' | 'stream' | 'raw' | 'quarantine' | 'curated' | 'billed'
  /** Not there where it is not known. */
  count?: bigint
  difference?: bigint
  missing: bigint
  status: HopStatus
  reasons: string[]
}

/** Everything that is known of a range. */
export interface Findings {
  sums: Sums
  metrics: HopMetrics
  /** What the producers counted themselves; undefined where nobody says. With `unknown`, why it cannot be held against what came after. */
  sent?: {count: bigint; unknown?: string | undefined} | undefined
  /** Lines that compaction took out of raw objects, and which stand in the quarantine alone; undefined where that may not be read. */
  quarantined: bigint | undefined
  /** There is a table of compacted events. */
  hasCurated: boolean
  /** The lake is complete up to here, and has not yet what waits at a local endpoint. */
  fresh: {completeUntil: number; undeliveredCount: number}
  to: number
  late: readonly {day: string; count: bigint}[]
}

const atBorders = 'may have crossed a border of the range on their way'
const orTwice = 'may have crossed a border of the range on their way, or came twice'

/** The hops in the order of the road, each held against the last one before it whose count is known. Pure. */
export function hopsOf(found: Findings): Hop[] {
  const sent = found.sent === undefined ? [] : [producers(found.sent)]
  // Counters that cannot be held against anything are shown, and no more.
  const isKnown = ({hop: name, count}: Hop) =>
    count !== undefined && (name !== 'producers' || found.sent?.unknown === undefined)
  const known = (hops: readonly Hop[]) => hops.findLast(isKnown)
  const upTo = [...sent, ...('unknown' in found.metrics ? silent(found.metrics.unknown) : [])]
  if (!('unknown' in found.metrics)) {
    const onBus = bus(found, found.metrics, known(upTo))
    upTo.push(onBus, stream(found, found.metrics, onBus))
  }
  const arrived = raw(found, known(upTo))
  const compacted = curated(found, arrived)
  return [...upTo, arrived, quarantine(found), compacted, billed(found, known([arrived, compacted]))]
}

function producers({count, unknown}: NonNullable<Findings['sent']>): Hop {
  const own = {hop: 'producers', count, missing: 0n} as const
  return unknown === undefined
    ? {...own, status: 'ok', reasons: ['by their own counters']}
    : {...own, status: 'unknown', reasons: [unknown]}
}

function silent(words: string): Hop[] {
  const unknown = (hop: Hop['hop']): Hop => ({hop, missing: 0n, status: 'unknown', reasons: [words]})
  return [unknown('bus'), unknown('stream')]
}

/** `MatchedEvents` of the rule: what it took off the bus. EventBridge counts nothing for a bus as a whole that says how many events came in. */
function bus(
  {sums, fresh, to}: Findings,
  {matched}: Record<'matched', MetricSum>,
  before: Hop | undefined,
): Hop {
  const {count, first, last, after, fringe} = matched
  const slack = {fewer: after, more: first + (fringe > 0n ? last : 0n), words: atBorders}
  const again = {count: sums.retried, words: 'sent again by producers'}
  return hop(
    'bus',
    count,
    before,
    [again],
    {slack, waiting: waitingIn(fresh, to)},
    'taken off the bus by the rule',
  )
}

/** `IncomingRecords` of the stream, and `DeliveryToS3.Records` where that is another number. */
function stream(
  {sums, fresh, to}: Findings,
  {
    matched,
    invocations,
    failed,
    deadLetters,
    retries,
    incoming,
    delivered,
  }: Exclude<HopMetrics, {unknown: string}>,
  before: Hop,
): Hop {
  // A rule with several targets is invoked more often than it matches, and says not which of them failed.
  const hasOneTarget = invocations.count <= matched.count
  const lost = hasOneTarget ? failed.count : atMost(failed.count, matched.count - incoming.count)
  const letters =
    deadLetters.count > 0n ? `, ${countText(deadLetters.count)} of them went to the dead-letter queue` : ''
  const parts: Part[] =
    lost > 0n ? [{count: -lost, words: `failed on the way from the rule${letters}`, isLoss: true}] : []
  const slack = {fewer: matched.last, more: matched.before + sums.redelivered, words: orTwice}
  const waiting =
    retries.count > 0n
      ? 'EventBridge tried some again, which may come up to a day later'
      : waitingIn(fresh, to)
  const own = hop('stream', incoming.count, before, parts, {slack, waiting}, 'records')
  const isEven = delivered.count === incoming.count
  const written = isEven ? [] : [`${countText(delivered.count)} were written to S3 in the same time`]
  return {...own, reasons: [...own.reasons, ...written]}
}

/** Lines of raw objects. An object is named after its oldest record, so that a buffer may carry events over both borders of the range. */
function raw(found: Findings, before: Hop | undefined): Hop {
  const {sums, metrics, quarantined, fresh, to} = found
  const {raw: count, head, tail, redelivered, retried, malformedRaw} = sums
  const isStream = before?.hop === 'stream'
  const fringe = 'unknown' in metrics ? 0n : metrics.incoming.fringe
  const notConverted = 'unknown' in metrics ? 0n : metrics.notConverted.count
  const parts: Part[] = isStream
    ? [
        {
          count: -atMost(notConverted, (before.count ?? 0n) - count),
          words: 'could not be converted: errors/ has them',
          isLoss: true,
        },
        {count: -(quarantined ?? 0n), words: 'taken out to the quarantine'},
      ]
    : [
        {count: retried, words: 'sent again by producers'},
        {count: redelivered, words: 'delivered again'},
        {count: malformedRaw, words: 'malformed'},
      ]
  const slack: Slack = {
    fewer: head + fringe,
    more: tail + (isStream ? redelivered : 0n),
    words: isStream ? orTwice : atBorders,
  }
  return hop('raw', count, before, parts, {slack, waiting: waitingIn(fresh, to)}, 'lines of raw objects')
}

function atMost(most: bigint, value: bigint): bigint {
  return value <= 0n ? 0n : value < most ? value : most
}

/** Where events may still be on their way; undefined where all have arrived. */
export function waitingIn(
  {completeUntil, undeliveredCount}: Findings['fresh'],
  to: number,
): string | undefined {
  if (undeliveredCount > 0) return `${countText(BigInt(undeliveredCount))} wait for delivery`
  return to > completeUntil
    ? `the lake is complete until ${formatTime(completeUntil)} alone, and the stream may hold them`
    : undefined
}

function quarantine({sums, quarantined}: Findings): Hop {
  const count = sums.malformedRaw + (quarantined ?? 0n)
  const reasons = [
    ...(count > 0n ? ['malformed lines, which nobody bills'] : []),
    ...(quarantined === undefined ? ['those that compaction took out of raw objects may not be read'] : []),
  ]
  const status = count > 0n ? 'differs' : quarantined === undefined ? 'unknown' : 'ok'
  return {hop: 'quarantine', count, missing: count, status, reasons}
}

function curated({sums, hasCurated}: Findings, before: Hop): Hop {
  if (!hasCurated) {
    const words = 'nothing is compacted: "usage-tracker lake init" makes the table'
    return {hop: 'curated', missing: 0n, status: 'unknown', reasons: [words]}
  }
  const {compacted, open, beyondRaw, beyond} = sums
  const parts: Part[] = [
    {count: -open, words: 'not compacted yet'},
    {count: beyond - beyondRaw, words: 'of days that were not looked at (--lookback)'},
  ]
  const own = hop('curated', compacted, before, parts, {}, 'rows')
  return own.status === 'ok' && beyondRaw > beyond ? {...own, status: 'unknown'} : own
}

function billed({sums, late}: Findings, before: Hop | undefined): Hop {
  const {open, malformed, timeless, retried, redelivered, tests, billed: count} = sums
  const isRaw = before?.hop === 'raw'
  const lostOnTheWay = isRaw ? sums.compacted + open - sums.raw : 0n
  const parts: Part[] = [
    {
      count: isRaw ? lostOnTheWay : open,
      words: isRaw ? 'that reports do not see' : 'not compacted yet, which reports read too',
    },
    {count: -retried, words: 'sent again by producers'},
    {count: -redelivered, words: 'delivered again'},
    {count: -tests, words: 'marked as test'},
    {count: -malformed, words: 'malformed'},
    {count: -timeless, words: 'without a time, which no bill has', isLoss: true},
  ]
  const own = hop('billed', count, before, parts, {}, 'identities')
  return {...own, reasons: [...own.reasons, ...remarks(sums, late)]}
}

/** Days of late events that are named. */
const shownDays = 7

/** What is to know of those that are billed. */
function remarks({unkeyed, suspected, conflicts, beyond}: Sums, late: Findings['late']): string[] {
  const lateCount = late.reduce((sum, {count}) => sum + count, 0n)
  const days = late.slice(0, shownDays).map(({day, count}) => `${day}: ${countText(count)}`)
  const more = late.length > shownDays ? `, and ${late.length - shownDays} days more` : ''
  const said: [bigint, string][] = [
    [unkeyed, 'of them without eventId'],
    [suspected, 'of them much like another, perhaps a duplicate'],
    [beyond, 'of days of which no copies were looked for (--lookback)'],
    [conflicts, 'with copies that differ in what is billed'],
    [lateCount, `of them late (${days.join(', ')}${more})`],
  ]
  return said.filter(([count]) => count > 0n).map(([count, words]) => `${countText(count)} ${words}`)
}

/** What would say more of a hop of which nothing before is known. */
const unheld = 'no count before it to hold it against'
const noCounters = 'whether more were sent, counters of the producers would say (--counters)'

function hop(
  name: Hop['hop'],
  count: bigint,
  before: Hop | undefined,
  parts: readonly Part[],
  allowing: {slack?: Slack; waiting?: string | undefined},
  what: string,
): Hop {
  if (before?.count === undefined) {
    return {
      hop: name,
      count,
      missing: 0n,
      status: 'unknown',
      reasons: [`${what}; ${name === 'bus' ? noCounters : unheld}`],
    }
  }
  const verdict: Verdict = verdictOf({before: before.count, count}, parts, allowing)
  return {hop: name, count, ...verdict}
}
