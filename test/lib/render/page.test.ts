import fc from 'fast-check'
import type {Chart} from '../../../src/lib/core/chart'
import type {Column, Row} from '../../../src/lib/core/column'
import type {Page} from '../../../src/lib/core/page'
import {pageHtml} from '../../../src/lib/render/html/page'
import {renderList} from '../../../src/lib/render/render-list'

const columns: Column[] = [
  {key: 'customerId', header: 'customer', type: 'text'},
  {key: 'amount', header: 'amount', unit: 'EUR', type: 'money'},
  {key: 'lastSeen', header: 'last seen', type: 'time'},
]
const charts: Chart[] = [
  {kind: 'bars', title: 'Amount by customer', names: ['customerId'], values: ['amount'], rest: 'sum'},
]
const rows: Row[] = [
  {customerId: 'acme', amount: '1234.50', lastSeen: '2026-11-03T10:00:00.000Z'},
  {customerId: 'globex', amount: '-10.00'},
]
const page: Page = {
  title: 'Billing',
  subtitle: '2026-11-01 to 2026-12-01\naccount 000000000000',
  figures: [{name: 'amount', value: '1,224.50 EUR'}],
  warnings: [],
  caption: 'The bill',
  facts: [{name: 'complete until', value: '2026-11-30 12:00:00 UTC'}],
}

const tagsOf = (html: string) =>
  [...html.matchAll(/<(\/?)([a-z0-9]+)/gi)].map(([, slash, name]) => `${slash}${name}`)

describe('a page', () => {
  const html = pageHtml({columns, rows, charts}, page)

  it('says what it covers, its figures and where they come from', () => {
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/)
    expect(html).toContain('<title>Billing, 2026-11-01 to 2026-12-01</title>')
    expect(html.match(/<h1>/g)).toHaveLength(1)
    expect(html).toContain('<p>account 000000000000</p>')
    expect(html).toContain('<dt>amount</dt><dd>1,224.50 EUR</dd>')
    expect(html).toContain('<dt>complete until</dt><dd>2026-11-30 12:00:00 UTC</dd>')
    expect(html).not.toContain('Mind this')
  })

  it('has a table with a caption, heads of columns and rows, and numbers in groups', () => {
    expect(html).toContain('<caption>The bill</caption>')
    expect(html).toContain('<th scope="col" class="number">amount (EUR)</th>')
    expect(html).toContain('<th scope="row" class="text" dir="auto">acme</th>')
    expect(html).toContain('<td class="number">1,234.50</td><td class="time">2026-11-03 10:00:00 UTC</td>')
  })

  it('has a chart with a name, the same in words, and bars on both sides of zero', () => {
    expect(html).toContain('<svg role="img" aria-labelledby="chart-0-0-title chart-0-0-text"')
    expect(html).toContain('<desc id="chart-0-0-text">acme: 1,234.50; globex: -10.00</desc>')
    const [positive, negative] = [...html.matchAll(/class="bar (s\d)" x="([\d.]+)%" width="([\d.]+)%"/g)]
    expect([positive?.[1], negative?.[1]]).toEqual(['s1', 's2'])
    expect(Number(negative?.[2])).toBe(0)
    expect(Number(positive?.[2])).toBeCloseTo(Number(negative?.[3]), 2)
    expect(Number(positive?.[3]) / Number(negative?.[3])).toBeCloseTo(123.45, 0)
  })

  it('asks for nothing, forbids everything, and runs no script', () => {
    expect(html).toContain(
      `content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"`,
    )
    expect(html).not.toMatch(/<script|<link|<img|<a |https?:|url\(|@import|\bsrc=|\bhref=|\son[a-z]+=/)
  })

  it('says what to mind, further lists, and that there are no rows', () => {
    const more = [{columns, rows, caption: 'Another list'}]
    const other = pageHtml({columns, rows: [], charts}, {...page, warnings: ['Not <all>.'], more})

    expect(other).toContain('<li>Not &lt;all&gt;.</li>')
    expect(other).toContain('There is nothing to show.')
    expect(other).toContain('<caption>Another list</caption>')
    expect(other).not.toContain('<figure>')
  })

  it('has the same elements whatever its texts say', () => {
    const hostile = fc.oneof(
      fc.string({unit: 'binary'}),
      fc.constantFrom(
        '<img src=x onerror=alert(1)>',
        '"><script>',
        '</style>',
        '--></title>',
        "' onx='",
        ']]>',
        '&lt;',
      ),
    )
    fc.assert(
      fc.property(hostile, hostile, (first, second) => {
        const text = (one: string) => `a${one}`
        const list = {
          columns,
          charts,
          rows: [
            {customerId: text(first), amount: '2'},
            {customerId: `b${second}`, amount: '1'},
          ],
        }
        const said: Page = {
          ...{title: first, subtitle: 'range', caption: second, warnings: [first]},
          ...{figures: [{name: first, value: second}], facts: [{name: second, value: first}]},
        }
        const plain = pageHtml(
          {
            ...list,
            rows: [
              {customerId: 'a', amount: '2'},
              {customerId: 'b', amount: '1'},
            ],
          },
          {
            ...{title: 'x', subtitle: 'range', caption: 'x', warnings: ['x']},
            ...{figures: [{name: 'x', value: 'x'}], facts: [{name: 'x', value: 'x'}]},
          },
        )
        expect(tagsOf(pageHtml(list, said))).toEqual(tagsOf(plain))
      }),
    )
  })
})

describe('a list in every form', () => {
  const around = {above: 'above', below: 'below', page}

  it('stands between what is above and below as a table, with charts where there is a width for them', async () => {
    const table = await renderList({columns, rows, charts}, 'table', around)
    const drawn = await renderList({columns, rows, charts}, 'table', {...around, chartWidth: 40})

    expect(table).toMatch(/^above\n\ncustomer .*\n\nbelow\n$/s)
    expect(drawn).toMatch(/^above\n\ncustomer .*\n\nAmount by customer\n\nacme .*\n\nbelow\n$/s)
  })

  it('stands alone as CSV and Markdown, and is a page as HTML', async () => {
    expect(await renderList({columns, rows}, 'csv', around)).toMatch(/^customerId,amount,lastSeen\r\n/)
    expect(await renderList({columns, rows}, 'markdown', around)).toMatch(/^\| customer /)
    expect(await renderList({columns, rows}, 'html', around)).toMatch(/^<!doctype html>/)
    await expect(renderList({columns, rows}, 'xml', around)).rejects.toThrow('There is no format "xml".')
  })
})
