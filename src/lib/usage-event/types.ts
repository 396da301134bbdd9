/**
 * What a service sends for one call of its API: the `detail` of an EventBridge event. The contract is
 * `usage-event.schema.json`, a test keeps this type equal to it. As it stands on the wire:
 *
 *     {"eventId":"0195a3f2-...","occurredAt":"2026-11-03T09:15:27.412Z","service":{"name":"payments-api"},
 *      "api":{"method":"GET","route":"/v1/payments/{id}"},"feature":"payments","customer":{"id":"customer-0042","plan":"pro"},
 *      "response":{"status":200},"durationMs":23.7,"quantity":1}
 */
export interface UsageEvent {
  eventId: string
  /** ISO-8601 with a zone. */
  occurredAt?: string
  service: {name: string; version?: string; environment?: string; instance?: string}
  api: {operation?: string; method?: string; route?: string; description?: string}
  feature?: string
  customer?: {id?: string; plan?: string}
  user?: {id?: string}
  client?: {address?: string; userAgent?: string}
  request?: {sizeBytes?: number}
  response?: {sizeBytes?: number; status?: number}
  durationMs?: number
  /** Billable units; 1 when it is absent. */
  quantity?: number | bigint
  sequence?: number | bigint
  test?: boolean
  attributes?: Record<string, string | number | boolean | null>
}
