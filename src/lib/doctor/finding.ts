/** `ok` · `warn`: events get through, but something wants a look · `broken`: events are lost or not seen · `skipped`: not looked at. */
export type Status = 'ok' | 'warn' | 'broken' | 'skipped'

/** What a check found at its hop. */
export interface Finding {
  status: Status
  /** One sentence or a few: what was seen, or why nothing was looked at. */
  reason: string
  /** The command that mends it, as it can be run; a sentence where no command does. */
  remedy?: string
  /** How long after it was sent a canary was seen here, in milliseconds. */
  afterMs?: number
}

/** A finding and the hop that it is about. */
export interface HopFinding extends Finding {
  hop: string
}

export function ok(reason: string): Finding {
  return {status: 'ok', reason}
}

export function warn(reason: string, remedy?: string): Finding {
  return withRemedy('warn', reason, remedy)
}

export function broken(reason: string, remedy?: string): Finding {
  return withRemedy('broken', reason, remedy)
}

export function skipped(reason: string): Finding {
  return {status: 'skipped', reason}
}

/** A check whose object is not there because of what another hop says. */
export function skippedAfter(...hops: string[]): Finding {
  return skipped(`Not looked at: ${hops.join(' and ')} must be mended first.`)
}

function withRemedy(status: Status, reason: string, remedy: string | undefined): Finding {
  return {status, reason, ...(remedy !== undefined && {remedy})}
}
