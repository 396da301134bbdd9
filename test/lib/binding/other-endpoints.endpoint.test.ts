import {PutEventsCommand} from '@aws-sdk/client-eventbridge'
import {CreateQueueCommand, ReceiveMessageCommand} from '@aws-sdk/client-sqs'
import {AwsClients} from '../../../src/lib/aws/clients'
import {applyBindings} from '../../../src/lib/binding/apply/apply-bindings'
import {hasDrift} from '../../../src/lib/binding/change'
import type {Change} from '../../../src/lib/binding/change'
import {planBindings} from '../../../src/lib/binding/plan/plan-bindings'
import {applyRemovals} from '../../../src/lib/binding/remove/apply-removals'
import {planRemovals} from '../../../src/lib/binding/remove/plan-removals'
import type {RoadSettings} from '../../../src/lib/road/settings'
import {discard, testEndpoint, type TestEndpoint} from '../../_helpers/endpoint'
import {shortSleep} from '../../_helpers/eventually'
import {faultyProxy, type Fault} from '../doctor/_helpers/faulty-proxy'
import {settings as anyAccount} from './_settings'

jest.setTimeout(60_000)

const targetArn = 'arn:aws:sqs:eu-west-1:000000000000:audit'
const settings: RoadSettings = {...anyAccount, accountId: '000000000000', targetArn}
const deps = {now: () => Date.now(), sleep: shortSleep}

const page = '<!doctype html>\n<title>404 Not Found</title>\n'
const html = 'text/html; charset=utf-8'
const json = 'application/json'

describe('an endpoint without EventBridge Schemas', () => {
  let endpoint: TestEndpoint
  beforeEach(async () => {
    endpoint = await testEndpoint()
  })
  afterEach(() => discard(endpoint))

  it.each<[string, Fault]>([
    ['404 and a web page', {status: 404, contentType: html, body: page}],
    ['500 and a web page', {status: 500, contentType: html, body: page}],
    [
      '400 and words of its own',
      {status: 400, contentType: json, body: '{"error":"Unsupported service: schemas"}'},
    ],
    ['501', {status: 501, contentType: json, body: '{"__type":"InternalFailure"}'}],
  ])('that answers %s gets a road without a discoverer, and it is said', async (_answer, fault) => {
    const proxy = await faultyProxy(endpoint.url, {schemas: fault})
    const {region, credentials} = endpoint.client
    const clients = new AwsClients({region, credentials, endpoint: proxy.url})
    const sqs = await clients.sqs()
    const {QueueUrl} = await sqs.send(new CreateQueueCommand({QueueName: 'audit'}))

    const plans = await planBindings(clients, [settings])
    await applyBindings({clients, ...deps}, plans)
    const second = (await planBindings(clients, [settings])).flatMap((plan) => plan.changes)

    const left = {
      action: 'keep',
      resource: 'discoverer',
      name: 'usage',
      note: 'left out, as this endpoint does not have EventBridge Schemas',
    }
    expect(plans[0]?.changes).toContainEqual(left)
    expect(second).toContainEqual(left)
    expect(hasDrift(second)).toBe(false)
    const entry = {
      EventBusName: 'usage',
      Source: 'my-applications',
      DetailType: 'api-usage-event',
      Detail: '{}',
    }
    await (await clients.eventBridge()).send(new PutEventsCommand({Entries: [entry]}))
    await endpoint.flush()
    expect((await sqs.send(new ReceiveMessageCommand({QueueUrl}))).Messages).toHaveLength(1)

    const removals = await planRemovals(clients, [settings])
    await applyRemovals({clients, ...deps}, removals)
    const gone = removals
      .flatMap((plan) => plan.changes)
      .map(({action, resource}: Change) => `${action} ${resource}`)
    expect(gone).toEqual(['delete target', 'delete rule', 'delete queue-policy', 'delete bus'])
    await clients.close()
    await proxy.close()
  })

  it('is not one that refuses the caller or fails: the road waits for it', async () => {
    const {region, credentials} = endpoint.client
    const faults: Fault[] = [
      {status: 503, contentType: html, body: page},
      {status: 403, contentType: json, body: '{"__type":"AccessDeniedException","message":"No."}'},
    ]
    for (const fault of faults) {
      const proxy = await faultyProxy(endpoint.url, {schemas: fault})
      const clients = new AwsClients({region, credentials, endpoint: proxy.url})
      await (await clients.sqs()).send(new CreateQueueCommand({QueueName: 'audit'}))

      await expect(planBindings(clients, [settings])).rejects.toMatchObject({
        code: fault.status === 503 ? 'SERVICE_FAILED' : 'ACCESS_DENIED',
      })
      await clients.close()
      await proxy.close()
    }
  })
})
