/** The invented company that `sampleUsageEvents` takes its services, routes and customers from. */

export interface SampleOperation {
  api: {operation: string; method: string; route: string; description: string}
  /** Median duration in milliseconds. */
  medianMs: number
  /** Share of calls that fail, 0 to 1. */
  errorShare: number
  /** Whether one call stands for several billable units. */
  isBatch: boolean
}

export interface SampleService {
  name: string
  version: string
  feature: string
  instanceCount: number
  /** Whether a batch counts by its size and not by its items. */
  isBilledBySize: boolean
  operations: readonly SampleOperation[]
}

export interface SampleCustomer {
  id: string
  plan: string
  userCount: number
}

const domains: readonly (readonly [feature: string, resource: string, singular: string])[] = [
  ['payments', 'payments', 'Payment'],
  ['orders', 'orders', 'Order'],
  ['catalogue', 'products', 'Product'],
  ['search', 'queries', 'Query'],
  ['accounts', 'accounts', 'Account'],
  ['inventory', 'stock-items', 'StockItem'],
  ['shipping', 'shipments', 'Shipment'],
  ['pricing', 'quotes', 'Quote'],
  ['invoicing', 'invoices', 'Invoice'],
  ['notifications', 'messages', 'Message'],
  ['recommendations', 'recommendations', 'Recommendation'],
  ['reviews', 'reviews', 'Review'],
  ['returns', 'returns', 'Return'],
  ['subscriptions', 'subscriptions', 'Subscription'],
  ['identity', 'sessions', 'Session'],
  ['documents', 'documents', 'Document'],
  ['media', 'images', 'Image'],
  ['loyalty', 'rewards', 'Reward'],
  ['fraud', 'assessments', 'Assessment'],
  ['geocoding', 'addresses', 'Address'],
  ['taxes', 'tax-rates', 'TaxRate'],
  ['support', 'tickets', 'Ticket'],
  ['analytics', 'reports', 'Report'],
  ['exports', 'exports', 'Export'],
  ['partners', 'partners', 'Partner'],
]

const billedBySize: ReadonlySet<string> = new Set(['documents', 'media', 'exports'])

const tiers = ['api', 'query', 'worker', 'admin'] as const

/** The environment of every sample. */
export const sampleEnvironment = 'production'

const verbs = [
  {verb: 'list', method: 'GET', path: '', does: 'Lists', medianMs: 38, errorShare: 0.02, isBatch: false},
  {
    verb: 'get',
    method: 'GET',
    path: '/{id}',
    does: 'Reads one',
    medianMs: 12,
    errorShare: 0.03,
    isBatch: false,
  },
  {
    verb: 'create',
    method: 'POST',
    path: '',
    does: 'Creates a',
    medianMs: 74,
    errorShare: 0.045,
    isBatch: false,
  },
  {
    verb: 'update',
    method: 'PATCH',
    path: '/{id}',
    does: 'Changes one',
    medianMs: 55,
    errorShare: 0.04,
    isBatch: false,
  },
  {
    verb: 'import',
    method: 'POST',
    path: '/batches',
    does: 'Takes many',
    medianMs: 310,
    errorShare: 0.03,
    isBatch: true,
  },
  {
    verb: 'delete',
    method: 'DELETE',
    path: '/{id}',
    does: 'Removes one',
    medianMs: 29,
    errorShare: 0.03,
    isBatch: false,
  },
] as const

/** `count` services, the busiest first: the public APIs of all domains, then what stands behind them. */
export function sampleServices(count: number): SampleService[] {
  return Array.from({length: count}, (_, index) => {
    const [feature, resource, singular] = domains[index % domains.length] ?? ['core', 'things', 'Thing']
    const tier = tiers[Math.floor(index / domains.length) % tiers.length] ?? 'api'
    const round = Math.floor(index / (domains.length * tiers.length))
    return {
      name: round === 0 ? `${feature}-${tier}` : `${feature}-${tier}-${round + 1}`,
      version: `${1 + (index % 4)}.${(index * 7) % 20}.${(index * 3) % 10}`,
      feature,
      instanceCount: 1 + (index % 4),
      isBilledBySize: billedBySize.has(feature),
      operations: verbs.map((v) => ({
        api: {
          operation: `${v.verb}${singular}`,
          method: v.method,
          route: `/v1/${resource}${v.path}`,
          description: `${v.does} ${resource}`,
        },
        medianMs: v.medianMs * (1 + (index % 5) * 0.35),
        errorShare: v.errorShare,
        isBatch: v.isBatch,
      })),
    }
  })
}

/** `count` customers, the busiest first. The big ones pay for more. */
export function sampleCustomers(count: number): SampleCustomer[] {
  return Array.from({length: count}, (_, index) => ({
    id: `customer-${String(index + 1).padStart(4, '0')}`,
    plan: planOf(index),
    userCount: 1 + ((index * 13) % 25),
  }))
}

function planOf(index: number): string {
  if (index % 10 === 0) return 'enterprise'
  return index % 3 === 0 ? 'pro' : 'free'
}

export const sampleUserAgents = [
  'acme-sdk-js/4.2.1',
  'acme-sdk-python/3.9.0',
  'acme-sdk-java/5.0.3',
  'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  'curl/8.9.1',
] as const
