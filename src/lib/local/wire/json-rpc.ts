import {JsonCodec2} from '@aws-sdk/core/protocols'
import {ServiceError} from '../service-error'
import {header} from './messages'
import type {WireProtocol} from './protocol'
import {isPlainJson} from './plain-json'
import {shapeReader} from './shape-reader'

/** AWS JSON 1.0 and 1.1: `POST /` with `X-Amz-Target: PREFIX.OPERATION`; timestamps are epoch seconds. */
export function jsonRpc(version: '1.0' | '1.1'): WireProtocol {
  const contentType = `application/x-amz-json-${version}`
  const codec = new JsonCodec2({timestampFormat: {useTrait: true, default: 7}, jsonName: false})
  return {
    route(request, schemas) {
      const name = header(request, 'x-amz-target')?.split('.')[1] ?? ''
      return {name, shape: schemas.operation(name)}
    },
    readInput(request, shape) {
      const body = parseJsonBody(request.body)
      return shape.input.isUnitSchema() ? {} : shapeReader(shape.input, 'json')(body, '')
    },
    writeOutput(output, shape, requestId) {
      let body = ''
      if (isPlainJson(shape.output)) body = JSON.stringify(output)
      else if (!shape.output.isUnitSchema()) {
        const serializer = codec.createSerializer()
        serializer.write(shape.output, output)
        body = textOf(serializer.flush())
      }
      return {status: 200, headers: {'content-type': contentType, 'x-amzn-RequestId': requestId}, body}
    },
    writeError(error, schemas, requestId) {
      const {awsQueryError, namespace, httpError} = schemas.errorTraits(error.code)
      // Services that once spoke the query protocol name the old code in a header; SDKs prefer it (SQS).
      const queryCode = error.queryCode ?? awsQueryError?.[0]
      const compat = queryCode ? {'x-amzn-query-error': `${queryCode};Sender`} : {}
      const type = awsQueryError && namespace ? `${namespace}#${error.code}` : error.code
      return {
        status: awsQueryError?.[1] ?? httpError ?? error.status,
        headers: {'content-type': contentType, 'x-amzn-RequestId': requestId, ...compat},
        body: JSON.stringify({__type: type, message: error.message, ...error.members}),
      }
    },
  }
}

/** Node sends head and body in one write when the body is text. */
function textOf(bytes: string | Uint8Array): string {
  if (typeof bytes === 'string') return bytes
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
}

/** The body as JSON; an empty one is `{}`. Throws `SerializationException` as the JSON services do. */
export function parseJsonBody(body: Buffer): unknown {
  if (body.length === 0) return {}
  try {
    return JSON.parse(body.toString('utf8')) as unknown
  } catch {
    throw new ServiceError('SerializationException', 'The request body is not valid JSON.')
  }
}
