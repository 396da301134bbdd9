import {compareDecimals, minorUnits} from '../core/money'
import {isTimeZone} from '../core/zone'
import {checkDates, isDate, noMeter} from './file-checks'
import type {FileMeters} from './file-checks'
import type {CustomerEntry, DiscountEntry, PlanEntry} from './price-file'
import type {Path, PriceFileText} from './price-file-text'
import {builtInMeters} from './price-plan'
import type {Credit, Customer, Discount, Plan, PricePlan} from './price-plan'
import {toCharge} from './to-charge'
import {toMeter} from './to-meter'

/** The price plan of a file's content. Throws BAD_PRICES and BAD_CURRENCY (usage) where its parts do not go together. */
export function toPricePlan(text: PriceFileText, name: string): PricePlan {
  const {content, wrong} = text
  const units = minorUnits(content.currency)
  if (content.timezone !== undefined && !isTimeZone(content.timezone)) {
    throw wrong(['timezone'], 'must be the name of a time zone, such as Europe/Berlin.')
  }
  const own = Object.entries(content.meters ?? {}).map(([meter, entry]) => toMeter(text, meter, entry))
  const meters = new Map([...builtInMeters, ...own].map((meter) => [meter.name, meter]))
  const file: FileMeters = {...text, meters}
  const plans = new Map(
    Object.entries(content.plans).map(([plan, entry]) => [plan, toPlan(file, ['plans', plan], plan, entry)]),
  )
  const customers = Object.entries(content.customers ?? {}).map(([id, entry]) => toCustomer(file, id, entry))
  return {
    file: name,
    text: text.source,
    currency: content.currency,
    decimals: content.decimals === undefined ? units : Number(content.decimals),
    rounding: content.rounding ?? 'half-up',
    timezone: content.timezone ?? 'UTC',
    proration: content.proration ?? 'days',
    meters,
    plans,
    defaultPlan: content.default && toPlan(file, ['default'], 'default', content.default),
    customers: new Map(customers.map((customer) => [customer.id, customer])),
    aliases: aliasesOf(file, customers),
  }
}

function toPlan(file: FileMeters, path: Path, name: string, entry: PlanEntry): Plan {
  const {content, wrong} = file
  if ((entry.pricePerUnit === undefined) === (entry.prices === undefined)) {
    throw wrong(path, 'has either "pricePerUnit" or "prices".')
  }
  const charges = entry.prices?.map((charge, i) => toCharge(file, [...path, 'prices', i], charge)) ?? [
    toCharge(file, path, {meter: 'units', pricePerUnit: entry.pricePerUnit ?? '0'}),
  ]
  if (
    entry.minimum !== undefined &&
    entry.cap !== undefined &&
    compareDecimals(entry.cap, entry.minimum) < 0
  ) {
    throw wrong([...path, 'cap'], 'is less than the minimum.')
  }
  const currency = entry.currency ?? content.currency
  return {
    name,
    currency,
    decimals: content.decimals === undefined ? minorUnits(currency) : Number(content.decimals),
    charges,
    discounts: toDiscounts(file, [...path, 'discounts'], entry.discounts),
    minimum: entry.minimum,
    cap: entry.cap,
  }
}

function toDiscounts(file: FileMeters, path: Path, entries: readonly DiscountEntry[] = []): Discount[] {
  return entries.map((entry, i) => {
    const place = [...path, i]
    if ((entry.percent === undefined) === (entry.amount === undefined)) {
      throw file.wrong(place, 'has either "percent" or "amount".')
    }
    if (entry.meter !== undefined && !file.meters.has(entry.meter)) throw noMeter(file, [...place, 'meter'])
    return {...entry, ...checkDates(file, place, entry)}
  })
}

function toCustomer(file: FileMeters, id: string, entry: CustomerEntry): Customer {
  const path = ['customers', id]
  return {
    id,
    name: entry.name,
    aliases: entry.aliases ?? [],
    billable: entry.billable !== 'false',
    plans: plansOf(file, path, entry),
    discounts: toDiscounts(file, [...path, 'discounts'], entry.discounts),
    credits: (entry.credits ?? []).map((credit, i): Credit => {
      if (!isDate(credit.date))
        throw file.wrong([...path, 'credits', i, 'date'], 'is a date that does not exist.')
      const currency = credit.currency ?? file.content.currency
      minorUnits(currency)
      return {...credit, currency}
    }),
  }
}

/** Plans in the order of their dates. One that says no end ends where the next begins. */
function plansOf(file: FileMeters, path: Path, entry: CustomerEntry): Customer['plans'] {
  const {plan, plans, from, to} = entry
  if (plan !== undefined && plans !== undefined) throw file.wrong(path, 'has either "plan" or "plans".')
  if (plan === undefined && (from !== undefined || to !== undefined)) {
    throw file.wrong(path, 'has dates without "plan"; in "plans" each plan has its own.')
  }
  const given =
    plan === undefined
      ? (plans ?? []).map((dated, i) => ({...dated, path: [...path, 'plans', i]}))
      : [{plan, from, to, path}]
  if (given.length === 0) return undefined
  for (const dated of given) {
    checkDates(file, dated.path, dated)
    if (!Object.hasOwn(file.content.plans, dated.plan)) {
      throw file.wrong([...dated.path, 'plan'], `names no plan: "${dated.plan}" is not one of plans.`)
    }
  }
  const ordered = [...given].sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1))
  return ordered.map(({plan: name, from: begin, to: end, path: place}, i) => {
    const next = ordered[i + 1]?.from
    if (ordered[i + 1] && (next === begin || next === undefined || (end !== undefined && next < end))) {
      throw file.wrong(place, 'overlaps with another plan of the customer.')
    }
    return {plan: name, from: begin, to: end ?? next}
  })
}

function aliasesOf({wrong}: FileMeters, customers: readonly Customer[]): Map<string, string> {
  const ids = new Set(customers.map(({id}) => id))
  const aliases = new Map<string, string>()
  for (const {id, aliases: own} of customers) {
    own.forEach((alias, i) => {
      if (ids.has(alias) || aliases.has(alias)) {
        throw wrong(['customers', id, 'aliases', i], `"${alias}" stands for another customer already.`)
      }
      aliases.set(alias, id)
    })
  }
  return aliases
}
