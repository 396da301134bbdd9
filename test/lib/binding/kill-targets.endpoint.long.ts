import {CreateLogGroupCommand} from '@aws-sdk/client-cloudwatch-logs'
import {CreateEventBusCommand} from '@aws-sdk/client-eventbridge'
import {CreateStreamCommand} from '@aws-sdk/client-kinesis'
import {CreateQueueCommand} from '@aws-sdk/client-sqs'
import type {RoadSettings} from '../../../src/lib/road/settings'
import {arnOf, settings as plain} from './_account'
import {bind, expectSameStateWhereverKilled, inOrder, unbind} from './_kill'
import type {Scenario, Work} from './_kill'

// Each call of a scenario is one run on an endpoint of its own, all at once.
jest.setTimeout(300_000)

const tags = {team: 'platform', stage: 'test'}

const targets: Record<string, {arn: string; make: Work; calls: number}> = {
  queue: {
    arn: arnOf('sqs', 'audit'),
    make: async (clients) => (await clients.sqs()).send(new CreateQueueCommand({QueueName: 'audit'})),
    calls: 7,
  },
  'event bus': {
    arn: arnOf('events', 'event-bus/audit'),
    make: async (clients) => (await clients.eventBridge()).send(new CreateEventBusCommand({Name: 'audit'})),
    calls: 8,
  },
  'Kinesis stream': {
    arn: arnOf('kinesis', 'stream/audit'),
    make: async (clients) =>
      (await clients.kinesis()).send(new CreateStreamCommand({StreamName: 'audit', ShardCount: 1})),
    calls: 8,
  },
  'log group': {
    arn: arnOf('logs', 'log-group:audit'),
    make: async (clients) => (await clients.logs()).send(new CreateLogGroupCommand({logGroupName: 'audit'})),
    calls: 7,
  },
}

const scenarios = Object.entries(targets).flatMap(([kind, {arn, make, calls}]): [string, Scenario][] => {
  const binding: RoadSettings = {...plain, rule: 'audit', targetArn: arn, dlq: 'audit-dlq', tags}
  return [
    [`to a ${kind} is made`, {before: make, work: bind(binding), binding, calls}],
    [
      `to a ${kind} is removed`,
      {before: inOrder(make, bind(binding)), work: unbind(binding), binding, calls: calls - 2},
    ],
  ]
})

describe('a binding that is killed', () => {
  it.each(scenarios)('while a binding %s ends in the same state when it is run again', (_, scenario) =>
    expectSameStateWhereverKilled(scenario),
  )
})
