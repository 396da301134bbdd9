import type {TargetKind} from './target-kind'

/**
 * A Lambda function, one of its versions or aliases. Its policy lets the rule in; the statement has the form that
 * Lambda's AddPermission gives it.
 */
export const lambda: TargetKind = {
  name: 'lambda',
  words: 'function',
  service: 'lambda',
  resource: /^function:([A-Za-z0-9_-]{1,64}(?::[A-Za-z0-9$_-]{1,128})?)$/,
  arnForm: 'arn:aws:lambda:REGION:ACCOUNT:function:NAME',
  grant: {
    resource: 'resource-policy',
    statements: ({sid, targetArn, ruleArn}) => [
      {
        Sid: sid,
        Effect: 'Allow',
        Principal: {Service: 'events.amazonaws.com'},
        Action: 'lambda:InvokeFunction',
        Resource: targetArn,
        Condition: {ArnLike: {'AWS:SourceArn': ruleArn}},
      },
    ],
  },
  createCommand: (name) =>
    `aws lambda create-function --function-name ${name.split(':')[0] ?? name} --runtime RUNTIME --role ROLE-ARN --handler HANDLER --zip-file fileb://FILE`,
}
