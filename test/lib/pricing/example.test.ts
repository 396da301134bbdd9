import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {groupDigits} from '../../../src/lib/core/money'
import {billFor} from './_bill'

const docs = join(__dirname, '..', '..', '..', 'docs')
const page = readFileSync(join(docs, 'price-plans.md'), 'utf8')
const file = readFileSync(join(docs, 'examples', 'price-plan.yaml'), 'utf8')

describe('docs/price-plans.md', () => {
  it('shows the example as it is', () => {
    expect(page).toContain(`\`\`\`yaml\n${file}\`\`\``)
  })

  it('shows the invoice that the example makes', () => {
    const users = (...names: string[]) => ({users: names})
    const [acme] = billFor(file, [
      {customer: 'acme', date: '2026-11-01', calls: 1500, meters: {exports: '120', ...users('ann', 'bob')}},
      {customer: 'acme-eu', date: '2026-11-15', calls: 1500, meters: users('bob')},
      {customer: 'acme', date: '2026-11-16', calls: 1000, meters: users('ann')},
    ])

    // A table may be aligned with spaces.
    const rows = [...page.matchAll(/^\| +\d+ \|.*$/gm)].map(([row]) =>
      row.split('|').map((cell) => cell.trim()),
    )
    expect(rows.map((cells) => cells.slice(1, -1))).toEqual(
      acme?.lines.map(({text, units, amount, reason}, i) => [
        String(i + 1),
        text,
        units === undefined ? '' : groupDigits(units),
        amount,
        reason,
      ]),
    )
    expect(page).toContain(`Total: ${acme?.amount} EUR.`)
  })

  it('shows a shortest price plan that is one', () => {
    const [, shortest = ''] = /```yaml\n([^`]*)```/.exec(page) ?? []

    const bills = billFor(shortest, [{customer: 'a', plan: 'pro', date: '2026-11-10', units: '10000'}])
    expect(bills[0]?.amount).toBe('4.00')
  })
})
