import {Flags} from '@oclif/core'
import {OpError} from '../../core/errors'
import {parseMonth} from '../../core/time'
import type {TimeRange} from '../../core/time'
import {dateAt} from '../../core/zone'
import type {PricePlan} from '../../pricing/price-plan'
import {badZone, reportFlags, reportOptions} from '../report-flags'
import type {GivenFlags} from '../report-flags'
import {adjustedColumns, billingSplits} from './billing-options'
import type {BillingSplit} from './billing-options'
import type {BillRequest} from './month-bill'

const narrowing = ['service', 'feature', 'where', 'customer'] as const
const oneBill = [
  ...['by', 'sort', 'limit', 'invoice', 'compare', 'include-test', 'as-of', 'from', 'to', 'explain', 'chart'],
  ...narrowing,
]

/** Flags of the bill. */
export const billingFlags = {
  ...reportFlags,
  prices: Flags.string({
    summary: 'price plan [default: pricePlan of the configuration file]',
    helpValue: 'FILE',
  }),
  by: Flags.string({
    summary: 'split each row by what is measured, by day, or into the lines of its invoice',
    options: billingSplits,
  }),
  invoice: Flags.string({
    summary: 'the invoice of a customer, or of every one: Markdown, or --format html or json',
    helpValue: 'CUSTOMER|all',
    exclusive: ['by', 'sort', 'limit', 'compare', 'customer', 'chart'],
  }),
  output: Flags.string({
    char: 'o',
    summary: 'folder for the invoices, one file each',
    helpValue: 'DIR',
    dependsOn: ['invoice'],
    exclusive: ['drill'],
  }),
  drill: Flags.integer({
    summary: 'the events of this line of the invoice',
    helpValue: 'LINE',
    min: 1,
    dependsOn: ['invoice'],
  }),
  compare: Flags.string({
    summary: 'another price plan: what it would bill, beside this one',
    helpValue: 'FILE',
    exclusive: ['by', 'sort', 'limit'],
  }),
  strict: Flags.boolean({summary: 'exit code 9 when usage has no price'}),
  close: Flags.boolean({
    summary: 'close the month: write its statement, once and for all',
    dependsOn: ['month'],
    exclusive: oneBill,
  }),
  'dry-run': Flags.boolean({
    summary: 'show what --close would write and change nothing',
    dependsOn: ['close'],
  }),
  yes: Flags.boolean({char: 'y', summary: 'close without asking', dependsOn: ['close']}),
}

interface BillFlags extends GivenFlags {
  prices?: string | undefined
  by?: string | undefined
  invoice?: string | undefined
  drill?: number | undefined
}

/**
 * The bill that the flags ask for. A customer is one by all of its names, so it is sought among the bills and not in the query. Throws what `reportOptions`
 * throws, and BAD_ZONE (usage) where the price plan says another time zone.
 */
export function billRequest(
  flags: BillFlags,
  now: number,
  {pricePlan, other}: {pricePlan: PricePlan | undefined; other: PricePlan | undefined},
): BillRequest {
  const {customer, invoice, ...rest} = flags
  const zone = pricePlan?.timezone ?? flags.timezone
  if (zone !== (flags.timezone ?? zone)) {
    throw badZone(`Days and months of the bill are those of the price plan: ${zone}.`)
  }
  const by = flags.by as BillingSplit | undefined
  const options = reportOptions({...rest, timezone: zone}, now, adjustedColumns(by))
  return {
    options: {
      ...options,
      ...{pricePlan, by, timezone: zone},
      customer: customer ?? (invoice === 'all' ? undefined : invoice),
    },
    month: flags.month === undefined ? undefined : dateAt(options.from, zone ?? 'UTC').slice(0, 7),
    arePricesGiven: flags.prices !== undefined,
    narrowedBy: narrowing.filter((name) => flags[name] !== undefined),
    ...{drill: flags.drill, other},
  }
}

/** The month that is to be closed, and the prices that it is closed with. Throws BAD_TIME and NO_PRICES (usage). */
export function monthToClose(
  month: string,
  now: number,
  pricePlan: PricePlan | undefined,
): {month: string; range: TimeRange; pricePlan: PricePlan} {
  if (!pricePlan) {
    throw new OpError('usage', 'NO_PRICES', 'There is no price plan, so the month cannot be billed.', {
      hint: 'Name one with --prices, or as pricePlan in usage-tracker.yaml. docs/examples/prices.yaml is one.',
    })
  }
  const range = parseMonth(month, now, pricePlan.timezone)
  return {month: dateAt(range.from, pricePlan.timezone).slice(0, 7), range, pricePlan}
}
