import type {Arn} from '../../core/arn'
import {apiDestination} from './api-destination'
import {eventBus} from './event-bus'
import {firehose} from './firehose'
import {kinesis} from './kinesis'
import {lambda} from './lambda'
import {logGroup} from './log-group'
import {sqs} from './sqs'
import {stateMachine} from './state-machine'
import type {TargetKind} from './target-kind'

/** Every kind of target that can be bound. */
export const targetKinds: readonly TargetKind[] = [
  firehose,
  sqs,
  eventBus,
  kinesis,
  logGroup,
  lambda,
  stateMachine,
  apiDestination,
]

/** The kind and the name of what an ARN stands for, or undefined where it cannot be bound. */
export function findKind(arn: Arn): {kind: TargetKind; name: string} | undefined {
  for (const kind of targetKinds) {
    const name = arn.service === kind.service ? kind.resource.exec(arn.resource)?.[1] : undefined
    if (name !== undefined) return {kind, name}
  }
  return undefined
}
