import type {ServiceDefinition} from '../service-definition'
import {header, type WireRequest} from './messages'

/** Who signed a request and for which region and service, read from `Authorization` (or a pre-signed URL). */
export interface Scope {
  region: string
  service: string
}

/** The credential scope of the caller's signature, undefined for unsigned requests. */
export function signedScope(request: WireRequest): Scope | undefined {
  const text = header(request, 'authorization') ?? request.query.get('X-Amz-Credential') ?? ''
  const match = /(?:Credential=)?[^/\s]+\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/.exec(text)
  return match?.[1] && match[2] ? {region: match[1], service: match[2]} : undefined
}

/**
 * The service that a request on the one port means: by `X-Amz-Target`, else by the signature, else by what the path or
 * the form can only be. A signed service that is not here stays undefined.
 */
export function findService(
  request: WireRequest,
  scope: Scope | undefined,
  services: readonly ServiceDefinition[],
): ServiceDefinition | undefined {
  const target = header(request, 'x-amz-target')
  if (target) return services.find((s) => s.targetPrefix === target.split('.')[0])
  if (scope) return services.find((s) => s.name === scope.service)
  const cborName = /^\/service\/([^/]+)\/operation\//.exec(request.rawPath)?.[1]
  const cborService = services.find((s) => s.targetPrefix !== undefined && s.targetPrefix === cborName)
  if (cborService) return cborService
  if (header(request, 'content-type')?.startsWith('application/x-www-form-urlencoded')) {
    const version = new URLSearchParams(request.body.toString('utf8')).get('Version')
    return services.find((s) => s.apiVersion !== undefined && s.apiVersion === version)
  }
  if (/^\/v1\/(registries|discoverers|discover|policy)/.test(request.rawPath))
    return services.find((s) => s.name === 'schemas')
  return services.find((s) => s.protocol === 'rest-xml')
}
