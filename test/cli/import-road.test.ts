import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {Sandbox} from './run-tool'

const lineCount = 4000

/** Numbers that look random and are the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Lines of the combined format over March 2026; the last is cut short, some stand there twice. */
function accessLog(): string[] {
  const next = numbers(7)
  const pick = (list: string[]) => list[next(list.length)] ?? ''
  const users = ['-', '-', 'ada', 'grace', 'linus', 'margaret', 'dennis']
  const lines: string[] = []
  while (lines.length < lineCount - 1) {
    const path = pick([
      `/orders/${next(5000)}`,
      `/orders/${next(5000)}/items/${next(9)}`,
      `/search?q=${next(100)}&next=/orders/1`,
      '/users/3f2504e0-4f89-41d3-9a0c-0305e82c3301/cart',
      `/${1000 + next(9)}/report`,
      '/health',
      '/',
    ])
    const two = (n: number) => String(n).padStart(2, '0')
    const time = `${two(1 + next(31))}/Mar/2026:${two(next(24))}:${two(next(60))}:${two(next(60))} +0000`
    const status = pick(['200', '200', '200', '201', '304', '404', '500'])
    const request = `"${pick(['GET', 'POST', 'DELETE'])} ${path} HTTP/1.1" ${status} ${next(90_000)}`
    const line = `10.0.0.${next(250)} - ${pick(users)} [${time}] ${request} "-" "Mozilla/5.0 (X11; Linux x86_64)"`
    lines.push(line)
    if (next(50) === 0 && lines.length < lineCount - 1) lines.push(line)
  }
  lines.push(
    '10.0.0.1 - ada [31/Mar/2026:23:59:59 +0000] "GET /orders/1 HTTP/1.1" 200 512 "-" "Mozilla/5.0 (X1',
  )
  return lines
}

/** Counts by words and quotes alone, so that it shares nothing with the tool. */
function countByHand(lines: string[]): {
  byUser: Map<string, number>
  byFeature: Map<string, [number, number]>
} {
  const byUser = new Map<string, number>()
  const byFeature = new Map<string, [number, number]>()
  for (const line of lines) {
    const quoted = line.split('"')
    if (quoted.length !== 7) continue
    const user = line.split(' ')[2] === '-' ? '(none)' : (line.split(' ')[2] ?? '')
    const first = (line.split(' ')[6] ?? '').split('?')[0]?.split('/')[1] ?? ''
    const feature = first === '' ? '(none)' : first.startsWith('100') ? '{id}' : first
    const [calls, errors] = byFeature.get(feature) ?? [0, 0]
    byUser.set(user, (byUser.get(user) ?? 0) + 1)
    byFeature.set(feature, [calls + 1, errors + (Number(quoted[2]?.trim().split(' ')[0]) >= 400 ? 1 : 0)])
  }
  return {byUser, byFeature}
}

describe('an access log', () => {
  it('comes out of the reports as it is counted by hand, also when it is imported twice', async () => {
    const sandbox = new Sandbox()
    const env = {USAGE_TRACKER_LOCAL: '1', USAGE_TRACKER_DATA_DIR: sandbox.dataDir}
    const json = async (...words: string[]) => {
      const {exitCode, stdout, stderr} = await sandbox.run([...words, '--json'], env)
      return {exitCode, stderr, answer: JSON.parse(stdout) as Record<string, unknown>}
    }
    const lines = accessLog()
    writeFileSync(join(sandbox.project, 'access.log'), `${lines.join('\n')}\n`)
    writeFileSync(
      join(sandbox.project, 'prices.yaml'),
      'currency: EUR\nrounding: half-up\nplans: {}\ndefault: {pricePerUnit: "0.001"}\n',
    )

    await json('bind-target', '--yes')
    const imports = [
      await json('events', 'import', 'access.log'),
      await json('events', 'import', 'access.log'),
    ]
    await json('local', 'flush')
    const march = ['--month', '2026-03']
    const billing = await json('report', 'billing', ...march, '--prices', 'prices.yaml')
    const features = await json('report', 'features', ...march)
    await sandbox.close()

    const {byUser, byFeature} = countByHand(lines)
    const whole = lineCount - 1
    // 0.001 a call, to the cent, half up: in cents a tenth of the calls.
    const cents = (calls: number) => Math.floor((calls + 5) / 10)
    const euros = (amount: number) => (amount / 100).toFixed(2)
    for (const {exitCode, answer} of imports) {
      expect({exitCode, ...answer}).toMatchObject({
        ...{exitCode: 6, readCount: lineCount, acceptedCount: whole, rejectedCount: 1, badLineCount: 1},
      })
    }
    const bill = billing.answer['rows'] as {customerId: string; calls: number; amount: string}[]
    expect(bill.map(({customerId, calls, amount}) => `${customerId} ${calls} ${amount}`).sort()).toEqual(
      [...byUser].map(([user, calls]) => `${user} ${calls} ${euros(cents(calls))}`).sort(),
    )
    const total = [...byUser.values()].reduce((sum, calls) => sum + cents(calls), 0)
    expect(billing.answer).toMatchObject({
      totals: {calls: whole, units: whole, amount: euros(total), currency: 'EUR'},
      ...{duplicateCount: whole, conflictCount: 0, unkeyedCount: 0},
    })
    const used = features.answer['rows'] as {feature: string; calls: number; errors: number}[]
    expect(used.map(({feature, calls, errors}) => `${feature} ${calls} ${errors}`).sort()).toEqual(
      [...byFeature].map(([feature, [calls, errors]]) => `${feature} ${calls} ${errors}`).sort(),
    )
  })
})
