import type {UsageEvent} from '../../usage-event/types'
import {foldRoute} from './fold-route'
import {known, type LogLine} from './log-line/log-line'
import type {Mapping} from './mapping'

/** `service.name` of imported events where no mapping says another one. */
export const defaultServiceName = 'access-log'

/**
 * The usage event of an access log's line. Unless the mapping says otherwise: the route is what the gateway matched, else the path with ids folded, the
 * feature its first segment, the customer the authenticated user.
 */
export function toUsageEvent(line: LogLine, eventId: string, mapping: Mapping): UsageEvent {
  const route = routeOf(line, mapping)
  const feature = mapping.feature ? mapping.feature(line) : firstSegment(route)
  const customerId = mapping.customer ? mapping.customer(line) : line.user
  const userId = mapping.user?.(line)
  return {
    eventId,
    occurredAt: new Date(line.at).toISOString(),
    service: {name: mapping.service?.(line) ?? defaultServiceName},
    api: apiOf(line.method, route),
    ...(feature === undefined ? {} : {feature}),
    ...(customerId === undefined ? {} : {customer: {id: customerId}}),
    ...(userId === undefined ? {} : {user: {id: userId}}),
    ...some('client', {address: line.address, userAgent: line.userAgent}),
    ...some('request', {sizeBytes: line.requestSizeBytes}),
    ...some('response', {sizeBytes: line.responseSizeBytes, status: line.status}),
    ...known({durationMs: line.durationMs}),
  }
}

/** A mapped route is folded too: it is a template, not a path. */
function routeOf(line: LogLine, mapping: Mapping): string | undefined {
  const path = mapping.route ? mapping.route(line) : (line.route ?? line.path)
  return path === undefined ? undefined : foldRoute(path)
}

/** A member with those of its members that are known, if there are any. */
function some<K extends string, T extends object>(
  name: K,
  members: {[M in keyof T]: T[M] | undefined},
): Partial<Record<K, T>> {
  const found = known<T>(members)
  return Object.keys(found).length === 0 ? {} : ({[name]: found} as Partial<Record<K, T>>)
}

function firstSegment(route: string | undefined): string | undefined {
  return route?.split('/').find((segment) => segment !== '')
}

function apiOf(method: string | undefined, route: string | undefined): UsageEvent['api'] {
  if (method === undefined) return route === undefined ? {} : {route}
  return route === undefined ? {method} : {operation: `${method} ${route}`, method, route}
}
