import {basename} from 'node:path'
import {OpError} from '../../core/errors'
import type {Row} from '../../core/column'
import type {Invoice, InvoiceLine} from '../../core/invoice'
import {dateAt} from '../../core/zone'
import type {PricePlan} from '../../pricing/price-plan'
import type {ReportResult} from '../run-report'
import {noPrice} from './bill-lines'
import {sumLike} from '../sum-like'

/** The `--json` answer of `--invoice`: that of the report, with the invoices in place of its rows. */
export type InvoiceResult = Omit<ReportResult, 'columns' | 'rows'> & {invoices: Invoice[]}

/**
 * The invoices in an answer of the bill by line: one for each customer that owes something or has used something. Throws CUSTOMER_ABSENT (absent) where
 * `customer` is named and has none.
 */
export function invoicesOf(
  result: ReportResult,
  pricePlan: PricePlan,
  customer: string | undefined,
): InvoiceResult {
  const {rows, ...answer} = withoutColumns(result)
  const byCustomer = new Map<string, InvoiceLine[]>()
  for (const row of rows) {
    const id = String(row['customerId'])
    byCustomer.set(id, [...(byCustomer.get(id) ?? []), toLine(row)])
  }
  if (customer !== undefined && byCustomer.size === 0) {
    throw customerAbsent(customer, result)
  }
  const invoices = [...byCustomer].map(([id, lines]) => toInvoice(id, lines, result, pricePlan))
  return {...answer, invoices}
}

/** CUSTOMER_ABSENT: there is no such customer in the range. */
export function customerAbsent(customer: string, {from, to}: {from: string; to: string}): OpError {
  return new OpError(
    'absent',
    'CUSTOMER_ABSENT',
    `There is nothing to invoice: customer "${customer}" owes nothing and has used nothing from ${from} to ${to}.`,
    {hint: 'usage-tracker report billing lists the customers of the range.'},
  )
}

function withoutColumns(result: ReportResult): Omit<ReportResult, 'columns'> {
  const answer: Omit<ReportResult, 'columns'> & {columns?: unknown} = {...result}
  delete answer.columns
  return answer
}

function toInvoice(
  customerId: string,
  lines: InvoiceLine[],
  {from, to, completeUntil}: Pick<ReportResult, 'from' | 'to' | 'completeUntil'>,
  {timezone, customers, file, rounding}: PricePlan,
): Invoice {
  const name = customers.get(customerId)?.name
  return {
    customerId,
    ...(name !== undefined && {name}),
    firstDay: dateAt(Date.parse(from), timezone),
    lastDay: dateAt(Date.parse(to) - 1, timezone),
    timezone,
    lines,
    totals: totalsOf(lines),
    hasUnpriced: lines.some(({amount, reason}) => amount === undefined && reason === noPrice),
    completeUntil,
    pricePlan: {file: basename(file), rounding},
  }
}

function totalsOf(lines: readonly InvoiceLine[]): Invoice['totals'] {
  const amounts = new Map<string, string[]>()
  for (const {currency, amount} of lines) {
    if (currency === undefined || amount === undefined) continue
    amounts.set(currency, [...(amounts.get(currency) ?? []), amount])
  }
  return [...amounts].map(([currency, all]) => ({currency, amount: sumLike(all[0] ?? '0', all)}))
}

function toLine(row: Row): InvoiceLine {
  const text = (key: string) => (row[key] === undefined ? undefined : String(row[key]))
  const optional = (key: 'meter' | 'units' | 'amount' | 'currency'): Partial<InvoiceLine> => {
    const value = text(key)
    return value === undefined ? {} : {[key]: value}
  }
  return {
    line: Number(row['line']),
    plan: text('plan') ?? '',
    month: text('month') ?? '',
    item: text('item') ?? '',
    ...optional('meter'),
    ...optional('units'),
    ...optional('amount'),
    ...(row['amount'] === undefined ? {} : optional('currency')),
    reason: text('reason') ?? '',
  }
}
