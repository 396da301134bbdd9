import {createServer, type IncomingMessage, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {HeadBucketCommand} from '@aws-sdk/client-s3'
import {ListQueuesCommand, PurgeQueueCommand} from '@aws-sdk/client-sqs'
import {AwsClients} from '../../../src/lib/aws/clients'

describe('AwsClients', () => {
  const seen: {method: string | undefined; url: string | undefined; authorization: string}[] = []
  let server: Server
  let clients: AwsClients

  beforeEach(async () => {
    seen.length = 0
    server = createServer((request: IncomingMessage, response) => {
      seen.push({
        method: request.method,
        url: request.url,
        authorization: request.headers.authorization ?? '',
      })
      request.resume()
      response.setHeader('content-type', 'application/x-amz-json-1.0')
      response.end(request.method === 'HEAD' ? undefined : '{}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    // A name, not a number: the SDK takes path style by itself only for numbers.
    clients = new AwsClients({
      region: 'eu-west-1',
      endpoint: `http://localhost:${(server.address() as AddressInfo).port}`,
      credentials: {accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'test'},
    })
  })

  afterEach(async () => {
    await clients.close()
    await new Promise((resolve) => server.close(resolve))
  })

  it('asks for a bucket by path on an endpoint of its own', async () => {
    await (await clients.s3()).send(new HeadBucketCommand({Bucket: 'usage-bucket'}))

    expect(seen).toMatchObject([{method: 'HEAD', url: '/usage-bucket/'}])
  })

  it("sends queue calls to the endpoint, whatever host the queue's URL names", async () => {
    const QueueUrl = 'https://sqs.eu-west-1.amazonaws.com/111122223333/usage-dlq'

    await (await clients.sqs()).send(new PurgeQueueCommand({QueueUrl}))

    expect(seen).toHaveLength(1)
  })

  it('signs for the region with the keys it was given', async () => {
    await (await clients.sqs()).send(new ListQueuesCommand({}))

    expect(seen[0]?.authorization).toMatch(/Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/sqs\/aws4_request/)
  })

  it('makes one client of a service and keeps it', async () => {
    expect(await clients.s3()).toBe(await clients.s3())
  })
})
