import type {UsageEvent} from '../../usage-event/types'
import {foldRoute} from './fold-route'
import type {Mapping} from './mapping'
import type {LogLine} from './parse-log-line'

/** `service.name` of imported events where no mapping says another one. */
export const defaultServiceName = 'access-log'

/**
 * The usage event of an access log's line. Unless the mapping says otherwise: the route is the path with ids folded, the
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
    client: {address: line.address, ...(line.userAgent === undefined ? {} : {userAgent: line.userAgent})},
    response: {sizeBytes: line.responseSizeBytes, status: line.status},
  }
}

/** A mapped route is folded too: it is a template, not a path. */
function routeOf(line: LogLine, mapping: Mapping): string | undefined {
  const path = mapping.route ? mapping.route(line) : line.path
  return path === undefined ? undefined : foldRoute(path)
}

function firstSegment(route: string | undefined): string | undefined {
  return route?.split('/').find((segment) => segment !== '')
}

function apiOf(method: string | undefined, route: string | undefined): UsageEvent['api'] {
  if (method === undefined) return route === undefined ? {} : {route}
  return route === undefined ? {method} : {operation: `${method} ${route}`, method, route}
}
