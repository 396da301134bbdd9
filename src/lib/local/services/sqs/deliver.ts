import {randomUUID} from 'node:crypto'
import type {Clock} from '../../clock'
import type {Delivery, DeliveryFailure, DeliveryOutcome, DeliveryRequest} from '../../platform'
import {evaluateResourcePolicy} from '../../policy/evaluate'
import type {RolePolicies} from '../../policy/role-policies'
import {sizeOfAttributes, type MessageAttributes} from './message-attributes'
import type {Message, MessageStore} from './message-store'
import type {QueueMetrics} from './queue-metrics'
import {numberOf, type Queue, type QueueStore} from './queue-store'

/** Who sends on behalf of a rule. */
const eventBridge = 'events.amazonaws.com'

/**
 * Takes events of a rule (or its dead letters, with attributes) into a queue: as the rule's role where it hands one over, else
 * as EventBridge itself, whom the queue's policy must let in. Nothing is written before the outcome's `stage`.
 */
export function deliverTo(
  queues: QueueStore,
  messages: MessageStore,
  {roles, clock, metrics}: {roles: RolePolicies; clock: Clock; metrics: QueueMetrics},
): (request: DeliveryRequest) => DeliveryOutcome {
  return (request) => {
    const queue = queues.byArn(request.targetArn)
    const refused = queue ? refusal(queue, request, roles) : noResource(request.targetArn)
    if (!queue || refused) {
      return {
        failed: request.deliveries.map((_, index) => ({
          index,
          failure: refused ?? noResource(request.targetArn),
        })),
      }
    }
    const now = clock.now()
    const taken: Message[] = []
    const failed: NonNullable<DeliveryOutcome['failed']> = []
    for (const [index, delivery] of request.deliveries.entries()) {
      const message = toMessage(delivery, queue, now)
      if (message) taken.push(message)
      else failed.push({index, failure: tooLong(queue)})
    }
    return {
      stage: () => messages.stage(queue, taken),
      committed: () => metrics.sent(queue, taken.length, now),
      failed,
    }
  }
}

function refusal(queue: Queue, request: DeliveryRequest, roles: RolePolicies): DeliveryFailure | undefined {
  const action = 'sqs:SendMessage'
  if (request.roleArn !== undefined) {
    const refused = roles.refusal({
      ...{roleArn: request.roleArn, service: eventBridge, action, resource: queue.arn},
      sourceArn: request.ruleArn,
    })
    const code = refused?.reason === 'denied' ? 'NO_PERMISSIONS' : 'FAILED_TO_ASSUME_ROLE'
    return refused && {code, message: refused.message, retryable: false}
  }
  const decision = evaluateResourcePolicy(queue.attributes['Policy'] || undefined, {
    principalService: eventBridge,
    action,
    resource: queue.arn,
    context: {'aws:SourceArn': request.ruleArn, 'aws:SourceAccount': request.accountId},
  })
  if (decision === 'allowed') return undefined
  return {
    code: 'NO_PERMISSIONS',
    message: `The policy of ${queue.arn} does not allow ${eventBridge} to perform ${action} for ${request.ruleArn}.`,
    retryable: false,
  }
}

function toMessage({body, attributes: texts = {}}: Delivery, queue: Queue, now: number): Message | undefined {
  const attributes: MessageAttributes = {}
  for (const [name, value] of Object.entries(texts)) {
    // SQS takes no empty value.
    if (value !== '') attributes[name] = {dataType: 'String', value}
  }
  const sizeBytes = Buffer.byteLength(body) + sizeOfAttributes(attributes)
  if (sizeBytes > numberOf(queue, 'MaximumMessageSize')) return undefined
  const availableAt = now + numberOf(queue, 'DelaySeconds') * 1000
  return {messageId: randomUUID(), body, attributes, systemAttributes: {}, sentAt: now, availableAt}
}

function noResource(arn: string): DeliveryFailure {
  return {code: 'NO_RESOURCE', message: `The queue ${arn} does not exist.`, retryable: false}
}

function tooLong(queue: Queue): DeliveryFailure {
  const maxBytes = numberOf(queue, 'MaximumMessageSize')
  return {
    code: 'INVALID_PARAMETER',
    message: `Message must be shorter than ${maxBytes} bytes.`,
    retryable: false,
  }
}
