import type {IncomingMessage} from 'node:http'

/**
 * Why a request may come from a web page that has no business here, or undefined. Browsers name the page's origin in every
 * cross-site POST, and a name that was bound to 127.0.0.1 after the page had loaded (DNS rebinding) stands in `Host`.
 * `ownHost` is the address that the endpoint listens on; on anything but loopback, names are the operator's business.
 */
export function webPageProblem(request: IncomingMessage, ownHost: string): string | undefined {
  if (request.headers.origin !== undefined)
    return 'The local endpoint takes no requests of web pages (Origin).'
  const host = hostName(request.headers.host ?? '')
  if (!isLoopback(ownHost) || isLoopback(host)) return undefined
  return `The local endpoint is not reached by the name ${host} (Host).`
}

function hostName(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase()
}

function isLoopback(name: string): boolean {
  return /^(127(\.\d{1,3}){3}|\[?::1\]?|localhost|.+\.localhost)$/.test(name)
}
