import type {Column} from '../../core/column'
import type {PricePlan} from '../../pricing/price-plan'
import type {ReportOptions} from '../define-report'

/** What the rows of the bill are split by, beside customer and plan. */
export const billingSplits = ['meter', 'day'] as const
export type BillingSplit = (typeof billingSplits)[number]

export interface BillingOptions extends ReportOptions {
  /** Not given: nothing has a price. */
  pricePlan?: PricePlan | undefined
  by?: BillingSplit | undefined
}

/** Columns of the bill. By meter there are no calls: a call can count in several meters. */
export function billingColumns(by: BillingSplit | undefined): Column[] {
  return [
    {key: 'customerId', header: 'customer', type: 'text'},
    {key: 'plan', header: 'plan', type: 'text'},
    ...(by === 'meter' ? [{key: 'meter', header: 'meter', type: 'text'} as const] : []),
    ...(by === 'day' ? [{key: 'day', header: 'day', type: 'text'} as const] : []),
    ...(by === 'meter' ? [] : [{key: 'calls', header: 'calls', type: 'integer'} as const]),
    {key: 'units', header: 'units', type: 'decimal'},
    {key: 'amount', header: 'amount', type: 'money'},
    {key: 'currency', header: 'currency', type: 'text'},
  ]
}
