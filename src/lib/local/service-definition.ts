import type {Platform, Service} from './platform'

/** `json-1.0-or-query`: a service that once spoke the query protocol alone and answers each caller in its own. */
export type Protocol = 'json-1.0' | 'json-1.1' | 'json-1.0-or-query' | 'rest-json' | 'rest-xml' | 'query'

/**
 * A service as the wire knows it before it runs. Schemas and operations load on the service's first request,
 * so that an endpoint that lives for one command starts at once.
 */
export interface ServiceDefinition {
  /** The signing name, as it stands in the caller's `Authorization` header: `events`, `firehose`, `s3`. */
  name: string
  protocol: Protocol
  /** What stands before the dot in `X-Amz-Target` (JSON protocols), and names the service in CBOR's paths. */
  targetPrefix?: string
  /** `Version=` of the query protocol. */
  apiVersion?: string
  /** The SDK client's module: it exports each operation's Smithy schema as `NAME$`. */
  schemas: () => Promise<Record<string, unknown>>
  load: () => Promise<{create: (platform: Platform) => Service}>
}
