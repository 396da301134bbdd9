import {execFile} from 'node:child_process'
import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {bareEnvironment, serve} from '../_helpers/tool'
import {temporaryFolder} from '../_helpers/endpoint'
import {otherPrices, prices, usage} from './events'

const root = join(__dirname, '..', '..')
const days = ['--from', '2026-01-31', '--to', '2026-03-02']
const priced = [...days, '--prices', 'prices.yaml']

/** Every page that is looked at: the words of the command that writes it, `--format html` aside. */
export const pages: Readonly<Record<string, readonly string[]>> = {
  billing: ['report', 'billing', ...priced],
  'billing-by-day': ['report', 'billing', ...priced, '--by', 'day'],
  'billing-compared': ['report', 'billing', ...priced, '--compare', 'other.yaml'],
  features: ['report', 'features', ...days],
  trending: ['report', 'trending', ...days, '--min-calls', '1'],
  bottlenecks: ['report', 'bottlenecks', ...days],
  customers: ['report', 'customers', ...days],
  reconcile: ['report', 'reconcile'],
  'reconcile-by-service': ['report', 'reconcile', '--by', 'service'],
  'features-by-day': ['report', 'features', '--by', 'day', ...days],
  'features-by-customer': ['report', 'features', '--by', 'customer', '--limit', '30', ...days],
  'own-query': ['report', 'run', 'own.sql', ...days],
  lake: ['lake', 'status', '--queries', '5'],
  invoice: ['report', 'billing', ...priced, '--invoice', 'acme'],
  invoices: ['report', 'billing', ...priced, '--invoice', 'all'],
  schema: ['schemas', 'show', 'usage-event'],
  'no-rows': ['report', 'features', '--from', '2025-01-01', '--to', '2025-02-01'],
}

/** Pages without a picture. */
export const undrawn: readonly string[] = ['own-query', 'invoice', 'invoices', 'schema', 'no-rows']

/**
 * Takes events from PutEvents to a lake of which half is compacted, on a local endpoint of its own, and has the built tool write every page into the
 * folder, as `NAME.html`.
 */
export async function writePages(folder: string): Promise<void> {
  const cwd = temporaryFolder()
  const endpoint = await serve()
  const env = {...bareEnvironment(), AWS_ENDPOINT_URL: endpoint.url, AWS_REGION: 'eu-west-1'}
  const run = async (...words: string[]): Promise<string> => {
    const argv = [join(root, 'bin', 'run.js'), ...words]
    const {stdout} = await promisify(execFile)(process.execPath, argv, {cwd, env, maxBuffer: 2 ** 26})
    return stdout
  }
  const lines = usage().split('\n')
  const part = (from: number, to?: number) => `${lines.slice(from, to).join('\n')}\n`
  const files = {'prices.yaml': prices, 'other.yaml': otherPrices, 'own.sql': ownQuery}
  const parts = {'first.ndjson': part(0, 700), 'second.ndjson': part(700, 1200), 'third.ndjson': part(1200)}
  for (const [name, text] of Object.entries({...files, ...parts})) writeFileSync(join(cwd, name), text)
  try {
    await run('bind-target', '--yes', '--quiet')
    await run('lake', 'init', '--yes', '--quiet')
    for (const file of ['first.ndjson', 'second.ndjson']) {
      await run('events', 'send', file, '--quiet')
      await run('local', 'advance', '26h')
    }
    await run('lake', 'compact', '--quiet')
    await run('events', 'send', 'third.ndjson', '--quiet')
    await run('local', 'flush')
    mkdirSync(folder, {recursive: true})
    for (const [name, words] of Object.entries(pages)) {
      writeFileSync(join(folder, `${name}.html`), await run(...words, '--format', 'html'))
    }
  } finally {
    await endpoint.end()
  }
}

const ownQuery = `SELECT customer_id, api_route, count(*) AS calls
FROM {{events}} WHERE dt >= :first_dt GROUP BY customer_id, api_route ORDER BY calls DESC LIMIT 40`
