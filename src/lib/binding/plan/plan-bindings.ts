import type {AwsClients} from '../../aws/clients'
import {readPattern} from '../../pattern/read-pattern'
import {checkSettings} from '../../road/check-settings'
import {roadResources} from '../../road/road'
import type {Road} from '../../road/road'
import type {RoadSettings} from '../../road/settings'
import {readActual} from '../read/actual'
import {settleFormats, shareFormats} from '../read/settle-formats'
import type {ActualRoad} from '../read/actual-road'
import {ofOneRule} from '../change'
import type {Change} from '../change'
import {planBinding} from './plan'
import {refuseClashes} from './refuse-clashes'

export interface PlannedBinding {
  road: Road
  actual: ActualRoad
  /** Without what stands in the plan of another binding. */
  changes: Change[]
}

/**
 * Reads what is there of each binding and plans it. Resources that several bindings share stand in one plan: the first,
 * or that of the binding whose tags they have. `adopt`: see `planBinding`. Throws `BAD_NAME`, `BINDINGS_CLASH` and what
 * `readPattern` throws before anything is read, then what reading and planning throw.
 */
export async function planBindings(
  clients: AwsClients,
  settings: readonly RoadSettings[],
  adopt = false,
): Promise<PlannedBinding[]> {
  for (const one of settings) {
    checkSettings(one)
    readPattern(one.pattern)
  }
  refuseClashes(shareFormats(settings).map(roadResources))
  const roads = (await settleFormats(clients, settings)).map(roadResources)
  const plans: PlannedBinding[] = []
  for (const road of roads) {
    const actual = await readActual(clients, road)
    plans.push({road, actual, changes: planBinding(road, actual, adopt)})
  }
  return withoutRepeats(plans)
}

/** The plans in which what several bindings share stands once. Their lines for it differ in the tags alone. */
function withoutRepeats(plans: readonly PlannedBinding[]): PlannedBinding[] {
  const keyOf = ({resource, name}: Change): string => `${resource} ${name}`
  const chosen = new Map<string, Change>()
  for (const change of plans.flatMap((plan) => plan.changes)) {
    const before = chosen.get(keyOf(change))
    const hasTags = change.fields?.includes('tags') && !before?.fields?.includes('tags')
    if (!before || hasTags) chosen.set(keyOf(change), change)
  }
  const stands = (change: Change): boolean =>
    ofOneRule.has(change.resource) || chosen.get(keyOf(change)) === change
  return plans.map((plan) => ({...plan, changes: plan.changes.filter(stands)}))
}
