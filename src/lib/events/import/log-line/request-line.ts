import type {LogLine} from './log-line'

type Target = Pick<LogLine, 'host' | 'path' | 'query'>

const REQUEST = /^([A-Z][A-Z_-]*) (\S+)(?: HTTP\/\d(?:\.\d)?)?$/

/** `GET /path?query HTTP/1.1`. What is no request line (a handshake on the wrong port) has neither method nor path. */
export function parseRequest(request: string): Pick<LogLine, 'method'> & Target {
  const parts = REQUEST.exec(request)
  if (!parts) return {}
  const [, method = '', target = ''] = parts
  return {method, ...parseTarget(target)}
}

/** The target of a request, a path or a whole URL. */
export function parseTarget(target: string): Target {
  const [, host, rest = ''] = /^(?:[a-z]+:\/\/([^/?#]*))?([^#]*)/i.exec(target) ?? []
  const [path = '', ...query] = rest.split('?')
  return {
    ...(host === undefined ? {} : {host: host.replace(/:\d+$/, '')}),
    path: path === '' ? '/' : path,
    ...(query.length > 0 ? {query: query.join('?')} : {}),
  }
}
