import type {Invoice, InvoiceLine} from '../../core/invoice'
import {groupDigits} from '../../core/money'
import {footOf, periodOf, titleOf, unpricedNote} from '../invoice-markdown'
import {escapeHtml} from './escape'
import {frame} from './frame'

/** Invoices as one page of HTML that stands by itself. Every text is escaped: names and ids are anybody's. */
export function invoicesHtml(invoices: readonly Invoice[]): string {
  const [only, another] = invoices
  if (only && !another) return frame(headOf(only), [articleOf(only, 'h1')])
  return frame('Invoices', ['<h1>Invoices</h1>', ...invoices.map((invoice) => articleOf(invoice, 'h2'))])
}

function headOf(invoice: Invoice): string {
  return `Invoice for ${titleOf(invoice)}`
}

function articleOf(invoice: Invoice, heading: 'h1' | 'h2'): string {
  const name = escapeHtml(headOf(invoice))
  return [
    '<article>',
    `<${heading}>${name}</${heading}>`,
    `<p>${escapeHtml(periodOf(invoice))}</p>`,
    `<div class="scroll" tabindex="0" role="region" aria-label="Lines of ${name}">`,
    '<table>',
    '<caption class="hidden">Lines</caption>',
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
