import type {TargetKind} from './target-kind'

/**
 * A CloudWatch log group. It has no policy of its own: one of the account's resource policies lets EventBridge in
 * ("Resource-based policies: CloudWatch Logs permissions"). The streams are made by EventBridge without the rule being named.
 */
export const logGroup: TargetKind = {
  name: 'log-group',
  words: 'log group',
  service: 'logs',
  resource: /^log-group:([.\-_/#A-Za-z0-9]{1,512})$/,
  arnForm: 'arn:aws:logs:REGION:ACCOUNT:log-group:NAME',
  grant: {
    resource: 'resource-policy',
    statements: ({targetArn, ruleArn}) => [
      {
        Sid: 'CreateStreams',
        Effect: 'Allow',
        Principal: {Service: ['events.amazonaws.com', 'delivery.logs.amazonaws.com']},
        Action: 'logs:CreateLogStream',
        Resource: `${targetArn}:*`,
      },
      {
        Sid: 'PutEvents',
        Effect: 'Allow',
        Principal: {Service: ['events.amazonaws.com', 'delivery.logs.amazonaws.com']},
        Action: 'logs:PutLogEvents',
        Resource: `${targetArn}:*`,
        Condition: {ArnEquals: {'aws:SourceArn': ruleArn}},
      },
    ],
  },
  createCommand: (name) => `aws logs create-log-group --log-group-name ${name}`,
}
