import type {Chart} from '../../core/chart'
import type {Column} from '../../core/column'
import type {PricePlan} from '../../pricing/price-plan'
import type {ReportOptions} from '../define-report'
import type {Folding} from '../fold-rows'

/** What the rows of the bill are split by, beside customer and plan. */
export const billingSplits = ['meter', 'day', 'line'] as const
export type BillingSplit = (typeof billingSplits)[number]

export interface BillingOptions extends ReportOptions {
  /** Not given: nothing has a price. */
  pricePlan?: PricePlan | undefined
  by?: BillingSplit | undefined
  /** The bill of this customer alone, by its id or an alias. */
  customer?: string | undefined
  /** Where days begin without a price plan, which says it itself; UTC where it is not given. */
  timezone?: string | undefined
}

const columns = {
  customerId: {key: 'customerId', header: 'customer', type: 'text'},
  plan: {key: 'plan', header: 'plan', type: 'text'},
  meter: {key: 'meter', header: 'meter', type: 'text'},
  day: {key: 'day', header: 'day', type: 'text'},
  line: {key: 'line', header: 'line', type: 'integer'},
  month: {key: 'month', header: 'month', type: 'text'},
  item: {key: 'item', header: 'item', type: 'text'},
  calls: {key: 'calls', header: 'calls', type: 'integer'},
  units: {key: 'units', header: 'units', type: 'decimal'},
  amount: {key: 'amount', header: 'amount', type: 'money'},
  currency: {key: 'currency', header: 'currency', type: 'text'},
  reason: {key: 'reason', header: 'reason', type: 'text'},
  adjusts: {key: 'adjusts', header: 'adjusts', type: 'text'},
} as const satisfies Record<string, Column>

/** Columns of the bill. By meter and by line there are no calls: a call can count in several. */
export function billingColumns(by: BillingSplit | undefined): Column[] {
  const {customerId, plan, calls, units, amount, currency} = columns
  switch (by) {
    case undefined:
      return [customerId, plan, calls, units, amount, currency]
    case 'meter':
      return [customerId, plan, columns.meter, units, amount, currency]
    case 'day':
      return [customerId, plan, columns.day, calls, units, amount, currency]
    case 'line':
      return [
        ...[customerId, columns.line, plan, columns.month, columns.item],
        ...[units, amount, currency, columns.reason],
      ]
  }
}

/** The same with the month that a row adjusts. */
export function adjustedColumns(by: BillingSplit | undefined): Column[] {
  return [...billingColumns(by), columns.adjusts]
}

/** How rows of the bill beyond a limit become one for each currency. */
export function billFolding(by: BillingSplit | undefined): Folding {
  const split = by === 'line' ? ['item'] : by === undefined ? [] : [by]
  return {
    names: ['customerId', 'plan', ...split],
    sums: {
      ...((by === undefined || by === 'day') && {calls: 'count'}),
      ...{units: 'quantity', amount: 'money'},
    },
    apart: 'currency',
  }
}

/** How the bill is drawn. Amounts of several currencies stand apart; where nothing has a price only units are drawn. */
export function billingCharts(by: BillingSplit | undefined): Chart[] {
  const money = {values: ['amount'], rest: 'sum', apartBy: 'currency'} as const
  const owed: Chart = {kind: 'bars', title: 'Amount by customer', names: ['customerId'], ...money}
  const units = {values: ['units'], rest: 'sum'} as const
  switch (by) {
    case undefined:
      return [owed, {kind: 'bars', title: 'Units by customer', names: ['customerId'], ...units}]
    case 'meter':
      return [owed, {kind: 'bars', title: 'Amount by meter', names: ['meter'], ...money}]
    case 'day':
      return [
        {kind: 'days', title: 'Amount by day', day: 'day', value: 'amount', apartBy: 'currency'},
        {kind: 'days', title: 'Calls by day', day: 'day', value: 'calls'},
        owed,
      ]
    case 'line':
      return [owed, {kind: 'bars', title: 'Amount by item', names: ['item'], ...money}]
  }
}
