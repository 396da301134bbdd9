/** The event of which AWS's documents show the discovered schema. */
export const meteredEvent = {
  version: '0',
  id: '6f1d0f0a-0000-4000-8000-000000000001',
  'detail-type': 'Usage Metered',
  source: 'com.example.billing',
  account: '111122223333',
  time: '2026-11-22T10:00:00Z',
  region: 'eu-west-1',
  resources: [],
  detail: {
    tenant: {id: 't-9', plan: 'pro'},
    units: 12,
    ratio: 0.5,
    ok: true,
    at: '2026-11-22T10:00:00Z',
    note: null,
    lines: [{sku: 'a', qty: 2}],
  },
}

/** A usage event in its envelope, with changes to the detail; a change to undefined takes a member out. */
export function usageEvent(changes: object = {}): Record<string, unknown> {
  const event = {
    version: '0',
    id: '6f1d0f0a-0000-4000-8000-000000000002',
    'detail-type': 'api-usage-event',
    source: 'my-applications',
    account: '000000000000',
    time: '2026-11-22T10:00:00Z',
    region: 'eu-west-1',
    resources: [],
    detail: {
      eventId: 'e-1',
      occurredAt: '2026-11-22T10:00:00Z',
      service: {name: 'orders', version: '1.2.3'},
      api: {method: 'GET', route: '/orders/{id}'},
      customer: {id: 'c-1', plan: 'pro'},
      response: {status: 200, sizeBytes: 4567},
      durationMs: 12.5,
      ...changes,
    },
  }
  return JSON.parse(JSON.stringify(event)) as Record<string, unknown>
}
