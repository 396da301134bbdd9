import {readFileSync, rmSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {CreateConnectionCommand, PutEventsCommand} from '@aws-sdk/client-eventbridge'
import {CreateQueueCommand} from '@aws-sdk/client-sqs'
import {AwsClients} from '../../../src/lib/aws/clients'
import {callLog} from '../../../src/lib/cli/call-log'
import {readCalls} from '../../_helpers/calls'
import {discard, temporaryFolder, testEndpoint, type TestEndpoint} from '../../_helpers/endpoint'
import {errorOf} from '../../_helpers/error-of'

describe('the calls of a run', () => {
  let endpoint: TestEndpoint
  let clients: AwsClients
  let folder: string
  let file: string
  beforeAll(async () => {
    endpoint = await testEndpoint()
  })
  afterAll(() => discard(endpoint))
  beforeEach(() => {
    folder = temporaryFolder()
    file = join(folder, 'calls.ndjson')
    const {region, credentials} = endpoint.client
    const onCall = callLog(file, 'events:send')
    clients = new AwsClients({region, credentials, endpoint: endpoint.url, onCall})
  })
  afterEach(async () => {
    await clients.close()
    rmSync(folder, {recursive: true})
  })

  it('are kept in order, one a line, with the names of what they are about', async () => {
    const sqs = await clients.sqs()
    await sqs.send(new CreateQueueCommand({QueueName: 'dead', tags: {team: 'payments'}}))
    const entry = {EventBusName: 'default', Source: 's', DetailType: 't', Detail: '{"card":"4111"}'}
    await (await clients.eventBridge()).send(new PutEventsCommand({Entries: [entry]}))

    expect(readCalls(file)).toEqual([
      {
        command: 'events:send',
        service: 'SQS',
        operation: 'CreateQueue',
        region: 'eu-west-1',
        names: {QueueName: 'dead'},
      },
      {
        command: 'events:send',
        service: 'EventBridge',
        operation: 'PutEvents',
        region: 'eu-west-1',
        names: {Entries: [{EventBusName: 'default'}]},
      },
    ])
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('stand there also where the service refuses them, and never with a secret', async () => {
    const secret = new CreateConnectionCommand({
      Name: 'partner',
      AuthorizationType: 'API_KEY',
      AuthParameters: {ApiKeyAuthParameters: {ApiKeyName: 'X-Key', ApiKeyValue: 's3cret'}},
    })
    const events = await clients.eventBridge()
    await expect(events.send(secret)).rejects.toThrow()
    const entry = {EventBusName: 'default', Source: 's', DetailType: 't', Detail: '{"card":"4111"}'}
    await events.send(new PutEventsCommand({Entries: [entry]}))

    const text = readFileSync(file, 'utf8')
    expect(text).toContain('"operation":"CreateConnection"')
    expect(text).not.toMatch(/s3cret|4111/)
  })

  it('need a file that can be written', () => {
    expect(errorOf(() => callLog(join(folder, 'nowhere', 'calls'), 'doctor'))).toMatchObject({
      kind: 'usage',
      code: 'CALLS_NOT_WRITABLE',
    })
  })
})
