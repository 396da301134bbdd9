import type {Invoice, InvoiceLine} from '../core/invoice'
import {groupDigits} from '../core/money'
import {cleanText} from './clean-text'
import {footOf, periodOf, titleOf, unpricedNote} from './invoice-markdown'

/** Everything that the page needs: it asks nothing of any network. */
const style = `
:root { color-scheme: light dark; --line: #d0d4da; --soft: #5c6470 }
@media (prefers-color-scheme: dark) { :root { --line: #444b55; --soft: #a8b0bb } }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif }
article { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem }
article + article { border-top: 1px solid var(--line); break-before: page }
h1 { font-size: 1.5rem; margin: 0; overflow-wrap: anywhere }
p { color: var(--soft) }
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100% }
th, td { padding: .4rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top }
th { font-weight: 600 }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
.reason { color: var(--soft) }
tfoot th, tfoot td { border-bottom: 0; font-weight: 700 }
@media print { article { padding: 0 } .scroll { overflow: visible } }`

/** Invoices as one page of HTML that stands by itself. Every text is escaped: names and ids are anybody's. */
export function invoicesHtml(invoices: readonly Invoice[]): string {
  const [only] = invoices
  const title = only && invoices.length === 1 ? `Invoice for ${titleOf(only)}` : 'Invoices'
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escapeHtml(title)}</title>`,
    `<style>${style}\n</style>`,
    '</head>',
    '<body>',
    '<main>',
    ...invoices.map(articleOf),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

function articleOf(invoice: Invoice): string {
  return [
    '<article>',
    `<h1>Invoice for ${escapeHtml(titleOf(invoice))}</h1>`,
    `<p>${escapeHtml(periodOf(invoice))}</p>`,
    '<div class="scroll" tabindex="0" role="region" aria-label="Lines">',
    '<table>',
    `<thead><tr>${heads}</tr></thead>`,
    '<tbody>',
    ...invoice.lines.map(rowOf),
    '</tbody>',
    '<tfoot>',
    ...invoice.totals.map(
      ({currency, amount}) =>
        `<tr><th scope="row" colspan="5">Total</th><td class="number">${escapeHtml(`${groupDigits(amount)} ${currency}`)}</td><td></td></tr>`,
    ),
    '</tfoot>',
    '</table>',
    '</div>',
    ...(invoice.hasUnpriced ? [`<p>${unpricedNote}</p>`] : []),
    `<p>${escapeHtml(footOf(invoice))}</p>`,
    '</article>',
  ].join('\n')
}

const heads = [
  ['#', 'number'],
  ['Month', ''],
  ['Plan', ''],
  ['Item', ''],
  ['Units', 'number'],
  ['Amount', 'number'],
  ['How it came about', ''],
]
  .map(([text, kind]) => `<th scope="col"${kind ? ` class="${kind}"` : ''}>${text ?? ''}</th>`)
  .join('')

function rowOf({line, month, plan, item, units, amount, currency, reason}: InvoiceLine): string {
  const money = amount === undefined ? '' : `${groupDigits(amount)} ${currency ?? ''}`
  const cells: [string, string][] = [
    [String(line), 'number'],
    [month, ''],
    [plan, ''],
    [item, ''],
    [units === undefined ? '' : groupDigits(units), 'number'],
    [money, 'number'],
    [reason, 'reason'],
  ]
  const html = cells.map(([text, kind]) => `<td${kind ? ` class="${kind}"` : ''}>${escapeHtml(text)}</td>`)
  return `<tr>${html.join('')}</tr>`
}

/** Text in place of HTML, in an element or in an attribute. */
export function escapeHtml(text: string): string {
  return cleanText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
