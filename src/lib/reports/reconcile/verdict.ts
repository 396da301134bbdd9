import {groupDigits} from '../../core/money'

/** Whether a hop has what the one before it had. `unknown`: it cannot be said. */
export type HopStatus = 'ok' | 'differs' | 'unknown'

/** What a difference between two hops is made of, as far as it is known. */
export interface Part {
  /** What it adds to the count of the hop before, or takes off it. */
  count: bigint
  /** `sent again`: what these events are. */
  words: string
  /** They are lost here: nobody bills them. */
  isLoss?: boolean
}

/** By how much counts may be apart though nothing is lost, because they were taken at other moments. */
export interface Slack {
  fewer: bigint
  more: bigint
  /** Completes "which": `may have crossed a border of the range`. */
  words: string
}

export interface Verdict {
  difference: bigint
  /** Events that stopped at this hop, at least. */
  missing: bigint
  status: HopStatus
  reasons: string[]
}

/**
 * Holds a hop against the one before it. What the parts do not explain is as much as the slack allows, or it is missing; where events may still be on their
 * way (`waiting` says where), they are not called missing. Pure.
 */
export function verdictOf(
  {before, count}: {before: bigint; count: bigint},
  parts: readonly Part[],
  {slack, waiting}: {slack?: Slack | undefined; waiting?: string | undefined} = {},
): Verdict {
  const known = parts.filter((part) => part.count !== 0n)
  const lost = known.filter(({isLoss}) => isLoss).reduce((sum, part) => sum - part.count, 0n)
  const rest = count - before - known.reduce((sum, part) => sum + part.count, 0n)
  const reasons = [
    ...known.map(({count: n, words}) => `${countText(n < 0n ? -n : n)} ${words}`),
    ...(rest === 0n ? [] : [restText(rest, slack)]),
  ]
  const verdict = {difference: count - before, missing: lost, reasons}
  const ofLoss = lost > 0n ? 'differs' : 'ok'
  const beyond = beyondSlack(rest, slack)
  if (beyond === 0n) return {...verdict, status: ofLoss}
  if (rest > 0n) return {...verdict, status: 'differs'}
  if (waiting === undefined) return {...verdict, missing: lost + beyond, status: 'differs'}
  return {...verdict, status: ofLoss === 'ok' ? 'unknown' : ofLoss, reasons: [...reasons, waiting]}
}

const noSlack: Slack = {fewer: 0n, more: 0n, words: ''}

/** By how much a difference is larger than it may be. */
function beyondSlack(rest: bigint, {fewer, more} = noSlack): bigint {
  const [size, allowed] = rest < 0n ? [-rest, fewer] : [rest, more]
  return size > allowed ? size - allowed : 0n
}

/** `3 fewer, of which 2 may have crossed a border of the range`. */
function restText(rest: bigint, slack = noSlack): string {
  const [size, direction, allowed] = rest < 0n ? [-rest, 'fewer', slack.fewer] : [rest, 'more', slack.more]
  const ofThem = size <= allowed ? 'which' : `of which ${countText(allowed)}`
  return `${countText(size)} ${direction}${allowed === 0n ? '' : `, ${ofThem} ${slack.words}`}`
}

/** `1,204` of a count. */
export function countText(count: bigint): string {
  return groupDigits(count)
}
