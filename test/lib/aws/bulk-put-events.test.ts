import {createServer} from 'node:http'
import type {IncomingHttpHeaders, Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {PutEventsCommand} from '@aws-sdk/client-eventbridge'
import {AwsClients} from '../../../src/lib/aws/clients'
import {toOpError} from '../../../src/lib/aws/map-sdk-error'
import {classifyRequestFailure} from '../../../src/lib/retry/retryable'

interface Told {
  headers: IncomingHttpHeaders
  body: string
}

const credentials = {accessKeyId: 'test', secretAccessKey: 'secret', sessionToken: 'token'}
const now = () => Date.UTC(2026, 10, 3, 12)
const event = {Source: 's', DetailType: 't', Detail: '{"eventId":"ä\\n"}'}

let server: Server
let clients: AwsClients
let told: Told[]
let answer: {status: number; headers: Record<string, string>; body: string}

beforeEach(async () => {
  told = []
  answer = {status: 200, headers: {}, body: '{"FailedEntryCount":0,"Entries":[{"EventId":"1"}]}'}
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      told.push({headers: request.headers, body})
      response.writeHead(answer.status, {'content-type': 'application/x-amz-json-1.1', ...answer.headers})
      response.end(answer.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  clients = new AwsClients({region: 'eu-west-1', endpoint, credentials})
})

afterEach(async () => {
  await clients.close()
  await new Promise((resolve) => server.close(resolve))
})

async function bothErrors(): Promise<unknown[]> {
  const put = await clients.bulkPutEvents('usage', now)
  const client = await clients.eventBridge()
  const viaClient = client.send(new PutEventsCommand({Entries: [{...event, EventBusName: 'usage'}]}))
  const settled = await Promise.allSettled([put([event]), viaClient])
  return settled.map((one) => (one.status === 'rejected' ? one.reason : undefined))
}

describe('bulk PutEvents', () => {
  it('writes what the SDK client writes', async () => {
    const whole = {...event, Time: new Date(1_793_697_327_412), Resources: ['r'], TraceHeader: 'x'}
    const put = await clients.bulkPutEvents('usage', now)
    expect(await put([whole, event])).toEqual([{eventId: '1', errorCode: undefined, errorMessage: undefined}])
    const Entries = [whole, event].map((entry) => ({...entry, EventBusName: 'usage'}))
    await (await clients.eventBridge()).send(new PutEventsCommand({Entries}))

    const [bulk, viaClient] = told
    expect(JSON.parse(bulk?.body ?? '')).toEqual(JSON.parse(viaClient?.body ?? '-'))
    for (const name of ['content-type', 'x-amz-target', 'x-amz-security-token', 'host']) {
      expect(bulk?.headers[name]).toBe(viaClient?.headers[name])
    }
  })

  it('signs for the service and region, with the clock that it is handed', async () => {
    await (
      await clients.bulkPutEvents('usage', now)
    )([event])

    expect(told[0]?.headers['x-amz-date']).toBe('20261103T120000Z')
    expect(told[0]?.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=test\/20261103\/eu-west-1\/events\/aws4_request, SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*, Signature=[0-9a-f]{64}$/,
    )
  })

  it('answers what became of each entry', async () => {
    answer.body =
      '{"FailedEntryCount":1,"Entries":[{"EventId":"1"},{"ErrorCode":"InternalFailure","ErrorMessage":"no"}]}'

    expect(await (await clients.bulkPutEvents('usage', now))([event, event])).toMatchObject([
      {eventId: '1'},
      {errorCode: 'InternalFailure', errorMessage: 'no'},
    ])
  })

  it('tells of its calls as the client does', async () => {
    const calls: unknown[] = []
    const hearing = new AwsClients({...clients.connection, onCall: (call) => calls.push(call)})
    await (
      await hearing.bulkPutEvents('usage', now)
    )([event])
    await (
      await hearing.eventBridge()
    ).send(new PutEventsCommand({Entries: [{...event, EventBusName: 'usage'}]}))
    await hearing.close()

    expect(calls).toHaveLength(2)
    expect(calls[0]).toEqual(calls[1])
  })

  it.each([
    ['a throttle', 400, {}, '{"__type":"ThrottlingException","message":"Rate exceeded"}'],
    ['a refusal', 400, {}, '{"__type":"AccessDeniedException","message":"no"}'],
    ['a failure', 500, {}, '{"__type":"InternalException","message":"oops"}'],
    ['a name in the header', 400, {'x-amzn-errortype': 'ValidationException:http://x'}, '{"message":"no"}'],
    ['a name nobody knows', 418, {'x-amzn-requestid': 'id-1'}, '{"__type":"Teapot","message":"short"}'],
    ['a web page of a proxy', 503, {'content-type': 'text/html', 'content-length': '9'}, '<html></>'],
    ['a web page that is no error', 200, {'content-type': 'text/html', 'content-length': '9'}, '<html></>'],
    ['JSON that is cut short', 200, {}, '{"Entries":['],
    ['nothing', 502, {}, ''],
  ])('throws what the client throws: %s', async (_, status, headers, body) => {
    answer = {status, headers: headers as Record<string, string>, body}
    const [bulk, viaClient] = await bothErrors()

    expect(bulk).toBeInstanceOf(Error)
    const [ours, theirs] = [bulk, viaClient].map((error) => {
      const {kind, code, message, requestId} = toOpError(error, 'send')
      // The client adds where to find the answer, for its own users.
      return {
        kind,
        code,
        message: message.replace(/\s+Deserialization error.*object\./, ''),
        requestId,
        class: classifyRequestFailure(error).class,
      }
    })
    expect(ours).toEqual(theirs)
  })

  it('names a connection that is refused as Node does', async () => {
    const nowhere = new AwsClients({...clients.connection, endpoint: 'http://127.0.0.1:1'})
    const put = await nowhere.bulkPutEvents('usage', now)

    await expect(put([event])).rejects.toMatchObject({code: 'ECONNREFUSED'})
    await nowhere.close()
  })

  it('keeps its connections', async () => {
    let connections = 0
    server.on('connection', () => (connections += 1))
    const put = await clients.bulkPutEvents('usage', now)
    for (let i = 0; i < 5; i++) await put([event])

    expect(connections).toBe(1)
  })
})
