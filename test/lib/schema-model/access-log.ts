import {xoroshiro128plus} from 'pure-rand/generator/xoroshiro128plus'
import {uniformFloat64} from 'pure-rand/distribution/uniformFloat64'
import {importLog} from '../../../src/lib/events/import/import-log'

const day = Date.UTC(2026, 10, 3)
const pages = [
  '',
  'images/logo.png',
  'blog',
  'blog/geekery/',
  'orders',
  'orders/',
  'docs/',
  'search',
  'favicon.ico',
]
const agents = ['curl/8.9.1', 'Mozilla/5.0 (X11; Linux x86_64)', 'acme-sdk-js/4.2.1', '-']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `03/Nov/2026:10:15:27 +0000` */
function logTime(at: number): string {
  const [date = '', clock = ''] = new Date(at).toISOString().split('T')
  const [year = '', month = '', dayOfMonth = ''] = date.split('-')
  return `${dayOfMonth}/${months[Number(month) - 1] ?? ''}/${year}:${clock.slice(0, 8)} +0000`
}

/** An access log in the combined format: addresses of both kinds and host names, users of whom most are not known, a few odd requests. */
export function accessLog(seed: number, lineCount: number): string {
  const random = xoroshiro128plus(seed)
  const below = (limit: number): number => Math.floor(uniformFloat64(random) * limit)
  const lines = Array.from({length: lineCount}, (_, index) => {
    const draw = below(100)
    const address =
      draw < 90
        ? `198.51.100.${below(250)}`
        : draw < 97
          ? `2001:db8::${below(9999).toString(16)}`
          : `host${below(50)}.example.net`
    const user = below(5) === 0 ? `user${below(40)}` : '-'
    const page = pages[below(pages.length)] ?? ''
    const path = `/${page}${page.endsWith('/') ? below(1000) : ''}${below(3) === 0 ? `?q=${below(100)}` : ''}`
    const method = draw === 0 ? 'OPTIONS' : draw < 5 ? 'HEAD' : draw < 15 ? 'POST' : 'GET'
    const request = below(500) === 0 ? '-' : `${method} ${path} HTTP/1.1`
    const size = below(10) === 0 ? '-' : String(below(100_000))
    const status = [200, 200, 200, 304, 404, 500][below(6)] ?? 200
    const agent = agents[below(agents.length)] ?? '-'
    return `${address} - ${user} [${logTime(day + index * 1000)}] "${request}" ${status} ${size} "-" "${agent}"`
  })
  return `${lines.join('\n')}\n`
}

/** The usage events that `events import` makes of a log. */
export async function importedEvents(log: string): Promise<unknown[]> {
  async function* chunks() {
    yield log
  }
  const events: unknown[] = []
  for await (const item of importLog(chunks(), {source: 's', detailType: 't', mapping: {}})) {
    events.push(JSON.parse(item.entry?.Detail ?? 'null'))
  }
  return events
}
