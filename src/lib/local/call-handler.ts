import {randomUUID} from 'node:crypto'
import type {IncomingMessage, ServerResponse} from 'node:http'
import {Readable} from 'node:stream'
import {pipeline} from 'node:stream/promises'
import {messageOf} from '../core/errors'
import type {CallContext} from './platform'
import type {ServiceDefinition} from './service-definition'
import {ServiceError} from './service-error'
import type {HostedService, ServiceHost} from './service-host'
import {decodeAwsChunked, isAwsChunked, readWhole} from './wire/body'
import {findService, signedScope} from './wire/find-service'
import {jsonRpc} from './wire/json-rpc'
import type {WireRequest, WireResponse} from './wire/messages'
import {protocolOf} from './wire/protocols'
import {ServiceSchemas} from './wire/service-schemas'

export interface CallOptions {
  host: ServiceHost
  accountId: string
  now: () => number
  endpoint: () => string
  log: (line: string) => void
}

/** Answers one AWS call: finds service and operation, reads the input by its schema, runs it, writes the output. */
export async function handleCall(
  request: IncomingMessage,
  response: ServerResponse,
  options: CallOptions,
): Promise<void> {
  const requestId = randomUUID()
  const call = takeApart(request)
  const scope = signedScope(call)
  let definition: ServiceDefinition | undefined
  let answer: WireResponse
  try {
    if (streamsBody(request, call)) call.stream = isAwsChunked(request) ? decodeAwsChunked(request) : request
    else call.body = await readWhole(request)
    definition = findService(call, scope, options.host.definitions)
    if (!definition) throw unknownService(call, scope?.service)
    answer = await run(await options.host.host(definition), call, {
      accountId: options.accountId,
      region: scope?.region ?? 'us-east-1',
      requestId,
      endpoint: options.endpoint(),
      now: options.now(),
    })
  } catch (error) {
    answer = await errorAnswer(toServiceError(error, options.log), definition, call, requestId)
  }
  await send(request, response, answer)
}

async function run(hosted: HostedService, call: WireRequest, ctx: CallContext): Promise<WireResponse> {
  const {protocol, schemas, service, definition} = hosted
  const {name, shape} = protocol.route(call, schemas)
  const operation = Object.hasOwn(service.operations, name) ? service.operations[name] : undefined
  if (!shape || !operation)
    throw unknownOperation(definition.protocol, definition.name, name, shape !== undefined)
  const output = await operation(await protocol.readInput(call, shape), ctx)
  return protocol.writeOutput(output, shape, ctx.requestId, call)
}

function takeApart(request: IncomingMessage): WireRequest {
  const url = request.url ?? '/'
  const mark = url.indexOf('?')
  return {
    method: request.method ?? 'GET',
    rawPath: mark < 0 ? url : url.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)),
    headers: request.headers,
    body: Buffer.alloc(0),
    stream: undefined,
  }
}

/** Parts of a bucket or object that are documents themselves, and come whole. */
const documents = [
  'acl',
  'tagging',
  'policy',
  'encryption',
  'versioning',
  'publicAccessBlock',
  'notification',
  'cors',
  'lifecycle',
]

/** Objects are streamed to disk: a PUT that belongs to no RPC or document protocol, on a path with a key. */
function streamsBody(request: IncomingMessage, call: WireRequest): boolean {
  const signedFor = signedScope(call)?.service ?? 's3'
  if (request.method !== 'PUT' || signedFor !== 's3' || documents.some((name) => call.query.has(name)))
    return false
  const segments = call.rawPath.split('/').filter(Boolean).length
  const bucketInHost = /\.localhost(:|$)/.test(request.headers.host ?? '')
  return segments > (bucketInHost ? 0 : 1)
}

function unknownService(call: WireRequest, signedFor: string | undefined): ServiceError {
  const name = signedFor ?? call.headers['x-amz-target'] ?? call.rawPath
  return new ServiceError(
    'UnknownOperationException',
    `This local endpoint has no service "${String(name)}". See docs/local-endpoint.md for what is there.`,
  )
}

/** Known to the service's model but not built here, or not known at all: refused under the name the protocol has for it. */
function unknownOperation(protocol: string, service: string, name: string, known: boolean): ServiceError {
  const message = known
    ? `The operation ${name} of ${service} is not there in this local endpoint. See docs/local-endpoint.md for what is.`
    : `The service ${service} has no operation "${name}".`
  if (protocol === 'query') return new ServiceError('InvalidAction', message)
  if (protocol === 'rest-xml')
    return new ServiceError(known ? 'NotImplemented' : 'MethodNotAllowed', message, known ? 501 : 405)
  return new ServiceError('UnknownOperationException', message, protocol === 'rest-json' ? 404 : 400)
}

function toServiceError(error: unknown, log: (line: string) => void): ServiceError {
  if (error instanceof ServiceError) return error
  log(`internal failure: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  return new ServiceError('InternalFailure', `The local endpoint failed: ${messageOf(error)}`, 500)
}

/** An error in the form of the service's protocol; where no service was found, in the form of most. */
async function errorAnswer(
  error: ServiceError,
  definition: ServiceDefinition | undefined,
  call: WireRequest,
  requestId: string,
): Promise<WireResponse> {
  const protocol = definition ? protocolOf(definition) : jsonRpc('1.1')
  const schemas = new ServiceSchemas((await definition?.schemas()) ?? {})
  const answer = protocol.writeError(error, schemas, requestId, call)
  return {...answer, headers: {'x-amzn-ErrorType': error.code, ...answer.headers}}
}

async function send(request: IncomingMessage, response: ServerResponse, answer: WireResponse): Promise<void> {
  // A body that was refused unread would stand before the next request of this connection.
  if (!request.complete) request.resume()
  const {status, headers, body} = answer
  if (body instanceof Readable) {
    response.writeHead(status, headers)
    await pipeline(body, response).catch(() => response.destroy())
    return
  }
  const length = body === undefined ? 0 : Buffer.byteLength(body)
  response.writeHead(
    status,
    headers['content-length'] === undefined ? {...headers, 'content-length': String(length)} : headers,
  )
  response.end(request.method === 'HEAD' ? undefined : body)
}
