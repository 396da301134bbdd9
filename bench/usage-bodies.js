const {randomUUID} = require('node:crypto')

/** PutEvents bodies of ten usage events, about 6.7 KB each. */
exports.putEventsBodies = (count) =>
  Array.from({length: count}, (_, i) =>
    JSON.stringify({Entries: Array.from({length: 10}, (_, n) => entry(i * 10 + n))}),
  )

function entry(i) {
  return {
    EventBusName: 'usage',
    Source: 'my-applications',
    DetailType: 'api-usage-event',
    Detail: JSON.stringify(detail(i)),
  }
}

function detail(i) {
  return {
    eventId: randomUUID(),
    occurredAt: new Date(1_763_000_000_000 + i * 37).toISOString(),
    service: {
      name: `service-${i % 100}`,
      version: '4.7.1',
      environment: 'production',
      instance: `service-${i % 100}-6d8f9b7c5d-x2x9q`,
    },
    api: {
      operation: 'listInvoices',
      method: 'GET',
      route: '/v1/customers/{customerId}/invoices',
      description: 'Invoices of a customer',
    },
    feature: `feature-${i % 17}`,
    customer: {id: `customer-${i % 250}`, plan: ['free', 'pro', 'enterprise'][i % 3]},
    user: {id: `user-${i % 4000}`},
    client: {
      address: `10.20.${i % 200}.${i % 250}`,
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36',
    },
    request: {sizeBytes: 200 + (i % 900)},
    response: {sizeBytes: 2_000 + (i % 9_000), status: i % 50 === 0 ? 500 : 200},
    durationMs: 12 + (i % 300),
    quantity: 1,
    sequence: i,
  }
}
