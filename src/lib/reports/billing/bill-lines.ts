import {formatTime} from '../../core/time'
import type {AccountBill, UnpricedUsage} from '../../pricing/bill'
import type {BillLine} from '../../pricing/bill-line'
import {inOrder} from './bill-rows'
import type {BillRow} from './bill-rows'

/** A line of the bill, its number on the customer's invoice, and whose it is. */
export interface NumberedLine {
  number: number
  bill: AccountBill
  line: BillLine | UnpricedUsage
}

/**
 * The lines of every bill, customer by customer in the order of what they owe, numbered from 1 on for each customer. Usage for which nothing is
 * owed has a line too: it is shown, never billed as zero.
 */
export function linesOf(bills: readonly AccountBill[]): NumberedLine[] {
  const byCustomer = new Map<string, AccountBill[]>()
  for (const bill of inOrder(bills)) {
    byCustomer.set(bill.customerId, [...(byCustomer.get(bill.customerId) ?? []), bill])
  }
  return [...byCustomer.values()].flatMap((own) =>
    own.flatMap(linesOfBill).map((line, i) => ({...line, number: i + 1})),
  )
}

function linesOfBill(bill: AccountBill): Omit<NumberedLine, 'number'>[] {
  return [...bill.lines, ...bill.unpriced].map((line) => ({bill, line}))
}

/** The same as rows of the report. */
export function lineRows(lines: readonly NumberedLine[]): BillRow[] {
  return lines.map(({number, bill, line}): BillRow => {
    const {customerId, plan, currency, billable} = bill
    const {month, units} = line
    const row = {
      ...{customerId, plan, currency, month, line: BigInt(number)},
      ...{from: formatTime(line.from), to: formatTime(line.to)},
      ...(units !== undefined && {units}),
    }
    if (!('kind' in line)) return {...row, item: 'units', reason: billable ? noPrice : 'not billed'}
    const {text, meter, amount, reason} = line
    return {...row, item: text, amount, reason, ...(meter !== undefined && {meter})}
  })
}

/** The reason of a line for usage that has no price. */
export const noPrice = 'no price'
