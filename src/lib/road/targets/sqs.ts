import type {TargetKind} from './target-kind'

/** A standard queue, which the rule sends to as EventBridge itself: the queue's policy must let that rule in. */
export const sqs: TargetKind = {
  name: 'sqs',
  words: 'queue',
  service: 'sqs',
  resource: /^([A-Za-z0-9_-]{1,80})$/,
  arnForm: 'arn:aws:sqs:REGION:ACCOUNT:NAME (a standard queue)',
  grant: {
    resource: 'queue-policy',
    statements: ({sid, targetArn, ruleArn}) => [
      {
        Sid: sid,
        Effect: 'Allow',
        Principal: {Service: 'events.amazonaws.com'},
        Action: 'sqs:SendMessage',
        Resource: targetArn,
        Condition: {ArnEquals: {'aws:SourceArn': ruleArn}},
      },
    ],
  },
  createCommand: (name) => `aws sqs create-queue --queue-name ${name}`,
}
