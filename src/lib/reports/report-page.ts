import type {Row} from '../core/column'
import {groupDigits} from '../core/money'
import type {Fact, Page} from '../core/page'
import {placeText} from '../core/place-text'
import {plainTime} from '../core/time'
import {costText} from './scan-cost'
import {reportFoot, reportHead, userReportFoot, wordsOf} from './report-text'
import type {ReportResult} from './run-report'
import type {UserReportResult} from './run-user-report'

/** What stands around a report's rows: above and below a table, and on a page. Warnings are those of the run. */
export function aroundReport(
  result: ReportResult,
  warnings: readonly string[],
): {above: string; below: string; page: Page} {
  return {above: reportHead(result), below: reportFoot(result), page: reportPage(result, warnings)}
}

function reportPage(result: ReportResult, warnings: readonly string[]): Page {
  const {report, totals, totalsByCurrency = [], source} = result
  const sums = totalsByCurrency.length < 2 ? [] : totalsByCurrency.flatMap((sum) => totalFigures({...sum}))
  const figures = [...totalFigures(totals), ...sums]
  const count = (name: string, value: number | bigint): Fact => ({name, value: groupDigits(value)})
  return {
    title: titleOf(report),
    subtitle: `${rangeText(result)}${result.by === 'arrival' ? ' by arrival' : ''}\n${placeText(result.source)}`,
    figures,
    warnings,
    caption: titleOf(report),
    facts: [
      {name: 'complete until', value: plainTime(result.completeUntil)},
      count('copies left out', result.duplicateCount),
      count('of them in conflict', result.conflictCount),
      count('without eventId', result.unkeyedCount),
      count('tests', result.testCount),
      ...pricingFacts(source),
      ...sourceFacts(result),
    ],
  }
}

/** What stands around so many rows of a user's own query: below a table, and on a page. */
export function aroundUserReport(
  result: UserReportResult,
  warnings: readonly string[],
  count: number,
): {below: string; page: Page} {
  return {below: userReportFoot(result, count), page: userReportPage(result, warnings, count)}
}

function userReportPage(result: UserReportResult, warnings: readonly string[], count: number): Page {
  return {
    title: result.report === '-' ? 'A query' : result.report,
    subtitle: `${rangeText(result)}\n${placeText(result.source)}`,
    figures: [{name: 'rows', value: groupDigits(count)}],
    warnings,
    caption: 'Rows of the query',
    facts: [{name: 'complete until', value: plainTime(result.completeUntil)}, ...sourceFacts(result)],
  }
}

function titleOf(report: string): string {
  return `${report.slice(0, 1).toUpperCase()}${report.slice(1)}`
}

function rangeText({from, to}: {from: string; to: string}): string {
  return `${plainTime(from)} to ${plainTime(to)}`
}

/** A figure for each total; money with its currency, and several currencies apart. */
function totalFigures({currency, ...numbers}: Row): Fact[] {
  return Object.entries(numbers).map(([key, value]) => {
    const isMoney = currency !== undefined && ['amount', 'otherAmount', 'difference'].includes(key)
    const unit = isMoney ? ` ${String(currency)}` : key.endsWith('Percent') ? ' %' : ''
    return {name: wordsOf(key), value: `${groupDigits(String(value))}${unit}`}
  })
}

function pricingFacts({pricing, comparedWith}: ReportResult['source']): Fact[] {
  return [
    ...(pricing
      ? [
          {name: 'price plan', value: pricing.file},
          {name: 'rounding', value: `once a line, ${pricing.rounding}, to ${pricing.decimals} decimals`},
          {name: 'days and months of', value: pricing.timezone},
        ]
      : []),
    ...(comparedWith ? [{name: 'compared with', value: comparedWith.file}] : []),
  ]
}

function sourceFacts({
  scannedBytes,
  scanCost: cost,
  source,
}: Pick<UserReportResult, 'scannedBytes' | 'scanCost' | 'source'>): Fact[] {
  const {database, table, workgroup, queryExecutionId} = source
  return [
    {name: 'scanned', value: `${groupDigits(scannedBytes)} bytes`},
    ...(cost && cost.billedBytes > 0
      ? [{name: 'which costs about', value: costText(cost, source.region)}]
      : []),
    {name: 'database', value: database},
    {name: 'table', value: table},
    {name: 'workgroup', value: workgroup},
    {name: 'query', value: queryExecutionId},
  ]
}
