import type {Agent} from 'node:http'
import type {AgentOptions} from 'node:https'
import type {HttpHandler, HttpRequest} from '@smithy/core/protocols'
import type {HttpHandlerOptions, NodeHttpHandlerOptions} from '@smithy/types'
import {bypassesProxy} from './no-proxy'

/** How requests reach the services. */
export interface Network {
  /** Address of the proxy for https endpoints, `http://proxy.example:3128`; it may hold a user and a password. Absent: none. */
  httpsProxy?: string | undefined
  /** Hosts that are reached without the proxy, as `NO_PROXY` writes them. */
  noProxy?: string | undefined
  /** PEM text of the authorities to trust, in place of those that Node brings. */
  caBundle?: string | undefined
}

export type Handler = HttpHandler<NodeHttpHandlerOptions>

export const connectionTimeoutMs = 5_000
/** A socket on which nothing moves for this long is given up; SQS long polling stays silent for up to 20 s. */
export const idleTimeoutMs = 60_000
const pool = {keepAlive: true, maxSockets: 64}
const httpsPort = 443

/**
 * What sends the requests of all clients, over one pool of kept-alive connections. With a proxy, an https host is reached
 * through it unless `noProxy` names the host; http endpoints never are.
 */
export async function makeRequestHandler({httpsProxy, noProxy, caBundle}: Network): Promise<Handler> {
  const options: AgentOptions = caBundle === undefined ? pool : {...pool, ca: caBundle}
  const direct = await nodeHandler(options)
  if (httpsProxy === undefined) return direct
  const {proxyAgent} = await import('./proxy-agent')
  return new RoutedHandler(direct, await nodeHandler(proxyAgent(httpsProxy, options)), noProxy ?? '')
}

async function nodeHandler(httpsAgent: NonNullable<NodeHttpHandlerOptions['httpsAgent']>): Promise<Handler> {
  const {NodeHttpHandler} = await import('@smithy/node-http-handler')
  return new NodeHttpHandler({
    connectionTimeout: connectionTimeoutMs,
    socketTimeout: idleTimeoutMs,
    httpAgent: pool,
    httpsAgent,
  })
}

/** The connections to one address, kept alive: the way that the handler of `makeRequestHandler` takes there. */
export async function makeAgent({httpsProxy, noProxy, caBundle}: Network, address: URL): Promise<Agent> {
  if (address.protocol !== 'https:') return new (await import('node:http')).Agent(pool)
  const options: AgentOptions = caBundle === undefined ? pool : {...pool, ca: caBundle}
  const port = address.port === '' ? httpsPort : Number(address.port)
  if (httpsProxy === undefined || bypassesProxy(address.hostname, port, noProxy ?? ''))
    return new (await import('node:https')).Agent(options)
  return (await import('./proxy-agent')).proxyAgent(httpsProxy, options)
}

/**
 * Sends each request through the proxy or past it, by its own host: a bucket's, a queue's, and those that the credential
 * provider asks.
 */
class RoutedHandler implements Handler {
  readonly metadata = {handlerProtocol: 'http/1.1'}

  constructor(
    private readonly direct: Handler,
    private readonly proxied: Handler,
    private readonly noProxy: string,
  ) {}

  handle(request: HttpRequest, options?: HttpHandlerOptions): ReturnType<Handler['handle']> {
    const past =
      request.protocol !== 'https:' ||
      bypassesProxy(request.hostname, request.port ?? httpsPort, this.noProxy)
    return (past ? this.direct : this.proxied).handle(request, options)
  }

  updateHttpClientConfig(...change: Parameters<Handler['updateHttpClientConfig']>): void {
    this.direct.updateHttpClientConfig(...change)
    this.proxied.updateHttpClientConfig(...change)
  }

  httpHandlerConfigs(): NodeHttpHandlerOptions {
    return this.direct.httpHandlerConfigs()
  }

  destroy(): void {
    this.direct.destroy?.()
    this.proxied.destroy?.()
  }
}
