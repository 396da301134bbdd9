import {tryParseArn} from '../../core/arn'
import {parseExact} from '../../core/json'
import type {EventShape} from '../../pattern/solve/event-shape'
import {findEvent} from '../../pattern/solve/find-event'
import type {Finding} from './finding'
import type {ReadRule} from './read-rule'

/** Further ways from bus to bus are not followed; a real account has a handful. */
const wayLimit = 1_000

/** The enabled rules of a bus; none where there is no such bus. */
export type RulesOfBus = (bus: string) => Promise<readonly ReadRule[]>

/**
 * Rules that lead an event back to the bus that it was on: a rule whose target is the bus it reads, or several from bus to
 * bus in a circle. A rule passes an event on as it is, so a circle counts only where one event can match all of its rules.
 * Only buses of the same account and region are followed.
 */
export async function findLoops(bus: string, rulesOf: RulesOfBus, shape: EventShape): Promise<Finding[]> {
  const findings: Finding[] = []
  let ways = 0
  const follow = async (from: string, way: readonly ReadRule[]): Promise<void> => {
    for (const rule of await rulesOf(from)) {
      const longer = [...way, rule]
      for (const to of nextBuses(rule)) {
        if (++ways > wayLimit) return
        if (to !== bus && longer.some((passed) => passed.bus === to)) continue
        const found = findEvent(
          longer.map(({pattern}) => pattern),
          shape,
        )
        if (found.kind !== 'event') continue
        if (to === bus) findings.push(loopOf(longer, parseExact(found.eventText)))
        else await follow(to, longer)
      }
    }
  }
  await follow(bus, [])
  return ways > wayLimit ? [...findings, tooManyWays(bus)] : findings
}

/** Names of the buses of its own account and region that a rule sends to, each once. */
function nextBuses({arn, targetArns}: ReadRule): string[] {
  const own = tryParseArn(arn)
  const buses = targetArns.flatMap((target) => {
    const {service, region, accountId, resource} = tryParseArn(target) ?? {}
    const isNear = service === 'events' && region === own?.region && accountId === own?.accountId
    return isNear && resource?.startsWith('event-bus/') ? [resource.slice('event-bus/'.length)] : []
  })
  return [...new Set(buses)]
}

function tooManyWays(bus: string): Finding {
  const message = `More than ${wayLimit} ways lead from the bus ${bus} to other buses; the rest were not followed for loops.`
  return {kind: 'undecided', severity: 'warning', rules: [], message}
}

function loopOf(way: readonly ReadRule[], event: unknown): Finding {
  const buses = [...way.map((rule) => rule.bus), way[0]?.bus ?? '']
  const [only] = way
  return {
    kind: 'loop',
    severity: 'error',
    rules: way.map(({name}) => name),
    message:
      way.length === 1
        ? `The rule sends what it matches to ${only?.bus ?? ''}, the bus that it reads: an event goes round without end.`
        : `An event goes round without end: ${buses.join(' -> ')}.`,
    hint: 'Remove that target, or let the pattern leave out what has been there already.',
    event,
  }
}
