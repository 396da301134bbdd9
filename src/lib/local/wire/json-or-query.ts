import {ServiceError} from '../service-error'
import {header, type WireRequest} from './messages'
import type {WireProtocol} from './protocol'

/**
 * Two protocols of one service: forms are the query protocol, everything else is JSON, and each is answered in kind. Smithy's CBOR,
 * which such services speak too, is refused with `UnsupportedProtocolException`.
 */
export function jsonOrQuery(json: WireProtocol, query: WireProtocol): WireProtocol {
  const of = (request: WireRequest) =>
    header(request, 'content-type')?.startsWith('application/x-www-form-urlencoded') ? query : json
  return {
    route(request, schemas) {
      if (isCbor(request)) throw noCbor()
      return of(request).route(request, schemas)
    },
    readInput: (request, shape) => of(request).readInput(request, shape),
    writeOutput: (output, shape, requestId, request) =>
      of(request).writeOutput(output, shape, requestId, request),
    writeError: (error, schemas, requestId, request) =>
      of(request).writeError(error, schemas, requestId, request),
  }
}

function isCbor(request: WireRequest): boolean {
  const format = header(request, 'smithy-protocol') ?? header(request, 'content-type') ?? ''
  return format.includes('cbor')
}

function noCbor(): ServiceError {
  return new ServiceError(
    'UnsupportedProtocolException',
    'The protocol rpc-v2-cbor is not spoken by this local endpoint. Use a client that speaks AWS JSON 1.0 or AWS Query.',
    415,
  )
}
