import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {Clock} from '../../../../../src/lib/local/clock'
import type {DeliveryOutcome, DeliveryRequest} from '../../../../../src/lib/local/platform'
import {RolePolicies} from '../../../../../src/lib/local/policy/role-policies'
import {Metrics} from '../../../../../src/lib/local/metrics/metrics'
import {deliverTo} from '../../../../../src/lib/local/services/sqs/deliver'
import {QueueMetrics} from '../../../../../src/lib/local/services/sqs/queue-metrics'
import {MessageStore} from '../../../../../src/lib/local/services/sqs/message-store'
import {QueueStore, type Queue} from '../../../../../src/lib/local/services/sqs/queue-store'
import {Store} from '../../../../../src/lib/local/store'

const now = Date.UTC(2026, 10, 22)
const ctx = {
  accountId: '000000000000',
  region: 'eu-west-1',
  requestId: 'r',
  endpoint: 'http://127.0.0.1:1',
  now,
}
const queueArn = 'arn:aws:sqs:eu-west-1:000000000000:usage-dlq'
const ruleArn = 'arn:aws:events:eu-west-1:000000000000:rule/usage/api-usage'
const policyFor = (condition: object): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: {Service: 'events.amazonaws.com'},
        Action: 'sqs:SendMessage',
        Resource: queueArn,
        Condition: condition,
      },
    ],
  })
const policy = policyFor({ArnEquals: {'aws:SourceArn': ruleArn}})

let home: string
let store: Store
let queues: QueueStore
let messages: MessageStore
let roles: RolePolicies

const request = (parts: Partial<DeliveryRequest> = {}): DeliveryRequest => ({
  ...{targetArn: queueArn, roleArn: undefined, ruleArn, region: 'eu-west-1', accountId: '000000000000'},
  deliveries: [{body: '{"id":"1"}'}],
  ...parts,
})

function deliver(parts: Partial<DeliveryRequest> = {}): DeliveryOutcome {
  const clock = new Clock(() => now)
  const metrics = new QueueMetrics(new Metrics(store, clock, () => undefined))
  return deliverTo(queues, messages, {roles, clock, metrics})(request(parts))
}

const receive = (queue: Queue) => messages.receive(queue, {max: 10, visibilitySeconds: 30, deadline: now})

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'deliver-'))
  store = new Store(home)
  queues = new QueueStore(store)
  messages = new MessageStore(store, new Clock(() => now), (arn) => queues.byArn(arn))
  roles = new RolePolicies(store)
})

afterEach(async () => {
  await store.close()
  rmSync(home, {recursive: true, force: true})
})

describe('a delivery to a queue', () => {
  it('puts events and their attributes into the queue in the commit of the caller', async () => {
    const queue = queues.create('usage-dlq', {Policy: policy}, {}, ctx)
    const outcome = deliver({
      deliveries: [{body: 'one', attributes: {ERROR_CODE: 'NO_RESOURCE', ERROR_MESSAGE: ''}}, {body: 'two'}],
    })
    expect(await receive(queue)).toEqual([])

    await store.batch(() => outcome.stage?.())

    const received = await receive(queue)
    expect(outcome.failed).toEqual([])
    expect(received.map(({message}) => [message.body, message.attributes])).toEqual([
      ['one', {ERROR_CODE: {dataType: 'String', value: 'NO_RESOURCE'}}],
      ['two', {}],
    ])
  })

  it('fails for good where the queue is missing', () => {
    expect(deliver()).toEqual({
      failed: [
        {
          index: 0,
          failure: {code: 'NO_RESOURCE', message: `The queue ${queueArn} does not exist.`, retryable: false},
        },
      ],
    })
  })

  it.each([
    ['no policy', {}],
    ['a policy for another rule', {Policy: policyFor({ArnEquals: {'aws:SourceArn': `${ruleArn}-2`}})}],
    [
      'a policy for another account',
      {Policy: policyFor({StringEquals: {'aws:SourceAccount': '111122223333'}})},
    ],
    ['a policy for another service', {Policy: policy.replace('events.amazonaws.com', 'sns.amazonaws.com')}],
  ])('fails for good where the queue has %s', (_, attributes: Record<string, string>) => {
    queues.create('usage-dlq', attributes, {}, ctx)

    expect(deliver().failed).toEqual([
      {
        index: 0,
        failure: {
          code: 'NO_PERMISSIONS',
          message: `The policy of ${queueArn} does not allow events.amazonaws.com to perform sqs:SendMessage for ${ruleArn}.`,
          retryable: false,
        },
      },
    ])
  })

  it('is let in for its account', () => {
    queues.create(
      'usage-dlq',
      {Policy: policyFor({StringEquals: {'aws:SourceAccount': '000000000000'}})},
      {},
      ctx,
    )

    expect(deliver().failed).toEqual([])
  })

  it('goes by the role where the rule hands one over', () => {
    queues.create('usage-dlq', {}, {}, ctx)
    const roleArn = 'arn:aws:iam::000000000000:role/send'
    expect(deliver({roleArn}).failed?.[0]?.failure).toMatchObject({
      code: 'FAILED_TO_ASSUME_ROLE',
      message: `The role ${roleArn} does not exist.`,
    })

    roles.save({
      ...{name: 'send', arn: roleArn, id: 'AROAEXAMPLE', path: '/', createdAt: now},
      trustPolicy:
        '{"Statement":{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sts:AssumeRole"}}',
      inlinePolicies: {
        send: `{"Statement":{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"${queueArn}"}}`,
      },
    })

    expect(deliver({roleArn}).failed).toEqual([])
  })

  it('keeps what fits when one message is too long for the queue', async () => {
    const queue = queues.create('usage-dlq', {Policy: policy, MaximumMessageSize: '1024'}, {}, ctx)

    const outcome = deliver({deliveries: [{body: 'x'.repeat(1025)}, {body: 'fits'}]})
    await store.batch(() => outcome.stage?.())

    expect(outcome.failed).toMatchObject([{index: 0, failure: {code: 'INVALID_PARAMETER', retryable: false}}])
    expect((await receive(queue)).map(({message}) => message.body)).toEqual(['fits'])
  })
})
