import type {Row} from '../core/column'
import {groupDigits} from '../core/money'
import {placeText} from '../core/place-text'
import {costSentence} from './scan-cost'
import type {ReportResult} from './run-report'
import type {UserReportResult} from './run-user-report'

/** What stands above a report's table: what it covers, and where it was read. */
export function reportHead(result: ReportResult): string {
  const {database, workgroup} = result.source
  return [
    `${result.report}, ${result.from} to ${result.to} (UTC${result.by === 'arrival' ? ', by arrival' : ''})`,
    ...(result.statement
      ? [`statement of ${result.statement.month}, closed ${result.statement.closedAt}`]
      : result.asOf === undefined
        ? []
        : [`as known on ${result.asOf}`]),
    ...(result.conditions ? [`events with ${result.conditions.join(' and ')}`] : []),
    placeText(result.source),
    `database ${database}, workgroup ${workgroup}`,
  ].join('\n')
}

/** What stands below it: totals, what was counted once or not at all, and how complete the lake is. */
export function reportFoot(result: ReportResult): string {
  const {pricing} = result.source
  return [
    `Total: ${totalsText(result.totals)}`,
    ...currencyLines(result),
    ...(pricing
      ? [`Each line is rounded once, ${pricing.rounding}, to ${pricing.decimals} decimals (${pricing.file})`]
      : []),
    `Copies left out ${groupDigits(result.duplicateCount)} (in conflict ${groupDigits(result.conflictCount)}), ` +
      `without eventId ${groupDigits(result.unkeyedCount)}, tests ${groupDigits(result.testCount)}`,
    ...scanLines(result),
  ].join('\n')
}

function scanLines(
  result: Pick<UserReportResult, 'completeUntil' | 'scannedBytes' | 'scanCost' | 'source'>,
): string[] {
  const cost = costSentence(result, result.source)
  return [
    `Complete until ${result.completeUntil}, scanned ${groupDigits(result.scannedBytes)} bytes`,
    ...(cost === undefined ? [] : [cost]),
  ]
}

/** The same of a user's own query, with so many rows. */
export function userReportFoot(result: UserReportResult, count: number): string {
  return [count === 1 ? '1 row' : `${groupDigits(count)} rows`, ...scanLines(result)].join('\n')
}

/** A line for each currency where there are several, so that no single total says it. */
function currencyLines({totalsByCurrency = []}: ReportResult): string[] {
  return totalsByCurrency.length < 2 ? [] : totalsByCurrency.map((sum) => `  ${totalsText({...sum})}`)
}

function totalsText(totals: Row): string {
  const {currency, ...numbers} = totals
  return Object.entries(numbers)
    .map(([key, value]) => {
      const unit =
        ['amount', 'otherAmount', 'difference'].includes(key) && currency !== undefined
          ? ` ${String(currency)}`
          : ''
      return `${wordsOf(key)} ${groupDigits(String(value))}${unit}`
    })
    .join(', ')
}

/** `unpricedUnits` is `unpriced units`. */
export function wordsOf(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
