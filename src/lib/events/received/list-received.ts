import type {Pattern} from '../../pattern/pattern'
import {RuleSet} from '../../pattern/rule-set'
import type {ContractCheck, ReceivedRow, ReceivedText} from './received-row'
import {toReceivedRow} from './received-row'

export interface ReceivedQuestion {
  /** Only what no rule took. */
  unmatched: boolean
  /** Only what has something wrong with it. */
  invalid: boolean
  /** Each must be matched by at least one event that was accepted. */
  expected: readonly Pattern[]
  contract: ContractCheck
  /** The last rows that are listed; all where it is missing. */
  limit?: number | undefined
}

export interface ReceivedList {
  /** How many came in, those that are no longer kept included. */
  receivedCount: number
  /** Of what is kept. */
  keptCount: number
  unmatchedCount: number
  invalidCount: number
  /** Rows that `limit` left out. */
  omittedCount: number
  /** The expectations, in the order in which they were given. */
  expected: {pattern: string; matchedCount: number}[]
  events: ReceivedRow[]
}

/** Whether the list shows what nobody wants: rows that were asked for as faults, or an expectation without an event. */
export function isUnwelcome(list: ReceivedList, {invalid, unmatched}: ReceivedQuestion): boolean {
  if (list.expected.some(({matchedCount}) => matchedCount === 0)) return true
  return (invalid && list.invalidCount > 0) || (unmatched && list.unmatchedCount > 0)
}

/** Lists what came in, the oldest first. Pages come as the endpoint hands them out. */
export async function listReceived(
  pages: AsyncIterable<{totalCount: number; events: readonly ReceivedText[]}>,
  question: ReceivedQuestion,
): Promise<ReceivedList> {
  const rules = RuleSet.compile(question.expected.map((pattern, key) => ({key, pattern})))
  const expected = question.expected.map(({text}) => ({pattern: text, matchedCount: 0}))
  const list: ReceivedList = {
    ...{receivedCount: 0, keptCount: 0, unmatchedCount: 0, invalidCount: 0, omittedCount: 0},
    expected,
    events: [],
  }
  for await (const {totalCount, events} of pages) {
    list.receivedCount = totalCount
    for (const received of events) {
      const row = toReceivedRow(received, question.contract)
      if (row.fate !== 'refused' && row.fate !== 'dropped')
        countExpected(expected, rules.match(received.text))
      count(list, row)
      if (isListed(row, question)) list.events.push(row)
    }
  }
  list.omittedCount = Math.max(0, list.events.length - (question.limit ?? Infinity))
  list.events.splice(0, list.omittedCount)
  return list
}

function countExpected(expected: ReceivedList['expected'], matched: readonly number[]): void {
  for (const index of matched) {
    const one = expected[index]
    if (one) one.matchedCount += 1
  }
}

function isUnmatched({fate}: ReceivedRow): boolean {
  return fate === 'unmatched' || fate === 'dropped'
}

function count(list: ReceivedList, row: ReceivedRow): void {
  list.keptCount += 1
  if (isUnmatched(row)) list.unmatchedCount += 1
  if (row.problems.length > 0) list.invalidCount += 1
}

/** Both flags together ask for what has either fault. */
function isListed(row: ReceivedRow, {invalid, unmatched}: ReceivedQuestion): boolean {
  if (!invalid && !unmatched) return true
  return (invalid && row.problems.length > 0) || (unmatched && isUnmatched(row))
}
