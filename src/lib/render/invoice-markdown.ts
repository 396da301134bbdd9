import type {Column} from '../core/column'
import type {Invoice} from '../core/invoice'
import {groupDigits} from '../core/money'
import {escapeMarkdown, toMarkdown} from './markdown'

const columns: Column[] = [
  {key: 'line', header: '#', type: 'integer'},
  {key: 'month', header: 'month', type: 'text'},
  {key: 'plan', header: 'plan', type: 'text'},
  {key: 'item', header: 'item', type: 'text'},
  {key: 'units', header: 'units', type: 'decimal'},
  {key: 'amount', header: 'amount', type: 'money'},
  {key: 'currency', header: 'currency', type: 'text'},
  {key: 'reason', header: 'how it came about', type: 'text'},
]

/** An invoice in Markdown. What a name or an id would mean as markup is escaped. */
export function invoiceMarkdown(invoice: Invoice): string {
  const rows = invoice.lines.map(({line, month, plan, item, units, amount, currency, reason}) => ({
    ...{line, month, plan, item, reason},
    ...(units !== undefined && {units: groupDigits(units)}),
    ...(amount !== undefined && {amount: groupDigits(amount)}),
    ...(currency !== undefined && {currency}),
  }))
  return [
    `# Invoice for ${escapeMarkdown(titleOf(invoice))}`,
    periodOf(invoice),
    ...(rows.length === 0 ? [] : [toMarkdown(columns, rows).trimEnd()]),
    ...invoice.totals.map(
      ({currency, amount}) => `**Total: ${groupDigits(amount)} ${escapeMarkdown(currency)}**`,
    ),
    ...(invoice.hasUnpriced ? [unpricedNote] : []),
    `${escapeMarkdown(footOf(invoice))}\n`,
  ].join('\n\n')
}

/** The customer's name and id. */
export function titleOf({name, customerId}: Invoice): string {
  return name === undefined ? customerId : `${name} (${customerId})`
}

/** The first and the last day. */
export function periodOf({firstDay, lastDay, timezone}: Invoice): string {
  return `${firstDay} to ${lastDay} (${timezone})`
}

export const unpricedNote = 'Some of the usage has no price yet. It is not in the total.'

/** How the amounts were made. */
export function footOf({pricePlan, completeUntil}: Invoice): string {
  return `Each line is rounded once, ${pricePlan.rounding}; the total is their sum. Complete until ${completeUntil}. Prices of ${pricePlan.file}.`
}
