import type {ClientRequest} from 'node:http'
import type {AgentOptions} from 'node:https'
import type {Socket} from 'node:net'
import {HttpsProxyAgent} from 'https-proxy-agent'
import {OpError} from '../core/errors'

/**
 * Connections to https hosts through a proxy that is asked with CONNECT. `options.ca` counts for the host behind the proxy,
 * and for the proxy where its own address is https. A request fails with PROXY_REFUSED (service) where the proxy says no.
 */
export function proxyAgent(proxy: string, options: AgentOptions): HttpsProxyAgent<string> {
  return new TrustingProxyAgent(proxy, options)
}

class TrustingProxyAgent extends HttpsProxyAgent<string> {
  constructor(
    proxy: string,
    private readonly trust: AgentOptions,
  ) {
    super(proxy, trust)
  }

  /** The package hands its options to the proxy's own connection only, and passes the proxy's refusal off as the service's answer. */
  override async connect(
    request: ClientRequest,
    options: Parameters<HttpsProxyAgent<string>['connect']>[1],
  ): Promise<Socket> {
    let status = 0
    request.once('proxyConnect', (answer: {statusCode: number}) => (status = answer.statusCode))
    const socket = await super.connect(request, {...options, ...(this.trust.ca && {ca: this.trust.ca})})
    if (status === 200) return socket
    socket.destroy()
    throw refusal(this.proxy, status, `${options.host ?? ''}:${String(options.port ?? '')}`)
  }
}

function refusal(proxy: URL, status: number, target: string): OpError {
  return new OpError(
    'service',
    'PROXY_REFUSED',
    `The proxy ${proxy.host} does not connect to ${target} (HTTP ${status}).`,
    {
      hint:
        status === 407
          ? 'Put the user and the password into HTTPS_PROXY: http://USER:PASSWORD@HOST:PORT.'
          : 'Ask who runs the proxy, or name the host in NO_PROXY to go past it.',
    },
  )
}
