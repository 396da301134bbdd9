import {evaluate} from '../../../../src/lib/doctor/policy/evaluate'
import type {Decision, Request} from '../../../../src/lib/doctor/policy/evaluate'

const stream = 'arn:aws:firehose:eu-west-1:111122223333:deliverystream/usage-events'
const put: Request = {action: 'firehose:PutRecord', resource: stream}
const policy = (...Statement: object[]) => JSON.stringify({Version: '2012-10-17', Statement})
const allow = (more: object = {}) => ({
  Effect: 'Allow',
  Action: 'firehose:PutRecord',
  Resource: stream,
  ...more,
})

describe('the policies of a role', () => {
  const cases: [string, string[], Decision][] = [
    ['allow what they name', [policy(allow())], 'allowed'],
    ['allow by wildcards', [policy(allow({Action: 'firehose:Put*', Resource: '*'}))], 'allowed'],
    ['know no case in actions', [policy(allow({Action: 'FIREHOSE:putrecord'}))], 'allowed'],
    ['do not allow another resource', [policy(allow({Resource: `${stream}-2`}))], 'not-allowed'],
    ['do not allow a longer action', [policy(allow({Action: 'firehose:PutRecordBatch'}))], 'not-allowed'],
    ['allow nothing where there are none', [], 'not-allowed'],
    ['allow nothing where they are no JSON', ['{"Statement"'], 'not-allowed'],
    ['deny in spite of an Allow', [policy(allow()), policy(allow({Effect: 'Deny'}))], 'denied'],
    ['allow all but NotAction', [policy({Effect: 'Allow', NotAction: 's3:*', Resource: '*'})], 'allowed'],
    [
      'deny all but NotResource',
      [policy(allow(), {Effect: 'Deny', Action: '*', NotResource: 'arn:x'})],
      'denied',
    ],
    [
      'cannot be judged by a condition whose key is not known',
      [policy(allow({Condition: {StringEquals: {'aws:RequestTag/team': 'x'}}}))],
      'unknown',
    ],
    [
      'cannot be judged by a variable',
      [policy(allow({Resource: 'arn:aws:firehose:*:*:deliverystream/${aws:PrincipalTag/team}'}))],
      'unknown',
    ],
    [
      'cannot be judged where a Deny may hold',
      [policy(allow(), allow({Effect: 'Deny', Condition: {Bool: {'aws:SecureTransport': 'false'}}}))],
      'unknown',
    ],
  ]

  it.each(cases)('%s', (_, texts, decision) => {
    expect(evaluate(texts, put)).toBe(decision)
  })
})

describe('a policy that names principals', () => {
  const queue = 'arn:aws:sqs:eu-west-1:111122223333:dead'
  const rule = 'arn:aws:events:eu-west-1:111122223333:rule/usage/api-usage'
  const request: Request = {
    action: 'sqs:SendMessage',
    resource: queue,
    service: 'events.amazonaws.com',
    context: {'aws:SourceArn': rule},
  }
  const statement = (more: object) =>
    policy({
      Effect: 'Allow',
      Principal: {Service: 'events.amazonaws.com'},
      Action: 'sqs:SendMessage',
      Resource: queue,
      ...more,
    })
  const from = (arn: string) => statement({Condition: {ArnEquals: {'AWS:SourceArn': arn}}})

  const cases: [string, string, Decision][] = [
    ['lets the service in', statement({}), 'allowed'],
    [
      'lets the service in among others',
      statement({Principal: {Service: ['sns.amazonaws.com', 'events.amazonaws.com']}}),
      'allowed',
    ],
    ['lets everybody in', statement({Principal: '*'}), 'allowed'],
    ['lets every account in', statement({Principal: {AWS: '*'}}), 'allowed'],
    ['keeps another service out', statement({Principal: {Service: 'sns.amazonaws.com'}}), 'not-allowed'],
    ['lets the rule in', from(rule), 'allowed'],
    ['lets the rule in by a wildcard', from('arn:aws:events:*:111122223333:rule/*'), 'allowed'],
    ['keeps another rule out', from(`${rule}-2`), 'not-allowed'],
    [
      'cannot be judged by NotPrincipal',
      statement({Principal: undefined, NotPrincipal: {AWS: 'x'}}),
      'unknown',
    ],
  ]

  it.each(cases)('%s', (_, text, decision) => {
    expect(evaluate([text], request)).toBe(decision)
  })
})
