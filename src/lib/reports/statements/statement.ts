import type {Row} from '../../core/column'
import {OpError} from '../../core/errors'
import {parseExact} from '../../core/json'
import {layout} from '../../road/layout'
import type {BillingSplit} from '../billing/billing-options'
import type {CurrencyTotal} from '../define-report'
import type {StatementMark} from '../run-report'

/** What a statement keeps, each in an object of its own. */
export const statementFiles = {
  'bill.json': 'application/json',
  'by-meter.json': 'application/json',
  'by-day.json': 'application/json',
  'by-line.json': 'application/json',
  'invoices.json': 'application/json',
  'queries.sql': 'text/plain; charset=utf-8',
  'prices.yaml': 'text/plain; charset=utf-8',
} as const

export type StatementFile = keyof typeof statementFiles

/**
 * What a closed month was billed: `statements/2026-11.json`. The month is closed from the moment on in which this object is there; it is written once and
 * names all else.
 */
export interface Statement {
  version: 1
  month: string
  /** Start and end of the month in the time zone of its price plan, ISO-8601. */
  from: string
  to: string
  timezone: string
  closedAt: string
  /** Up to which time of arrival events are in it. */
  completeUntil: string
  pricePlan: {file: string; sha256: string}
  /** Closed months whose bills it adjusts. */
  adjusts: string[]
  totals: Row
  totalsByCurrency?: CurrencyTotal[]
  files: Record<StatementFile, {key: string; sha256: string; sizeBytes: number}>
}

/** The key of a month's statement. */
export function statementKey(month: string): string {
  return `${layout.statementsFolder}${month}.json`
}

/** The month of a statement's key; undefined for another key. */
export function monthOfKey(key: string): string | undefined {
  const name = key.startsWith(layout.statementsFolder) ? key.slice(layout.statementsFolder.length) : ''
  return /^(\d{4}-\d{2})\.json$/.exec(name)?.[1]
}

/** The file in which the bill stands that is split so. */
export function fileOfSplit(by: BillingSplit | undefined): StatementFile {
  return by === undefined ? 'bill.json' : `by-${by}.json`
}

/** How answers name the statement. */
export function markOf({month, closedAt, pricePlan}: Statement): StatementMark {
  return {month, closedAt, pricesSha256: pricePlan.sha256}
}

/** `2026-12` comes after `2026-11`. */
export function monthAfter(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 7)
}

/** Throws STATEMENT_UNREADABLE (usage) where the text is none of this version. */
export function parseStatement(text: string, address: string): Statement {
  try {
    const statement = parseExact(text) as Statement
    if (statement.version === 1) return statement
  } catch {
    // Said below.
  }
  throw new OpError(
    'usage',
    'STATEMENT_UNREADABLE',
    `${address} is not a statement that this version reads.`,
    {
      hint: 'A newer usage-tracker may have written it: install that one.',
    },
  )
}
