import {createServer} from 'node:http'
import type {Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {AthenaClient, ListNamedQueriesCommand} from '@aws-sdk/client-athena'
import {GetFunctionConfigurationCommand, LambdaClient} from '@aws-sdk/client-lambda'
import {HeadBucketCommand, S3Client} from '@aws-sdk/client-s3'
import {ListDiscoverersCommand, SchemasClient} from '@aws-sdk/client-schemas'
import {IAMClient, SimulatePrincipalPolicyCommand} from '@aws-sdk/client-iam'
import {isAbsent, toOpError} from '../../../src/lib/aws/map-sdk-error'
import {isNotOffered} from '../../../src/lib/aws/not-offered'
import {discard, testEndpoint} from '../../_helpers/endpoint'

const json = 'application/json'
const html = 'text/html; charset=utf-8'
const page = '<!doctype html>\n<html lang=en>\n<title>500</title>\n<h1>Internal Server Error</h1>\n'
const place = {
  region: 'eu-west-1',
  credentials: {accessKeyId: 'test', secretAccessKey: 'test'},
  maxAttempts: 1,
}

interface Answer {
  status: number
  contentType: string
  body: string
}

type Call = (endpoint: string) => Promise<unknown>

const ofJson: Call = (endpoint) =>
  new AthenaClient({...place, endpoint}).send(new ListNamedQueriesCommand({}))
const ofRest: Call = (endpoint) =>
  new SchemasClient({...place, endpoint}).send(new ListDiscoverersCommand({}))
const ofQuery: Call = (endpoint) => {
  const input = {PolicySourceArn: 'arn:aws:iam::000000000000:role/r', ActionNames: ['s3:GetObject']}
  return new IAMClient({...place, endpoint}).send(new SimulatePrincipalPolicyCommand(input))
}
const ofHead: Call = (endpoint) =>
  new S3Client({...place, endpoint, forcePathStyle: true}).send(new HeadBucketCommand({Bucket: 'nope'}))

/** What the SDK throws where a server gives one answer to everything. */
async function thrown(answer: Answer, call: Call): Promise<unknown> {
  const server = createServer((_request, response) => {
    response.writeHead(answer.status, {'content-type': answer.contentType}).end(answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    return await call(addressOf(server)).catch((error: unknown) => error)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const localStack = JSON.stringify({
  __type: 'InternalFailure',
  message: "API for service 'x' not yet implemented",
})

describe('an endpoint that does not have a service or an operation', () => {
  it.each<[string, Call, Answer, string]>([
    ['moto, a service', ofRest, {status: 500, contentType: html, body: page}, 'BAD_ANSWER'],
    ['moto, a path', ofRest, {status: 404, contentType: html, body: page}, 'BAD_ANSWER'],
    ['moto, an operation of JSON', ofJson, {status: 500, contentType: html, body: page}, 'BAD_ANSWER'],
    ['moto, an operation of Query', ofQuery, {status: 500, contentType: html, body: page}, 'BAD_ANSWER'],
    [
      'ministack, a service',
      ofRest,
      {status: 400, contentType: json, body: '{"error": "Unsupported service: schemas"}'},
      'NOT_OFFERED',
    ],
    [
      'ministack, an operation',
      ofJson,
      {
        status: 400,
        contentType: json,
        body: '{"__type":"InvalidAction","message":"Unknown Athena action: X"}',
      },
      'NOT_OFFERED',
    ],
    [
      'moto, a page that is XML',
      ofQuery,
      {status: 500, contentType: html, body: '<html>no</html>'},
      'BAD_ANSWER',
    ],
    ['LocalStack', ofJson, {status: 501, contentType: json, body: localStack}, 'NOT_OFFERED'],
    [
      'the local endpoint, or AWS',
      ofJson,
      {status: 400, contentType: json, body: '{"__type":"UnknownOperationException"}'},
      'NOT_OFFERED',
    ],
  ])('is known by the answer of %s', async (_who, call, answer, code) => {
    const error = await thrown(answer, call)

    expect(isNotOffered(error)).toBe(true)
    expect(isAbsent(error)).toBe(false)
    const known = toOpError(error, 'list them')
    expect(known).toMatchObject({kind: 'service', code})
    expect(isNotOffered(known)).toBe(true)
  })

  it('is told in the words that the endpoint has, or that it sent a web page', async () => {
    const unsupported = {status: 400, contentType: json, body: '{"error": "Unsupported service: schemas"}'}
    const words = async (answer: Answer, call: Call): Promise<string> =>
      toOpError(await thrown(answer, call), 'list them').message

    expect(await words(unsupported, ofRest)).toBe('Could not list them: Unsupported service: schemas.')
    const sent = {status: 500, contentType: html, body: page}
    const said = 'Could not list them: it answered with a web page (HTTP 500).'
    expect(await words(sent, ofJson)).toBe(said)
    expect(await words(sent, ofQuery)).toBe(said)
  })

  it('is the local endpoint for Lambda, which no missing function is taken for', async () => {
    const endpoint = await testEndpoint()
    const client = new LambdaClient(endpoint.client)

    const error: unknown = await client
      .send(new GetFunctionConfigurationCommand({FunctionName: 'f'}))
      .catch((e: unknown) => e)

    expect(isNotOffered(error)).toBe(true)
    expect(isAbsent(error)).toBe(false)
    await discard(endpoint)
  })
})

describe('an endpoint that has the service', () => {
  it.each<[string, Call, Answer, string]>([
    [
      'a failure',
      ofJson,
      {status: 500, contentType: json, body: '{"__type":"InternalFailure"}'},
      'SERVICE_FAILED',
    ],
    ['the page of a load balancer', ofJson, {status: 503, contentType: html, body: page}, 'SERVICE_FAILED'],
    ['a page in place of the answer', ofJson, {status: 200, contentType: html, body: page}, 'BAD_ANSWER'],
    [
      'a refusal',
      ofJson,
      {status: 400, contentType: json, body: '{"__type":"InvalidRequestException","message":"No."}'},
      'SERVICE_REFUSED',
    ],
    [
      'a missing thing',
      ofRest,
      {status: 404, contentType: json, body: '{"Code":"NotFoundException","Message":"No."}'},
      'NOT_FOUND',
    ],
    [
      'a missing bucket, whose type is that of the framework',
      ofHead,
      {status: 404, contentType: html, body: ''},
      'NOT_FOUND',
    ],
  ])('is not taken for one without by %s', async (_what, call, answer, code) => {
    const error = await thrown(answer, call)

    expect(isNotOffered(error)).toBe(false)
    expect(toOpError(error, 'list them')).toMatchObject({code})
  })

  it('is not known by an error that no service made', () => {
    expect(isNotOffered(new TypeError('x'))).toBe(false)
    expect(isNotOffered(undefined)).toBe(false)
  })
})
