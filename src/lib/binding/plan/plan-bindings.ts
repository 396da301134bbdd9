import type {AwsClients} from '../../aws/clients'
import {readPattern} from '../../pattern/read-pattern'
import {checkSettings} from '../../road/check-settings'
import {roadResources} from '../../road/road'
import type {Road} from '../../road/road'
import type {RoadSettings} from '../../road/settings'
import {readActual} from '../read/actual'
import type {ActualRoad} from '../read/actual-road'
import {ofOneRule} from '../change'
import type {Change} from '../change'
import {planBinding} from './plan'
import {refuseClashes} from './refuse-clashes'

export interface PlannedBinding {
  road: Road
  actual: ActualRoad
  /** Without what an earlier binding of the same plan makes already. */
  changes: Change[]
}

/**
 * Reads what is there of each binding and plans it. Resources that several bindings share stand in the first one's
 * plan. Throws `BAD_NAME`, `BINDINGS_CLASH` and what `readPattern` throws before anything is read, then what reading and planning throw.
 */
export async function planBindings(
  clients: AwsClients,
  settings: readonly RoadSettings[],
): Promise<PlannedBinding[]> {
  const roads = settings.map((one) => {
    checkSettings(one)
    readPattern(one.pattern)
    return roadResources(one)
  })
  refuseClashes(roads)
  const planned = new Set<string>()
  const plans: PlannedBinding[] = []
  for (const road of roads) {
    const actual = await readActual(clients, road)
    const changes = planBinding(road, actual).filter((change) => isFirst(change, planned))
    plans.push({road, actual, changes})
  }
  return plans
}

function isFirst(change: Change, planned: Set<string>): boolean {
  if (ofOneRule.has(change.resource)) return true
  const key = `${change.resource} ${change.name}`
  if (planned.has(key)) return false
  planned.add(key)
  return true
}
