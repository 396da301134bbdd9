import type {Now} from '../core/clock'
import type {PublishCounts} from '../publish/publish'
import type {SendOutcome} from './send'
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
  if (interrupted) {
    remarks.push(
      `Interrupted after ${result.readCount} events were read; what follows them was not sent. ` +
        'To go on, send the same input again: events with an eventId count once.',
    )
  }
  return remarks
}

const progressIntervalMs = 2000

/** Makes a progress report that says something every two seconds at most, through `say`. */
export function progressReporter(
  now: Now,
  say: (text: string) => void,
): (counts: Readonly<PublishCounts>) => void {
  let saidAt = now()
  return (counts) => {
    if (now() - saidAt < progressIntervalMs) return
    saidAt = now()
    say(`... ${countsText(counts)}`)
  }
}

function countsText(counts: Readonly<PublishCounts>): string {
  const {readCount, acceptedCount, rejectedCount, retriedCount} = counts
  return `${readCount} read, ${acceptedCount} accepted, ${rejectedCount} rejected, ${retriedCount} retried`
}
