import type {Miss} from '../pattern/explain/explain'
import {explain} from '../pattern/explain/explain'
import type {Pattern} from '../pattern/pattern'
import {RuleSet} from '../pattern/rule-set'
import {OpError} from '../core/errors'
import type {TestedEvent} from './tested-event'

/** A pattern to hold events against; `rule` is the name of the rule that has it. */
export interface TestedPattern {
  rule: string | undefined
  pattern: Pattern
}

/** A clause that failed. `ways` says which of several ways to a match it belongs to, where there are several (`$or`). */
export type ReportedMiss = Miss & {ways?: number[]}

/** What a service said about an event, where it was asked. */
export type RemoteAnswer = {matched: boolean} | {refused: string}

export interface RuleResult {
  rule: string
  matched: boolean
  misses: ReportedMiss[]
  lost?: string
  remote?: RemoteAnswer
}

export interface EventResult {
  /** Where the event stood in the input. */
  position: string
  /** Whether the pattern, or one of the rules, matches. */
  matched: boolean
  /** Every clause that failed; with several rules, those of the nearest one. Empty where the event matched. */
  misses: ReportedMiss[]
  /** A sentence, where only a branch of `$or` matches that EventBridge has forgotten. */
  lost?: string
  /** One for each rule, where rules of a bus are tested. */
  rules?: RuleResult[]
  /** The service's answer for the one pattern. */
  remote?: RemoteAnswer
}

/** Asks a service whether an event, as JSON text, matches a pattern. */
export type AskService = (pattern: Pattern, eventText: string) => Promise<RemoteAnswer>

/** Holds events against patterns, one after the other; the patterns are compiled once. */
export class EventTester {
  readonly #rules: RuleSet<TestedPattern>

  constructor(
    private readonly patterns: readonly TestedPattern[],
    private readonly ask: AskService | undefined,
  ) {
    this.#rules = RuleSet.compile(patterns.map((key) => ({key, pattern: key.pattern})))
  }

  /** Throws `BAD_EVENT` (usage) with the event's place where it cannot be matched, and what asking the service throws. */
  async test(event: TestedEvent): Promise<EventResult> {
    const matching = new Set(this.#match(event))
    const results: RuleResult[] = []
    for (const tested of this.patterns) {
      const matched = matching.has(tested)
      const remote = await this.ask?.(tested.pattern, event.text)
      results.push({
        rule: tested.rule ?? '',
        matched,
        ...(matched ? {misses: []} : reasonsOf(tested.pattern, event.text)),
        ...(remote ? {remote} : {}),
      })
    }
    return toEventResult(event.position, results, this.patterns[0]?.rule === undefined)
  }

  #match({position, text}: TestedEvent): TestedPattern[] {
    try {
      return this.#rules.match(text)
    } catch (error) {
      if (!(error instanceof OpError)) throw error
      throw new OpError(error.kind, error.code, `At ${position}: ${error.message}`, {hint: error.hint})
    }
  }
}

function toEventResult(position: string, results: RuleResult[], isAlone: boolean): EventResult {
  const matched = results.some((result) => result.matched)
  const nearest = nearestOf(results)
  const remote = results[0]?.remote
  return {
    position,
    matched,
    misses: matched ? [] : (nearest?.misses ?? []),
    ...(matched || nearest?.lost === undefined ? {} : {lost: nearest.lost}),
    ...(isAlone ? (remote ? {remote} : {}) : {rules: results}),
  }
}

/** The rule with the fewest clauses to mend; the first of several. */
export function nearestOf(results: readonly RuleResult[]): RuleResult | undefined {
  return results.reduce<RuleResult | undefined>(
    (best, result) => (best === undefined || costOf(result) < costOf(best) ? result : best),
    undefined,
  )
}

/** How many clauses the shortest way to a match would have to mend; none where a branch is lost that matches. */
function costOf({misses, lost}: RuleResult): number {
  if (lost !== undefined) return 0
  const ways = new Map<number, number>()
  for (const miss of misses) for (const way of miss.ways ?? [1]) ways.set(way, (ways.get(way) ?? 0) + 1)
  return Math.min(...ways.values())
}

function reasonsOf(pattern: Pattern, eventText: string): Pick<RuleResult, 'misses' | 'lost'> {
  const {ways, lost} = explain(pattern, eventText)
  return {misses: missesOf(ways), ...(lost === undefined ? {} : {lost})}
}

/** The clauses of all ways to a match, each once, with the ways that it belongs to. */
function missesOf(ways: readonly Miss[][]): ReportedMiss[] {
  if (ways.length < 2) return ways[0] ?? []
  const found: (Miss & {ways: number[]})[] = []
  ways.forEach((way, index) => {
    for (const miss of way) {
      const known = found.find((other) => other.path === miss.path && other.why === miss.why)
      if (known) known.ways.push(index + 1)
      else found.push({...miss, ways: [index + 1]})
    }
  })
  return found
}

/** What the service was asked of an event: by rule where there are rules. */
export interface Verdict {
  rule?: string
  matched: boolean
  remote?: RemoteAnswer
}

/** The verdicts on an event of which the service says something else than this tool. */
export function differencesOf(result: EventResult): Verdict[] {
  const verdicts: readonly Verdict[] = result.rules ?? [result]
  return verdicts.filter(
    ({matched, remote}) => remote !== undefined && (!('matched' in remote) || remote.matched !== matched),
  )
}
