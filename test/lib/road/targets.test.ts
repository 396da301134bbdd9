import {checkSettings} from '../../../src/lib/road/check-settings'
import {roadResources} from '../../../src/lib/road/road'
import type {RoadSettings} from '../../../src/lib/road/settings'

const settings: RoadSettings = {
  accountId: '111122223333',
  region: 'eu-west-1',
  bus: 'usage',
  rule: 'audit',
  stream: 'usage-events',
  bucket: 'acme-usage',
  database: 'usage',
  workgroup: 'usage',
  source: 'my-applications',
  detailType: 'api-usage-event',
  pattern: '{"source":["my-applications"]}',
  tags: {},
}
const ruleArn = 'arn:aws:events:eu-west-1:111122223333:rule/usage/audit'
const arnOf = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:111122223333:${resource}`
const roadTo = (targetArn: string) => roadResources({...settings, targetArn})

describe('a road to another target', () => {
  it.each([
    ['kinesis', 'stream/usage', ['kinesis:PutRecord', 'kinesis:PutRecords'], 'stream/usage'],
    ['events', 'event-bus/other', 'events:PutEvents', 'event-bus/other'],
    ['states', 'stateMachine:usage', 'states:StartExecution', 'stateMachine:usage'],
    [
      'events',
      'api-destination/usage/01234567-89ab-cdef-0123-456789abcdef',
      'events:InvokeApiDestination',
      'api-destination/usage/*',
    ],
  ])('to %s %s has a role with just what it takes', (service, resource, Action, allowed) => {
    const road = roadTo(arnOf(service, resource))

    expect(road.hasTargetRole).toBe(true)
    expect(road.grant).toBeUndefined()
    expect(road.target.roleArn).toBe(
      'arn:aws:iam::111122223333:role/usage-tracker-eu-west-1-usage-audit-target',
    )
    expect(road.targetRole.policy.Statement).toEqual([
      {Effect: 'Allow', Action, Resource: arnOf(service, allowed)},
    ])
  })

  it('to a queue lets the rule in by the policy of the queue, without a role', () => {
    const road = roadTo(arnOf('sqs', 'audit'))

    expect(road.hasTargetRole).toBe(false)
    expect(road.target).toMatchObject({id: 'usage-tracker-sqs', roleArn: undefined})
    expect(road.grant).toEqual({
      resource: 'queue-policy',
      name: 'audit',
      statements: [
        {
          Sid: 'usage-tracker-usage-audit',
          Effect: 'Allow',
          Principal: {Service: 'events.amazonaws.com'},
          Action: 'sqs:SendMessage',
          Resource: 'arn:aws:sqs:eu-west-1:111122223333:audit',
          Condition: {ArnEquals: {'aws:SourceArn': ruleArn}},
        },
      ],
    })
  })

  it('to a log group lets EventBridge in by a policy of the account, named after the binding', () => {
    const {grant} = roadTo(arnOf('logs', 'log-group:/aws/events/audit'))

    expect(grant).toMatchObject({resource: 'resource-policy', name: 'usage-tracker-usage-audit'})
    expect(grant?.statements.map(({Action, Resource, Condition}) => ({Action, Resource, Condition}))).toEqual(
      [
        {
          Action: 'logs:CreateLogStream',
          Resource: 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/events/audit:*',
          Condition: undefined,
        },
        {
          Action: 'logs:PutLogEvents',
          Resource: 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/events/audit:*',
          Condition: {ArnEquals: {'aws:SourceArn': ruleArn}},
        },
      ],
    )
  })

  it('to a function lets the rule call it, in the form in which Lambda keeps it', () => {
    expect(roadTo(arnOf('lambda', 'function:audit:live')).grant).toEqual({
      resource: 'resource-policy',
      name: 'audit:live',
      statements: [
        {
          Sid: 'usage-tracker-usage-audit',
          Effect: 'Allow',
          Principal: {Service: 'events.amazonaws.com'},
          Action: 'lambda:InvokeFunction',
          Resource: 'arn:aws:lambda:eu-west-1:111122223333:function:audit:live',
          Condition: {ArnLike: {'AWS:SourceArn': ruleArn}},
        },
      ],
    })
  })

  it('has no lake', () => {
    expect(roadTo(arnOf('sqs', 'audit')).hasLake).toBe(false)
    expect(roadResources(settings).hasLake).toBe(true)
  })
})

describe('checkSettings', () => {
  it.each([
    [arnOf('events', 'event-bus/usage'), 'TARGET_LOOP'],
    [arnOf('sqs', 'usage-dlq'), 'TARGET_IS_DLQ'],
  ])('refuses the target %s', (targetArn, code) => {
    expect(() => checkSettings({...settings, dlq: 'usage-dlq', targetArn})).toThrow(
      expect.objectContaining({kind: 'usage', code}),
    )
  })
})
