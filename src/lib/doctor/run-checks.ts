import {toOpError} from '../aws/map-sdk-error'
import type {OpError} from '../core/errors'
import type {Check, DoctorContext} from './check'
import {skipped, skippedAfter} from './finding'
import type {Finding, HopFinding} from './finding'

/** What a check came to, and the broken hops that kept it from looking. */
interface Outcome {
  finding: Finding
  blockedBy: readonly string[]
}

/**
 * Runs all checks, those that do not wait for others at once, and answers in their order. A check stands behind those that it
 * names in `after`. What a check throws makes it `skipped`. Throws `INTERRUPTED` alone.
 */
export async function runChecks(checks: readonly Check[], context: DoctorContext): Promise<HopFinding[]> {
  const outcomes = new Map<string, Promise<Outcome>>()
  for (const check of checks) outcomes.set(check.hop, outcomeOf(check, context, outcomes))
  return Promise.all(
    checks.map(async ({hop}) => {
      const outcome = await outcomes.get(hop)
      return {hop, ...(outcome?.finding ?? skipped('Not looked at.'))}
    }),
  )
}

async function outcomeOf(
  check: Check,
  context: DoctorContext,
  earlier: ReadonlyMap<string, Promise<Outcome>>,
): Promise<Outcome> {
  const blockedBy = new Set<string>()
  for (const hop of check.after) {
    const outcome = await earlier.get(hop)
    if (outcome?.finding.status === 'broken') blockedBy.add(hop)
    for (const root of outcome?.blockedBy ?? []) blockedBy.add(root)
  }
  if (blockedBy.size > 0) return {finding: skippedAfter(...blockedBy), blockedBy: [...blockedBy]}
  return {finding: await findingOf(check, context), blockedBy: []}
}

async function findingOf(check: Check, context: DoctorContext): Promise<Finding> {
  try {
    return await check.run(context)
  } catch (error) {
    const known = toOpError(error, `check ${check.hop}`)
    if (known.kind === 'interrupted') throw known
    return skipped(skipReason(known, check.permissions))
  }
}

function skipReason(error: OpError, permissions: readonly string[]): string {
  if (error.code !== 'ACCESS_DENIED') return error.message
  return `You may not look at it; that takes ${permissions.join(', ')}. ${error.message}`
}
