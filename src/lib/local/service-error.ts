/**
 * An error as the service would answer it. The wire writes it in the form of the protocol: `__type` and `message`,
 * `<Error><Code>`, or the `x-amzn-ErrorType` header.
 */
export class ServiceError extends Error {
  constructor(
    /** The service's own error name, for example `ResourceNotFoundException`. */
    readonly code: string,
    message: string,
    /** HTTP status; 400 unless the service's model says otherwise. */
    readonly status = 400,
    /** Further members of the error's shape, as the model names them. */
    readonly members: Readonly<Record<string, unknown>> = {},
    /** The code of the old query protocol, where the service still answers it and no shape of the model tells it (SQS). */
    readonly queryCode?: string,
  ) {
    super(message)
    this.name = 'ServiceError'
  }
}

/** What an operation or parameter answers that the endpoint does not emulate: the service's refusal, never a false success. */
export function notEmulated(what: string, code = 'ValidationException'): ServiceError {
  return new ServiceError(
    code,
    `${what} is not supported by this local endpoint. See docs/local-endpoint.md for what is.`,
  )
}
