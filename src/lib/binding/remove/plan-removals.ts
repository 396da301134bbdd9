import type {AwsClients} from '../../aws/clients'
import {checkSettings} from '../../road/check-settings'
import {roadResources} from '../../road/road'
import type {Road} from '../../road/road'
import type {RoadSettings} from '../../road/settings'
import {readActual} from '../read/actual'
import type {ActualRoad} from '../read/actual-road'
import type {Change} from '../change'
import {ofOneRule} from '../change'
import {findQueue} from './find-queue'
import {planRemoval} from './plan-removal'
import {readSurroundings} from '../read/read-surroundings'

export interface PlannedRemoval {
  road: Road
  actual: ActualRoad
  /** Without what a later binding of the same plan decides. */
  changes: Change[]
}

/**
 * Reads what is there of each binding and plans to take it away. What several of the bindings share goes with the last of
 * them. Where no dead-letter queue is named, the rule's own or the one with the binding's tag is meant. Throws
 * `BAD_NAME` before anything is read, then what reading throws.
 */
export async function planRemovals(
  clients: AwsClients,
  settings: readonly RoadSettings[],
): Promise<PlannedRemoval[]> {
  for (const one of settings) checkSettings(one)
  const gone = new Set<string>()
  const plans: PlannedRemoval[] = []
  for (const one of settings) {
    const dlq = one.dlq ?? (await findQueue(clients, roadResources(one)))
    // Whatever the binding says now, it may have had a role of its own and an archive.
    const road = roadResources({...one, dlq, roleArn: undefined, archiveDays: one.archiveDays ?? 0})
    const actual = await readActual(clients, road)
    const around = await readSurroundings(clients, road, actual)
    plans.push({road, actual, changes: planRemoval(road, actual, around, gone)})
  }
  return withoutRepeats(plans)
}

/** A resource that stands in several plans stays in the last one, which knows most of what goes. */
function withoutRepeats(plans: readonly PlannedRemoval[]): PlannedRemoval[] {
  const seen = new Set<string>()
  const last = [...plans].reverse().map((plan) => {
    const changes = [...plan.changes].reverse().filter((change) => {
      const key = keyOf(plan.road, change)
      const isFirst = !seen.has(key)
      seen.add(key)
      return isFirst
    })
    return {...plan, changes: changes.reverse()}
  })
  return last.reverse()
}

/** What belongs to one rule may be called as that of another. */
function keyOf({rule}: Road, {resource, name}: Change): string {
  return ofOneRule.has(resource) ? `${resource} ${name} ${rule.bus}/${rule.name}` : `${resource} ${name}`
}
