import {stringifyExact} from '../core/json'
import type {EventResult, RemoteAnswer, ReportedMiss} from './test-events'
import {differencesOf, nearestOf} from './test-events'
import type {TestResult} from './run-test'

/** A value of an event or pattern in a line of text is cut here; `--json` has all of it. */
const valueLength = 120

function valueText(value: unknown): string {
  const text = stringifyExact(value)
  return text.length > valueLength ? `${text.slice(0, valueLength - 1)}…` : text
}

/** One event's result for a person: a line, and under it every clause that failed. They hold what the event holds: clean them. */
export function eventLines(result: EventResult): string[] {
  const lines = [`${result.position}: ${verdictText(result)}`]
  if (result.lost !== undefined) lines.push(`  ${result.lost}`, '  Try: usage-tracker pattern lint')
  if (!result.matched) lines.push(...missLines(result.misses))
  lines.push(...differenceLines(result))
  return lines
}

function verdictText({matched, rules}: EventResult): string {
  if (rules === undefined) return matched ? 'matches' : 'does not match'
  if (matched) {
    const names = rules.filter((rule) => rule.matched).map(({rule}) => rule)
    return `matches ${names.join(', ')}`
  }
  if (rules.length === 1) return `does not match ${rules[0]?.rule ?? ''}`
  return `matches none of ${rules.length} rules; the nearest is ${nearestOf(rules)?.rule ?? ''}`
}

/** More ways to a match than this are only counted. */
const shownWays = 5

/** The failed clauses: those that have to be mended in any case, then the ways of which one is enough. */
function missLines(misses: readonly ReportedMiss[]): string[] {
  const ways = [...new Set(misses.flatMap((miss) => miss.ways ?? []))].sort((a, b) => a - b)
  if (ways.length < 2) return misses.flatMap((miss) => oneMiss(miss, '  '))
  const isCommon = (miss: ReportedMiss) => miss.ways?.length === ways.length
  const common = misses.filter(isCommon)
  const left = ways.length - shownWays
  return [
    ...common.flatMap((miss) => oneMiss(miss, '  ')),
    common.length > 0 ? '  and one of these:' : '  One of these would be enough:',
    ...ways
      .slice(0, shownWays)
      .flatMap((way, index) =>
        misses
          .filter((miss) => !isCommon(miss) && miss.ways?.includes(way))
          .flatMap((miss, place) => oneMiss(miss, '     ', place === 0 ? `  ${index + 1}. ` : undefined)),
      ),
    ...(left > 0 ? [`  and ${left} more (--json has them all).`] : []),
  ]
}

function oneMiss(miss: ReportedMiss, indent: string, first = indent): string[] {
  const lines = [`${first}${miss.why}`]
  return 'nearest' in miss ? [...lines, `${indent}  would match: ${valueText(miss.nearest)}`] : lines
}

function differenceLines(result: EventResult): string[] {
  return differencesOf(result).map(({rule, remote}) => {
    const name = rule === undefined ? '' : ` on ${rule}`
    return `  EventBridge differs${name}: ${remoteText(remote)}`
  })
}

function remoteText(remote: RemoteAnswer | undefined): string {
  if (remote === undefined) return 'it was not asked'
  if ('refused' in remote) return `it refuses the question: ${remote.refused}`
  return remote.matched ? 'it says that the event matches' : 'it says that the event does not match'
}

/** The last line: how many matched, and by rule where there are several. */
export function summaryText(result: TestResult): string {
  const {matchedCount, missedCount, differenceCount, results} = result
  const lines = [`${matchedCount} of ${matchedCount + missedCount} events matched.`]
  const rules = results[0]?.rules ?? []
  if (rules.length > 1) {
    const counts = rules.map(
      ({rule}, index) => `${rule} ${results.filter((event) => event.rules?.[index]?.matched).length}`,
    )
    lines.push(`By rule: ${counts.join(', ')}.`)
  }
  if (differenceCount !== undefined) {
    lines.push(
      differenceCount === 0
        ? 'EventBridge says the same of all of them.'
        : `EventBridge says something else ${differenceCount === 1 ? 'once' : `${differenceCount} times`}.`,
    )
  }
  return lines.join(' ')
}
