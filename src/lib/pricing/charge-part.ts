import {
  addDecimals,
  compareDecimals,
  groupDigits,
  maxDecimal,
  minDecimal,
  multiplyDecimals,
  normalDecimal,
  roundDecimal,
  shareOfDecimal,
  subtractDecimals,
} from '../core/money'
import type {Decimal} from '../core/money'
import {readingsOf} from './accounts'
import type {BillLine} from './bill-line'
import {shareOfMonth} from './parts'
import type {Part} from './parts'
import {isLevel} from './price-plan'
import type {Charge, Discount, Plan, PricePlan} from './price-plan'
import {priceUnits, scaled} from './price-units'
import type {Share} from './price-units'
import {combineReadings} from './readings'

/** The lines of one part: its charges, then the discounts that come off them. Each is rounded once. */
export function chargePart(pricePlan: PricePlan, plan: Plan, part: Part): BillLine[] {
  const charges = part.charges.flatMap((charge) => chargeLine(pricePlan, plan, part, charge))
  const lines = [...charges]
  for (const discount of part.discounts) {
    lines.push(...discountLine(pricePlan, plan, part, discount, lines))
  }
  return lines
}

type LineOf<K extends Charge['kind']> = Extract<Charge, {kind: K}>

function chargeLine(pricePlan: PricePlan, plan: Plan, part: Part, charge: Charge): BillLine[] {
  return charge.kind === 'fee'
    ? feeLine(pricePlan, plan, part, charge)
    : usageLine(pricePlan, plan, part, charge)
}

function feeLine(pricePlan: PricePlan, plan: Plan, part: Part, charge: LineOf<'fee'>): BillLine[] {
  const share = shareOfMonth(part, pricePlan.proration)
  if (share.part === 0) return []
  const amount = shareOfDecimal(charge.amount, share, plan.decimals, pricePlan.rounding)
  const reason = `${charge.amount} a month${daysWords(share)}`
  return [{...span(part), kind: 'fee', text: charge.name, amount, reason}]
}

function usageLine(pricePlan: PricePlan, plan: Plan, part: Part, charge: LineOf<'usage'>): BillLine[] {
  const meter = pricePlan.meters.get(charge.meter)
  if (!meter) return []
  const {rounding} = pricePlan
  const units = combineReadings(meter.aggregate, readingsOf(part.usage, meter))
  const share = shareOfMonth(part, pricePlan.proration)
  // A level is priced as if it lasted the month, and owed for the days that it did; a flow is priced against bounds of those days.
  const bounds = isLevel(meter) ? wholeMonth : share
  const owed = isLevel(meter) ? share : wholeMonth
  const {billed, words} = lessIncluded(units, scaled(charge.included, bounds, rounding))
  const priced = priceUnits(charge.price, billed, bounds, rounding)
  const amount = shareOfDecimal(priced.amount, owed, plan.decimals, rounding)
  if (compareDecimals(units, 0n) === 0 && compareDecimals(amount, 0n) === 0) return []
  const isScaled = compareDecimals(charge.included, 0n) > 0 || 'tiers' in charge.price
  const scale = isScaled && bounds.part !== bounds.whole ? `, bounds${daysWords(bounds)}` : ''
  const reason = `${words}${priced.reason}${daysWords(owed)}${scale}`
  return [{...span(part), kind: 'usage', text: charge.name, meter: charge.meter, units, amount, reason}]
}

const wholeMonth: Share = {part: 1, whole: 1}

/** Units beyond the included ones; units below zero have none to take away. */
function lessIncluded(units: Decimal, included: Decimal): {billed: Decimal; words: string} {
  if (compareDecimals(included, 0n) === 0) return {billed: units, words: ''}
  const billed = minDecimal(units, maxDecimal('0', subtractDecimals(units, included)))
  return {billed, words: `${groupDigits(units)} less ${groupDigits(included)} included: `}
}

/** A percentage of the lines before it, or an amount of the month, which takes off no more than there is. */
function discountLine(
  pricePlan: PricePlan,
  plan: Plan,
  part: Part,
  discount: Discount,
  lines: readonly BillLine[],
): BillLine[] {
  const {meter} = discount
  const of = lines.filter((line) => meter === undefined || line.meter === meter)
  const sum = addDecimals(of.map(({amount}) => amount))
  const {off, words} = takenOff(pricePlan, plan, part, discount, sum)
  if (compareDecimals(off, 0n) === 0) return []
  const amount = roundDecimal(subtractDecimals('0', off), plan.decimals, pricePlan.rounding)
  const reason = `${discount.reason}: ${words}`
  const ofMeter = meter === undefined ? {} : {meter}
  return [{...span(part), kind: 'discount', text: 'Discount', ...ofMeter, amount, reason}]
}

function takenOff(
  {proration, rounding}: PricePlan,
  {decimals}: Plan,
  part: Part,
  discount: Discount,
  sum: Decimal,
): {off: Decimal; words: string} {
  if (discount.percent !== undefined) {
    const hundredth = multiplyDecimals(discount.percent, '0.01')
    const off = roundDecimal(multiplyDecimals(sum, hundredth), decimals, rounding)
    return {off, words: `${discount.percent} % of ${groupDigits(normalDecimal(sum))}`}
  }
  const share = shareOfMonth(part, proration)
  const monthly = discount.amount ?? '0'
  const most = shareOfDecimal(monthly, share, decimals, rounding)
  return {
    off: minDecimal(most, maxDecimal('0', sum)),
    words: `${monthly} a month${daysWords(share)}, at most ${groupDigits(normalDecimal(sum))}`,
  }
}

function span({from, to, month}: Part): Pick<BillLine, 'from' | 'to' | 'month'> {
  return {from, to, month}
}

/** ` for 15 of 30 days`; nothing for a whole month. */
export function daysWords({part, whole}: Share): string {
  return part === whole ? '' : ` for ${part} of ${whole} days`
}
