import type {Decimal, Rounding} from '../core/money'
import type {Aggregate} from './price-plan'

// The content of a price file. Every scalar is text, so that no number passes through a double.

export interface DatesEntry {
  from?: string
  to?: string
}

export interface TierEntry {
  upTo?: Decimal
  pricePerUnit?: Decimal
  flatFee?: Decimal
}

export const priceModels = ['flat', 'per-unit', 'graduated', 'volume', 'package'] as const
export type PriceModel = (typeof priceModels)[number]

export interface ChargeEntry extends DatesEntry {
  name?: string
  meter?: string
  model?: PriceModel
  amount?: Decimal
  pricePerUnit?: Decimal
  included?: Decimal
  tiers?: TierEntry[]
  packageSize?: Decimal
  pricePerPackage?: Decimal
}

export interface DiscountEntry extends DatesEntry {
  reason: string
  percent?: Decimal
  amount?: Decimal
  meter?: string
}

export interface PlanEntry {
  currency?: string
  pricePerUnit?: Decimal
  prices?: ChargeEntry[]
  minimum?: Decimal
  cap?: Decimal
  discounts?: DiscountEntry[]
}

export interface MeterEntry {
  aggregate: Aggregate
  field?: string
  where?: string | string[]
}

export interface CreditEntry {
  date: string
  amount: Decimal
  currency?: string
  reason: string
}

export interface CustomerEntry extends DatesEntry {
  name?: string
  aliases?: string[]
  plan?: string
  plans?: (DatesEntry & {plan: string})[]
  billable?: 'true' | 'false'
  discounts?: DiscountEntry[]
  credits?: CreditEntry[]
}

export interface PriceFile {
  currency: string
  decimals?: string
  rounding?: Rounding
  timezone?: string
  proration?: 'days' | 'none'
  meters?: Record<string, MeterEntry>
  plans: Record<string, PlanEntry>
  default?: PlanEntry
  customers?: Record<string, CustomerEntry>
}

const decimal = {
  type: 'string',
  pattern: '^\\d{1,18}(\\.\\d{1,18})?$',
  description: 'a decimal number such as "0.0004"',
}
const aboveZero = {
  type: 'string',
  pattern: '^(?=.*[1-9])\\d{1,18}(\\.\\d{1,9})?$',
  description: 'a decimal number above zero, with up to nine decimals',
}
const quantity = {
  type: 'string',
  pattern: '^\\d{1,18}(\\.\\d{1,9})?$',
  description: 'a quantity: a decimal number with up to nine decimals',
}
const percent = {
  type: 'string',
  pattern: '^(100(\\.0{1,9})?|\\d{1,2}(\\.\\d{1,9})?)$',
  description: 'a percentage from 0 to 100, without a sign',
}
const date = {
  type: 'string',
  pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
  description: 'a date such as 2026-11-01',
}
const text = {type: 'string', minLength: 1, description: 'a text that is not empty'}
const currency = {type: 'string', pattern: '^[A-Z]{3}$', description: 'three capital letters such as EUR'}
const dates = {from: date, to: date}

function object(properties: object, required: readonly string[] = []): object {
  return {type: 'object', required, additionalProperties: false, properties}
}

function list(items: object): object {
  return {type: 'array', items}
}

const charge = object({
  name: text,
  meter: text,
  model: {enum: priceModels},
  amount: decimal,
  pricePerUnit: decimal,
  included: quantity,
  tiers: {...list(object({upTo: aboveZero, pricePerUnit: decimal, flatFee: decimal})), minItems: 1},
  packageSize: aboveZero,
  pricePerPackage: decimal,
  ...dates,
})
const discount = object({reason: text, percent, amount: decimal, meter: text, ...dates}, ['reason'])
const plan = object({
  currency,
  pricePerUnit: decimal,
  prices: {...list(charge), minItems: 1},
  minimum: decimal,
  cap: decimal,
  discounts: list(discount),
})
const meter = object(
  {
    aggregate: {enum: ['count', 'sum', 'max', 'unique', 'latest']},
    field: text,
    where: {type: ['string', 'array'], items: text},
  },
  ['aggregate'],
)
const credit = object({date, amount: decimal, currency, reason: text}, ['date', 'amount', 'reason'])
const customer = object({
  name: text,
  aliases: list(text),
  plan: text,
  plans: {...list(object({plan: text, ...dates}, ['plan'])), minItems: 1},
  billable: {enum: ['true', 'false']},
  discounts: list(discount),
  credits: list(credit),
  ...dates,
})

/** JSON Schema of a price file. What one key asks of another is checked in `to-price-plan.ts`. */
export const priceFileSchema = object(
  {
    currency,
    decimals: {type: 'string', pattern: '^[0-9]$', description: 'a digit from 0 to 9'},
    rounding: {enum: ['half-up', 'half-even']},
    timezone: text,
    proration: {enum: ['days', 'none']},
    meters: {
      type: 'object',
      additionalProperties: meter,
      propertyNames: {
        pattern: '^[A-Za-z][A-Za-z0-9_.-]{0,63}$',
        description: 'a letter and then up to 63 letters, digits, dots, hyphens and underscores',
      },
    },
    plans: {type: 'object', additionalProperties: plan},
    default: plan,
    customers: {type: 'object', additionalProperties: customer},
  },
  ['currency', 'plans'],
)
