import {parseExact} from '../../core/json'
import {describeLost} from '../branches/describe-lost'
import type {EventFields} from '../match/event-fields'
import type {Pattern} from '../pattern'
import {RuleSet} from '../rule-set'
import type {Apart} from './apart'
import {clausesOf, readFields} from './clauses'
import type {Clause, Clauses} from './clauses'
import {describeApart} from './describe-apart'
import {describeMiss} from './describe-miss'
import {Effort} from './effort'
import {readEventTree} from './event-tree'
import type {EventNode} from './event-tree'
import type {Miss} from './miss'
import {nearestValue} from './nearest-value'
import {collectSeen, shownSeen} from './seen-values'
import type {SeenValues} from './seen-values'
import {EventPaths} from './similar-field'
import {findWays} from './ways'
import type {Way} from './ways'

export type {Miss} from './miss'

/** Whether an event matches a pattern and, if not, what would have to change. */
export interface Explanation {
  matched: boolean
  /**
   * Every entry is one way to make the event match, with all its misses; there are several only with `$or`. A way that asks
   * for all that another one does and more is left out. The shortest comes first. Empty when matched.
   */
  ways: Miss[][]
  /** A sentence, where only a branch matches that EventBridge has forgotten. */
  lost?: string
}

/** The pattern's words for what it wants. */
function wantedOf(source: string): unknown {
  try {
    return parseExact(source)
  } catch {
    return JSON.parse(source)
  }
}

class Explainer {
  readonly #event: EventNode
  readonly #seen: SeenValues[]
  readonly #paths: EventPaths
  readonly #effort = new Effort()
  /** By the number of the path. */
  readonly #shown: ({seen?: unknown} | undefined)[] = []
  /** By the number of the clause. */
  readonly #misses: (Miss | undefined)[] = []

  constructor(
    {paths}: Clauses,
    readonly fields: EventFields,
    eventText: string,
  ) {
    this.#event = readEventTree(eventText)
    this.#seen = collectSeen(this.#event, paths)
    this.#paths = new EventPaths(this.#event)
  }

  explain({failed, apart}: Way): Miss[] {
    const misses = failed.map((clause) => this.#miss(clause))
    return apart === undefined ? misses : [...misses, ...this.#missesOf(apart)]
  }

  #missesOf(apart: Apart): Miss[] {
    const description = describeApart(apart, this.#event)
    return apart.clauses.map((clause) => ({...this.#base(clause), ...description}))
  }

  #miss(clause: Clause): Miss {
    return (this.#misses[clause.condition.id] ??= this.#newMiss(clause))
  }

  #base({source, condition: {field}}: Clause): Pick<Miss, 'path' | 'wanted' | 'seen'> {
    const seen = this.#seen[field]
    const shown = (this.#shown[field] ??= seen === undefined ? {} : shownSeen(seen))
    return {path: source.path, wanted: wantedOf(source.source), ...shown}
  }

  #newMiss(clause: Clause): Miss {
    const {source, condition} = clause
    const leaves = this.fields.of(condition.field)
    const seen = this.#seen[condition.field] ?? {values: [], isArray: false, isInArray: false}
    const nearest = nearestValue(condition, source.alternatives, leaves, this.#effort)
    return {
      ...this.#base(clause),
      ...(nearest !== undefined && {nearest: nearest.value}),
      ...describeMiss({source, seen, leaves, nearest, paths: this.#paths}),
    }
  }
}

/** What to say of the first lost branch that matches an event. */
function lostOf({text, lost}: Pattern, eventText: string): string | undefined {
  const rules = lost.map((key) => ({key, pattern: {text, branches: [key.branch], lost: []}}))
  const [match] = rules.length === 0 ? [] : RuleSet.compile(rules).match(eventText)
  return match && `A branch of the pattern matches, but ${describeLost(match)}.`
}

/**
 * Says why an event does not match a pattern: for each way to make it match, every clause that fails, with the value seen
 * and the nearest one that would have done. Branches that are lost are no way; `lost` names one that would match. `eventText` is the event's JSON text. `matched` is what `RuleSet.match` says.
 * Throws `BAD_EVENT` as it does.
 */
export function explain(pattern: Pattern, eventText: string): Explanation {
  const matched = RuleSet.compile([{key: 0, pattern}]).match(eventText).length > 0
  if (matched) return {matched, ways: []}
  const clauses = clausesOf(pattern)
  const fields = readFields(clauses, eventText)
  const explainer = new Explainer(clauses, fields, eventText)
  const lost = lostOf(pattern, eventText)
  return {
    matched,
    ways: findWays(clauses, fields).map((way) => explainer.explain(way)),
    ...(lost === undefined ? {} : {lost}),
  }
}
