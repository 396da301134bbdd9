import type {PolicyStatement} from '../policies'
import type {GrantPlace, TargetKind} from './target-kind'

/**
 * The statement that lets one rule, and no other, send to a queue, be it the rule's target or its dead-letter queue. Without it
 * EventBridge drops what it cannot deliver: only the console adds it by itself.
 */
export function letIntoQueue({sid, targetArn, ruleArn}: GrantPlace): PolicyStatement {
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: {Service: 'events.amazonaws.com'},
    Action: 'sqs:SendMessage',
    Resource: targetArn,
    Condition: {ArnEquals: {'aws:SourceArn': ruleArn}},
  }
}

/** A standard queue, which the rule sends to as EventBridge itself: the queue's policy must let that rule in. */
export const sqs: TargetKind = {
  name: 'sqs',
  words: 'queue',
  service: 'sqs',
  resource: /^([A-Za-z0-9_-]{1,80})$/,
  arnForm: 'arn:aws:sqs:REGION:ACCOUNT:NAME (a standard queue)',
  grant: {
    resource: 'queue-policy',
    statements: (place) => [letIntoQueue(place)],
  },
  createCommand: (name) => `aws sqs create-queue --queue-name ${name}`,
}
