import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import {PutTargetsCommand, type Target} from '@aws-sdk/client-eventbridge'
import {discard, testEndpoint, type TestEndpoint} from '../../../../_helpers/endpoint'
import {queueArn, Road} from '../eventbridge/road'

const logGroupName = '/aws/events/usage'
const groupArn = 'arn:aws:logs:eu-west-1:000000000000:log-group:/aws/events/usage'
const ruleArn = 'arn:aws:events:eu-west-1:000000000000:rule/usage'
const start = Date.UTC(2026, 10, 22, 12)
const actions = ['logs:CreateLogStream', 'logs:PutLogEvents']

let endpoint: TestEndpoint
let logs: CloudWatchLogsClient
let road: Road

const begin = async (dataDir?: string) => {
  endpoint = await testEndpoint(dataDir, () => start)
  logs = new CloudWatchLogsClient(endpoint.client)
  road = new Road(endpoint)
}

beforeEach(async () => {
  await begin()
  await logs.send(new CreateLogGroupCommand({logGroupName}))
})

afterEach(() => discard(endpoint))

/** A rule to the group with a dead-letter queue. */
async function bind(more: Partial<Target> = {}): Promise<void> {
  await road.queue('dlq')
  await road.rule('usage', [{Id: 't', Arn: groupArn, DeadLetterConfig: {Arn: queueArn('dlq')}, ...more}])
}

/** The policy that AWS's console writes, with changes. */
const allow = (statement: object = {}, policyName = 'TrustEventsToStoreLogEvents') =>
  logs.send(
    new PutResourcePolicyCommand({
      policyName,
      policyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'TrustEventsToStoreLogEvent',
            Effect: 'Allow',
            Principal: {Service: ['events.amazonaws.com', 'delivery.logs.amazonaws.com']},
            Action: actions,
            Resource: 'arn:aws:logs:eu-west-1:000000000000:log-group:/aws/events/*:*',
            ...statement,
          },
        ],
      }),
    }),
  )

async function events() {
  await endpoint.flush()
  const {events: found = []} = await logs.send(new FilterLogEventsCommand({logGroupName}))
  return found
}

async function deadLetterCodes(): Promise<(string | undefined)[]> {
  const messages = await road.messages('dlq')
  return messages.map(({MessageAttributes}) => MessageAttributes?.['ERROR_CODE']?.StringValue)
}

describe('an event for a log group', () => {
  it.each(['', ':*'])('arrives as a log event of its own (target ARN with %j at its end)', async (end) => {
    await allow()
    await bind({Arn: groupArn + end})
    const ids = [await road.put(), await road.put()]

    const found = await events()

    expect(found.map(({message}) => (JSON.parse(message ?? '') as {id: string}).id)).toEqual(ids)
    expect(found.map(({timestamp}) => timestamp)).toEqual([start, start])
    expect(await deadLetterCodes()).toEqual([])
  })

  it('arrives as message and time that an input transformer makes', async () => {
    await allow()
    const paths = {time: '$.time', n: '$.detail.n'}
    const InputTemplate = '{"timestamp": <time>, "message": {"n": <n>}}'
    await bind({InputTransformer: {InputPathsMap: paths, InputTemplate}})
    await road.put({Time: new Date('2026-11-20T10:00:00Z')})

    expect(await events()).toMatchObject([{timestamp: Date.UTC(2026, 10, 20, 10), message: '{"n":1}'}])
  })

  it('goes to the dead-letter queue where the transformer makes something else', async () => {
    await allow()
    await bind({InputTransformer: {InputPathsMap: {n: '$.detail.n'}, InputTemplate: '{"n": <n>}'}})
    await road.put()

    expect(await events()).toEqual([])
    expect(await deadLetterCodes()).toEqual(['INVALID_PARAMETER'])
  })

  it.each([
    ['for its rule', {Condition: {ArnEquals: {'aws:SourceArn': ruleArn}}}],
    ['for EventBridge alone', {Principal: {Service: 'events.amazonaws.com'}}],
    ['on this group', {Resource: `${groupArn}:*`}],
    ['on the streams of this group', {Resource: `${groupArn}:log-stream:*`}],
  ])('arrives where the policy allows it %s', async (_, statement) => {
    await allow(statement)
    await bind()
    await road.put()

    expect(await events()).toHaveLength(1)
  })

  it.each([
    ['for another rule', {Condition: {ArnEquals: {'aws:SourceArn': `${ruleArn}2`}}}],
    ['for another service', {Principal: {Service: 'es.amazonaws.com'}}],
    ['on another group', {Resource: `${groupArn}2:*`}],
    ['on the group without its streams', {Resource: groupArn}],
    ['without CreateLogStream', {Action: 'logs:PutLogEvents'}],
    ['without PutLogEvents', {Action: 'logs:CreateLogStream'}],
  ])('goes to the dead-letter queue where the policy allows it %s', async (_, statement) => {
    await allow(statement)
    await bind()
    await road.put()

    expect(await events()).toEqual([])
    expect(await deadLetterCodes()).toEqual(['NO_PERMISSIONS'])
  })

  it('goes to the dead-letter queue where there is no policy, or one of two denies it', async () => {
    await bind()
    await road.put()
    await endpoint.flush()
    await allow()
    await allow({Effect: 'Deny', Action: 'logs:PutLogEvents'}, 'deny')
    await road.put()

    expect(await events()).toEqual([])
    expect(await deadLetterCodes()).toEqual(['NO_PERMISSIONS', 'NO_PERMISSIONS'])
  })

  it('arrives where two policies allow an action each', async () => {
    await allow({Action: 'logs:CreateLogStream'}, 'create')
    await allow({Action: 'logs:PutLogEvents'}, 'put')
    await bind()
    await road.put()

    expect(await events()).toHaveLength(1)
  })

  it('goes to the dead-letter queue where the group is gone', async () => {
    await allow()
    await bind()
    await logs.send(new DeleteLogGroupCommand({logGroupName}))
    await road.put()
    await endpoint.flush()

    expect(await deadLetterCodes()).toEqual(['NO_RESOURCE'])
  })

  it('is there once after a restart, whether it was delivered before or not', async () => {
    await allow()
    await bind()
    const first = await road.put()
    await endpoint.flush()
    const second = await road.put()
    await endpoint.close()

    await begin(endpoint.dataDir)
    const found = await events()
    const {logStreams} = await logs.send(new DescribeLogStreamsCommand({logGroupName}))

    expect(found.map(({message}) => (JSON.parse(message ?? '') as {id: string}).id)).toEqual([first, second])
    expect(logStreams?.every(({lastIngestionTime}) => lastIngestionTime === start)).toBe(true)
  })
})

describe('PutTargets', () => {
  it.each<[Partial<Target>, string]>([
    [{RoleArn: 'arn:aws:iam::000000000000:role/r'}, `RoleArn is not supported for target ${groupArn}.`],
    [{Input: '{}'}, 'Parameter(s) Input not supported for target: t.'],
    [{InputPath: '$.detail'}, 'Parameter(s) InputPath not supported for target: t.'],
  ])('refuses %j on a log group', async (more, message) => {
    const Targets = [{Id: 't', Arn: groupArn, ...more}]

    await expect(road.events.send(new PutTargetsCommand({Rule: 'usage', Targets}))).rejects.toMatchObject({
      ...{name: 'ValidationException', message},
    })
  })
})
