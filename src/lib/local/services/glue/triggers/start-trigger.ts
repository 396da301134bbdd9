import type {
  StartTriggerCommandInput,
  StartTriggerCommandOutput,
  StopTriggerCommandInput,
  StopTriggerCommandOutput,
} from '@aws-sdk/client-glue'
import type {Operation} from '../../../platform'
import {invalidInput} from '../errors'
import type {WorkTables} from '../work-tables'
import type {Chains} from '../workflows/chains'

/** StartTrigger: fires an ON_DEMAND trigger, activates a CONDITIONAL one. Throws `EntityNotFoundException`, `InvalidInputException`. */
export function startTrigger(
  tables: WorkTables,
  chains: Chains,
): Operation<StartTriggerCommandInput, StartTriggerCommandOutput> {
  return ({Name = ''}, ctx) => {
    const trigger = tables.triggers.require(ctx.region, Name)
    if (trigger.type !== 'ON_DEMAND') {
      tables.store.write(() => tables.triggers.put(ctx.region, {...trigger, state: 'ACTIVATED'}))
    } else if (trigger.workflow === undefined) {
      chains.start(ctx.region, trigger, {})
    } else {
      throw invalidInput(
        `Trigger ${Name} begins workflow ${trigger.workflow}, which StartWorkflowRun starts.`,
      )
    }
    return {Name}
  }
}

/** StopTrigger: a CONDITIONAL trigger fires no more. Throws `EntityNotFoundException`, `InvalidInputException`. */
export function stopTrigger(
  tables: WorkTables,
): Operation<StopTriggerCommandInput, StopTriggerCommandOutput> {
  return ({Name = ''}, ctx) => {
    const trigger = tables.triggers.require(ctx.region, Name)
    if (trigger.type === 'ON_DEMAND')
      throw invalidInput(`Trigger ${Name} is ON_DEMAND and cannot be stopped.`)
    tables.store.write(() => tables.triggers.put(ctx.region, {...trigger, state: 'DEACTIVATED'}))
    return {Name}
  }
}
