import type {ServiceError} from '../service-error'
import type {WireRequest, WireResponse} from './messages'
import type {OperationShape, ServiceSchemas} from './service-schemas'

/** How one AWS protocol puts calls on the wire. It knows shapes, and no service. */
export interface WireProtocol {
  /** The operation that a request names; a name the service's schemas do not know stays a name. */
  route(request: WireRequest, schemas: ServiceSchemas): {name: string; shape: OperationShape | undefined}
  /** The operation's input. Throws ServiceError for what the schema refuses. */
  readInput(request: WireRequest, shape: OperationShape): unknown
  writeOutput(output: unknown, shape: OperationShape, requestId: string, request: WireRequest): WireResponse
  writeError(
    error: ServiceError,
    schemas: ServiceSchemas,
    requestId: string,
    request: WireRequest,
  ): WireResponse
}
