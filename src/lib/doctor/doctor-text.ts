import {hangingText} from '../core/hanging-text'
import type {DoctorResult} from './doctor-result'
import type {HopFinding, Status} from './finding'

/**
 * What was found, for a person: where, one line a hop, what mends it below, and what it comes to. Reasons are broken at
 * `width`, that of the terminal; a remedy stays one line, so that it can be copied.
 */
export function doctorText(result: DoctorResult, width?: number): string[] {
  const {accountId, region, endpoint, hops} = result
  const hopWidth = Math.max(...hops.map(({hop}) => hop.length))
  const place = `Account ${accountId === '' ? 'unknown' : accountId}, region ${region}, endpoint ${endpoint ?? 'AWS'}`
  return [
    ...hangingText('', place, width),
    ...hops.flatMap((finding) => linesOf(finding, hopWidth, width)),
    ...hangingText('', summary(result), width),
  ]
}

function linesOf(finding: HopFinding, hopWidth: number, width: number | undefined): string[] {
  const {status, hop, reason, remedy, afterMs} = finding
  const time = afterMs === undefined ? '' : ` (after ${(afterMs / 1000).toFixed(1)} s)`
  const head = `${status.padEnd('skipped'.length)}  ${hop.padEnd(hopWidth)}  `
  const lines = hangingText(head, reason + time, width)
  return remedy === undefined ? lines : [...lines, `         Try: ${remedy}`]
}

function summary({healthy, hops}: DoctorResult): string {
  const count = (status: Status): number => hops.filter((hop) => hop.status === status).length
  const rest = `${count('ok')} ok, ${count('warn')} to look at, ${count('skipped')} skipped.`
  if (healthy) return `Healthy: ${rest}`
  const names = hops.filter(({status}) => status === 'broken').map(({hop}) => hop)
  return `Unhealthy: ${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} broken; ${rest}`
}
