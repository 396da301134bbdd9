/** Names that somebody may have: markup, other directions of writing, wide letters, signs of several code points, no end. */
export const hostileName = '<img src=x onerror=alert(1)>'
const names = [
  ...['acme', hostileName, 'مؤسسة البيانات للتقنية', '株式会社データ解析', '🚀 Rocket & Söhne 👩‍🚀'],
  ...[`a-very-long-name-${'x'.repeat(200)}`, 'W'.repeat(90), `"'--></style><script>alert(2)</script>`],
  ...Array.from({length: 12}, (_, i) => `customer-${i + 1}`),
]
const features = ['checkout', 'search', 'payments', 'reports', '{{export}}', 'webhooks']
const routes = [
  ['GET', '/orders/{id}'],
  ['POST', '/orders'],
  ['GET', '/search'],
  ['DELETE', `/reports/{id}/${'long/'.repeat(30)}`],
] as const

/** The day on which the first events occur. */
const firstDay = Date.parse('2026-01-01T00:00:00Z')
const dayMs = 86_400_000

/**
 * Usage of 60 days, as lines: the first names call most, every name more in its second month than in its first or less, a feature is new in it, one call
 * of 20 fails, and every 50th event comes twice.
 */
export function usage(): string {
  const lines = Array.from({length: 1500}, (_, i) => {
    const [day, who] = [i % 60, Math.floor(((i * i) % 419) % (1 + (i % names.length)))]
    const [method, route] = routes[(i % 7) % routes.length] ?? routes[0]
    const feature = features[day < 30 ? i % 4 : i % 6]
    return JSON.stringify({
      ...{eventId: `e${i}`, occurredAt: new Date(firstDay + day * dayMs + i * 1000).toISOString()},
      ...{service: {name: 'orders-api'}, api: {operation: 'op', method, route}, feature},
      customer: {id: names[who], plan: ['pro', 'team', 'free'][who % 3]},
      ...{user: {id: `u${i % 40}`}, response: {status: i % 20 === 0 ? 503 : 200}},
      ...{durationMs: 5 + ((i * 37) % 900), quantity: 1 + (i % 9)},
    })
  })
  return [...lines, ...lines.filter((_, i) => i % 50 === 0)].join('\n')
}

/** Two plans have a price, one in each of two currencies; the third has none. */
export const prices = `
currency: EUR
rounding: half-up
plans:
  pro: {pricePerUnit: "0.125"}
  team: {currency: USD, pricePerUnit: "0.09"}
`
export const otherPrices = `
currency: EUR
rounding: half-up
plans:
  pro: {pricePerUnit: "0.2"}
  team: {currency: USD, pricePerUnit: "0.05"}
`
