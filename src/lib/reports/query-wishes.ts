import {Flags} from '@oclif/core'
import {parseSize, bytesText} from '../core/size'
import {OpError} from '../core/errors'
import {parseDuration} from '../core/time'
import type {QueryProgress, QueryWishes} from './run-query'

/** Flags of commands that ask Athena about the lake. */
export const wishFlags = {
  'max-scan': Flags.string({
    summary: 'stop the query once it has scanned more than this: 500MB, 10GB, 1TB',
    helpValue: 'SIZE',
  }),
  reuse: Flags.string({
    summary:
      'take the answer of the same query where it is no older than this, which scans nothing: 30m, 6h, up to 7d',
    helpValue: 'DURATION',
  }),
}

/** Athena keeps a result for reuse no longer ("Reuse query results"). */
const maxReuseMinutes = 7 * 24 * 60

/** A query that ends sooner is not spoken of, and one that goes on is again after this. */
const spokenOfMs = 5_000

/** What a user wishes of queries. `say` gets a line every few seconds while one runs. Throws BAD_SIZE and BAD_TIME (usage). */
export function queryWishes(
  flags: {'max-scan'?: string | undefined; reuse?: string | undefined},
  say: (text: string) => void,
): QueryWishes {
  const {'max-scan': maxScan, reuse} = flags
  let nextMs = spokenOfMs
  return {
    ...(maxScan !== undefined && {maxScanBytes: parseSize(maxScan)}),
    ...(reuse !== undefined && {reuseMinutes: minutesOf(reuse)}),
    onWait: (progress) => {
      if (progress.elapsedMs < spokenOfMs) nextMs = spokenOfMs
      if (progress.elapsedMs < nextMs) return
      nextMs = progress.elapsedMs + spokenOfMs
      say(waitText(progress))
    },
  }
}

function minutesOf(reuse: string): number {
  const minutes = Math.floor(parseDuration(reuse) / 60_000)
  if (minutes >= 1 && minutes <= maxReuseMinutes) return minutes
  throw new OpError(
    'usage',
    'BAD_TIME',
    `Athena reuses answers that are a minute to 7 days old, not ${reuse}.`,
    {
      hint: 'Write 1m to 7d.',
    },
  )
}

function waitText({queryExecutionId, state, elapsedMs, scannedBytes}: QueryProgress): string {
  const scanned = scannedBytes === 0 ? '' : `, ${bytesText(scannedBytes)} scanned`
  return `Query ${queryExecutionId} is ${state.toLowerCase()}: ${Math.round(elapsedMs / 1000)} s${scanned}`
}
