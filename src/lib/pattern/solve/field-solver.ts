import type {Budget} from './budget'
import {Demand} from './demand'
import type {EventShape, FieldShape} from './event-shape'
import {placeOf} from './field-place'
import {findValue} from './find-value'
import type {FieldCondition} from '../pattern'
import type {ValueSearchResult} from './find-value'

/** What a field must be for all its conditions to hold. */
export type FieldSolution =
  {kind: 'value'; json: string} | {kind: 'absent'} | {kind: 'none'; reason: string} | {kind: 'unknown'}

/** Longer conditions are cut when they are quoted. */
const quotedLength = 80

/** A part of a pattern as it is written, in one line, for a message. */
export function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > quotedLength ? `${line.slice(0, quotedLength)}…` : line
}

function isOnlyAbsent({alternatives}: FieldCondition): boolean {
  return alternatives.every((test) => test.kind === 'exists' && !test.value)
}

/** Finds values for the fields of events of one shape; the same question is answered once. */
export class FieldSolver {
  readonly #demands = new Map<FieldCondition, Demand>()
  readonly #ids = new Map<string, number>()
  readonly #solutions = new Map<string, FieldSolution>()

  constructor(
    readonly shape: EventShape,
    readonly budget: Budget,
  ) {}

  /** A number that conditions share when they ask the same of the same field. */
  idOf({path, source}: FieldCondition): number {
    const key = `${JSON.stringify(path)}${source}`
    const id = this.#ids.get(key) ?? this.#ids.size
    this.#ids.set(key, id)
    return id
  }

  /** What a field must be for all `conditions` to hold; there is at least one, and all are of the same field. */
  solve(conditions: readonly FieldCondition[]): FieldSolution {
    const byId = new Map(conditions.map((condition) => [this.idOf(condition), condition]))
    const key = [...byId.keys()].sort((a, b) => a - b).join()
    const known = this.#solutions.get(key)
    if (known !== undefined) return known
    const solution = this.#find([...byId.values()])
    this.#solutions.set(key, solution)
    return solution
  }

  /** A value for a field of which nothing is asked but its shape. */
  anyValue(field: FieldShape): ValueSearchResult {
    if (field.example !== undefined) return {kind: 'value', json: field.example}
    return field.kind === 'list' ? {kind: 'value', json: '[]'} : findValue([], field, this.budget)
  }

  demandOf(condition: FieldCondition): Demand {
    const demand = this.#demands.get(condition) ?? new Demand(condition)
    this.#demands.set(condition, demand)
    return demand
  }

  #find(conditions: readonly FieldCondition[]): FieldSolution {
    const path = conditions[0]?.path ?? ''
    const place = placeOf(this.shape, path)
    const demands = conditions.map((condition) => this.demandOf(condition))
    const mayBeAbsent = demands.every((demand) => demand.absent)
    if (place.kind === 'missing') {
      return mayBeAbsent ? {kind: 'absent'} : {kind: 'none', reason: place.reason}
    }
    const {field, alwaysThere} = place
    if (field.kind === 'list' && alwaysThere && mayBeAbsent) return {kind: 'value', json: '[]'}
    if (mayBeAbsent && (!alwaysThere || field.kind === 'object')) return {kind: 'absent'}
    const result = field.kind === 'list' ? this.#list(demands, field) : findValue(demands, field, this.budget)
    if (result.kind !== 'none') return result
    return {kind: 'none', reason: this.#reason(conditions, field, alwaysThere)}
  }

  /** Every demand may be met by an element of its own. */
  #list(demands: readonly Demand[], field: FieldShape): ValueSearchResult {
    const elements = new Set<string>()
    let unknown = false
    for (const demand of demands) {
      const result = findValue([demand], field, this.budget)
      if (result.kind === 'none') return result
      if (result.kind === 'value') elements.add(result.json)
      unknown ||= result.kind === 'unknown'
    }
    return unknown ? {kind: 'unknown'} : {kind: 'value', json: `[${[...elements].join()}]`}
  }

  #reason(conditions: readonly FieldCondition[], field: FieldShape, alwaysThere: boolean): string {
    const path = conditions[0]?.path ?? ''
    const alone =
      conditions.length === 1
        ? conditions[0]
        : conditions.find((condition) => this.solve([condition]).kind === 'none')
    if (alone === undefined) {
      const quoted = conditions.map(({source}) => quote(source))
      const together = quoted.length === 2 ? 'both' : 'all of'
      return `No value of ${path} matches ${together} ${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1) ?? ''}.`
    }
    if (alwaysThere && isOnlyAbsent(alone)) return `Every event has ${path}.`
    if (field.kind === 'any') return `No value matches ${quote(alone.source)}.`
    return `${path} is ${field.words}, which ${quote(alone.source)} never matches.`
  }
}
