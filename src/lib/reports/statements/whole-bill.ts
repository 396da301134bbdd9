import {OpError} from '../../core/errors'
import {billingFor} from '../billing'
import type {BillingOptions, BillingSplit} from '../billing/billing-options'
import {answerReport, askReport} from '../run-report'
import type {Asked, ReportAnswer, ReportDeps, ReportPlace} from '../run-report'

/** How a bill can be split, and the bill itself. */
export type Split = BillingSplit | 'bill'

/** A bill in several splits, all of the same events. */
export interface WholeBill {
  bySplit: ReadonlyMap<Split, ReportAnswer>
  asked: readonly Asked[]
}

/**
 * The bill in each of the splits, and as it is: one query for all but the days, which are measured by themselves. Throws LAKE_CHANGED (service) where the two
 * did not see the same events, and what `runReport` throws.
 */
export async function wholeBill(
  deps: ReportDeps,
  options: BillingOptions,
  place: ReportPlace,
  splits: readonly Split[],
): Promise<WholeBill> {
  const all = {...options, by: undefined, limit: undefined, sort: undefined}
  const asked = await askReport(deps, billingFor(all), all, place)
  const bySplit = new Map<Split, ReportAnswer>()
  const answer = (split: Split, of: Asked) => {
    const own = {...all, by: split === 'bill' ? undefined : split}
    bySplit.set(split, answerReport(of, billingFor(own), own, place))
  }
  answer('bill', asked)
  for (const split of splits.filter((one) => one === 'meter' || one === 'line')) answer(split, asked)
  if (!splits.includes('day')) return {bySplit, asked: [asked]}
  const byDay = {...all, by: 'day' as const}
  const askedByDay = await askReport(deps, billingFor(byDay), byDay, place)
  answer('day', askedByDay)
  refuseUnlessSame(bySplit)
  return {bySplit, asked: [asked, askedByDay]}
}

function refuseUnlessSame(bySplit: WholeBill['bySplit']): void {
  const [bill, byDay] = (['bill', 'day'] as const).map((split) => bySplit.get(split)?.result.totals)
  if (bill?.['calls'] === byDay?.['calls'] && bill?.['units'] === byDay?.['units']) return
  throw new OpError('service', 'LAKE_CHANGED', 'Events came into the lake while the bill was made.', {
    hint: 'Nothing was changed. Run the command again.',
  })
}
