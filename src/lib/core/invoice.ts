import type {Decimal} from './money'

/** One line of an invoice. Quantities and amounts are exact texts. */
export interface InvoiceLine {
  /** Its number on the invoice, from 1 on. */
  line: number
  plan: string
  /** `2026-11`. */
  month: string
  /** What it is for. */
  item: string
  meter?: string
  units?: Decimal
  /** Missing where the usage has no price. */
  amount?: Decimal
  currency?: string
  /** How the amount came about. */
  reason: string
}

/** What one customer owes for a range. */
export interface Invoice {
  customerId: string
  name?: string
  /** First and last day, in the time zone. */
  firstDay: string
  lastDay: string
  timezone: string
  lines: InvoiceLine[]
  /** One for each currency; none where nothing of it has a price. */
  totals: {currency: string; amount: Decimal}[]
  /** Whether some of the usage has no price: then this is not all that will be owed. */
  hasUnpriced: boolean
  /** Up to which time of arrival every event is in it, ISO-8601. */
  completeUntil: string
  pricePlan: {file: string; rounding: string}
}
