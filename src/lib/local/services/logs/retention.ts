import type {
  DeleteRetentionPolicyCommandInput,
  DeleteRetentionPolicyCommandOutput,
  PutRetentionPolicyCommandInput,
  PutRetentionPolicyCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs'
import type {Operation} from '../../platform'
import {invalidParameter} from './errors'
import type {GroupStore} from './group-store'

/** Days that a group can keep its events (API reference, PutRetentionPolicy). */
const possibleDays = [
  ...[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731],
  ...[1096, 1827, 2192, 2557, 2922, 3288, 3653],
]

/** Keeps events for so many days from then on. Throws `InvalidParameterException`, `ResourceNotFoundException`. */
export function putRetentionPolicy(
  groups: GroupStore,
): Operation<PutRetentionPolicyCommandInput, PutRetentionPolicyCommandOutput> {
  return (input, ctx) => {
    const group = groups.ofName(input.logGroupName, ctx)
    const days = input.retentionInDays ?? 0
    if (!possibleDays.includes(days)) {
      throw invalidParameter(
        `1 validation error detected: Value '${days}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${possibleDays.join(', ')}]`,
      )
    }
    groups.save({...group, retentionDays: days})
    return {}
  }
}

/** Keeps events for ever from then on. Throws `ResourceNotFoundException`. */
export function deleteRetentionPolicy(
  groups: GroupStore,
): Operation<DeleteRetentionPolicyCommandInput, DeleteRetentionPolicyCommandOutput> {
  return (input, ctx) => {
    const group = {...groups.ofName(input.logGroupName, ctx)}
    delete group.retentionDays
    groups.save(group)
    return {}
  }
}
