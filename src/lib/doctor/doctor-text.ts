import type {DoctorResult} from './doctor-result'
import type {HopFinding, Status} from './finding'

/** What was found, for a person: where, one line a hop, what mends it below, and what it comes to. */
export function doctorText(result: DoctorResult): string[] {
  const {accountId, region, endpoint, hops} = result
  const width = Math.max(...hops.map(({hop}) => hop.length))
  return [
    `Account ${accountId === '' ? 'unknown' : accountId}, region ${region}, endpoint ${endpoint ?? 'AWS'}`,
    ...hops.flatMap((finding) => linesOf(finding, width)),
    summary(result),
  ]
}

function linesOf({status, hop, reason, remedy, afterMs}: HopFinding, width: number): string[] {
  const time = afterMs === undefined ? '' : ` (after ${(afterMs / 1000).toFixed(1)} s)`
  const line = `${status.padEnd('skipped'.length)}  ${hop.padEnd(width)}  ${reason}${time}`
  return remedy === undefined ? [line] : [line, `         Try: ${remedy}`]
}

function summary({healthy, hops}: DoctorResult): string {
  const count = (status: Status): number => hops.filter((hop) => hop.status === status).length
  const rest = `${count('ok')} ok, ${count('warn')} to look at, ${count('skipped')} skipped.`
  if (healthy) return `Healthy: ${rest}`
  const names = hops.filter(({status}) => status === 'broken').map(({hop}) => hop)
  return `Unhealthy: ${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} broken; ${rest}`
}
