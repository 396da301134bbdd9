import type {Now} from '../core/clock'
import type {PublishCounts} from '../publish/publish'
import type {Confirmation} from './confirm/confirm-in-lake'
import type {SendOutcome} from './send'
import type {SendStart} from './start-send'
import {reasonText} from './rejection-summary'

/** The answer for a person, one line: what became of the events, and how fast. */
export function sendText({result}: SendOutcome): string {
  const perSecond = result.durationMs > 0 ? Math.round((result.acceptedCount * 1000) / result.durationMs) : 0
  const rate = perSecond > 0 ? `, ${perSecond} events/s` : ''
  return `${countsText(result)} (${(result.durationMs / 1000).toFixed(1)} s${rate})`
}

/** What else there is to say: why events were rejected, where they are kept, how to go on. */
export function sendRemarks({result, reasons, interrupted}: SendOutcome): string[] {
  const remarks = reasons.map(reasonText)
  if (result.failuresFile !== undefined) {
    remarks.push(
      `The rejected events are in ${result.failuresFile}: usage-tracker events send ${result.failuresFile}`,
    )
  }
  if (result.leftCount !== undefined && (interrupted || result.leftCount > 0)) {
    const left = result.leftCount > 0 ? ` ${eventsText(result.leftCount)} that were read are among them.` : ''
    remarks.push(
      `${interrupted ? 'Interrupted. ' : ''}The checkpoint knows what is dealt with: the same command sends the rest.${left}`,
    )
  } else if (interrupted) {
    remarks.push(
      `Interrupted after ${result.readCount} events were read; what follows them was not sent. ` +
        'To go on, send the same input again: events with an eventId count once.',
    )
  }
  return remarks
}

/** What there is to say before the first event goes out. `count` is how many are generated. */
export function startRemarks(
  {choices, checkpoint}: SendStart,
  bus: string,
  {region, endpoint}: {region: string; endpoint: string | undefined},
  count: number | undefined,
): string[] {
  const settledCount = checkpoint?.settledCount ?? 0
  return [
    ...(count === undefined ? [] : [`Generating ${eventsText(count)} with --seed ${choices.seed}.`]),
    ...(settledCount === 0
      ? []
      : [`Going on: ${eventsText(settledCount)} of this input were dealt with before and are left out.`]),
    `Sending to the bus ${bus} (${region}, ${endpoint ?? 'AWS'}).`,
  ]
}

/** What `--confirm` saw. */
export function confirmText({followedCount, foundCount}: Confirmation): string {
  return foundCount === followedCount
    ? `All ${eventsText(followedCount)} that were followed stand in the lake.`
    : `${foundCount} of the ${eventsText(followedCount)} that were followed stand in the lake so far. Where are the others: usage-tracker doctor --canary`
}

function eventsText(count: number): string {
  return count === 1 ? '1 event' : `${count} events`
}

const progressIntervalMs = 2000

/**
 * Makes a progress report that says something every two seconds at most, through `say`; none where the stream that it is
 * meant for is no terminal. `share` tells how much of the input is
 * read, from 0 to 1, where that is known: then the time that is left is said too.
 */
export function progressReporter(
  stream: {isTTY?: boolean},
  now: Now,
  say: (text: string) => void,
  share: (readCount: number) => number | undefined = () => undefined,
): ((counts: Readonly<PublishCounts>) => void) | undefined {
  if (!stream.isTTY) return undefined
  const startedAt = now()
  const shareBefore = share(0) ?? 0
  let said = {at: startedAt, acceptedCount: 0}
  return (counts) => {
    const at = now()
    if (at - said.at < progressIntervalMs) return
    const perSecond = Math.round(((counts.acceptedCount - said.acceptedCount) * 1000) / (at - said.at))
    said = {at, acceptedCount: counts.acceptedCount}
    const left = leftText(shareBefore, share(counts.readCount), at - startedAt)
    say(`... ${countsText(counts)}, ${perSecond} events/s${left}`)
  }
}

function leftText(before: number, share: number | undefined, tookMs: number): string {
  if (share === undefined || share <= before || share > 1) return ''
  const seconds = Math.round((tookMs * (1 - share)) / (share - before) / 1000)
  return `, ${Math.floor(share * 100)} %, ${durationText(seconds)} left`
}

function durationText(seconds: number): string {
  if (seconds < 120) return `${seconds} s`
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`
  return `${Math.round(seconds / 3600)} h`
}

function countsText(counts: Readonly<PublishCounts>): string {
  const {readCount, acceptedCount, rejectedCount, retriedCount} = counts
  return `${readCount} read, ${acceptedCount} accepted, ${rejectedCount} rejected, ${retriedCount} retried`
}
