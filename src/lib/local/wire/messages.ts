import type {IncomingHttpHeaders} from 'node:http'
import type {Readable} from 'node:stream'

/** A request as it came from the socket, its target taken apart. */
export interface WireRequest {
  method: string
  /** The path as sent: percent-encoded, without the query. */
  rawPath: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  /** The whole body of RPC and document requests. */
  body: Buffer
  /** The body of object uploads, not yet read. */
  stream: AsyncIterable<Buffer> | undefined
}

export interface WireResponse {
  status: number
  headers: Record<string, string>
  body: string | Uint8Array | Readable | undefined
}

/** One header's value as text, or undefined. */
export function header(request: WireRequest, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value.join(',') : value
}
