import type {Trigger} from '@aws-sdk/client-glue'
import type {TriggerRow} from '../work-tables'

/** A trigger as GetTrigger shows it. */
export function toTrigger({name, workflow, type, state, definition}: TriggerRow): Trigger {
  return {Name: name, WorkflowName: workflow, Type: type, State: state, ...definition}
}
