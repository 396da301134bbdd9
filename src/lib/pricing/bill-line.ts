import type {Decimal} from '../core/money'

/** What a line of a bill is for. */
export type LineKind = 'fee' | 'usage' | 'discount' | 'minimum' | 'cap' | 'credit'

/** One line of a bill. Its amount is rounded, and what is added up. */
export interface BillLine {
  kind: LineKind
  text: string
  /** Of a line for usage, and of a discount on it. */
  meter?: string
  /** The month that it belongs to, `2026-11`, and the stretch of it: milliseconds since 1970. */
  month: string
  from: number
  to: number
  /** What the meter measured. */
  units?: Decimal
  /** With the decimals of the currency; below zero where it is taken off. */
  amount: Decimal
  /** How the amount came about, so that it can be worked out again by hand. */
  reason: string
}
