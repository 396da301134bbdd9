import {compileCondition, holdsFor} from '../match/condition'
import type {Condition} from '../match/condition'
import {EventFields} from '../match/event-fields'
import {buildPathTree} from '../match/path-tree'
import {scanEvent} from '../match/scan-event'
import type {FieldCondition, Pattern} from '../pattern'

/** One clause of a pattern: what it asks, as it is written and made ready for matching. */
export interface Clause {
  source: FieldCondition
  /** Its `id` is the clause's place in the list, its `field` that of its path. */
  condition: Condition
}

/** The clauses of a pattern, each once however many branches share it. */
export interface Clauses {
  clauses: Clause[]
  paths: string[]
  /** The branches of the pattern, in its order. */
  branches: Clause[][]
}

/** Takes a pattern apart into its clauses. */
export function clausesOf(pattern: Pattern): Clauses {
  const clauses: Clause[] = []
  const paths = new Map<string, number>()
  const known = new Map<FieldCondition, Clause>()
  const written = new Map<string, Clause>()
  const toClause = (source: FieldCondition): Clause => {
    const key = `${JSON.stringify(source.path)}${source.source}`
    const same = written.get(key)
    if (same !== undefined) return same
    const field = paths.get(source.path) ?? paths.size
    paths.set(source.path, field)
    const clause = {source, condition: compileCondition(source, clauses.length, field)}
    clauses.push(clause)
    written.set(key, clause)
    return clause
  }
  const branches = pattern.branches.map((branch) =>
    [...branch.values()].map((source) => {
      const clause = known.get(source) ?? toClause(source)
      known.set(source, clause)
      return clause
    }),
  )
  return {clauses, paths: [...paths.keys()], branches}
}

/** The scalars that an event has at the paths of clauses. Throws `BAD_EVENT`. */
export function readFields({paths}: Clauses, eventText: string): EventFields {
  const fields = new EventFields(paths.map(() => false))
  scanEvent(eventText, buildPathTree(paths), fields)
  return fields
}

/**
 * Whether a clause can hold, no regard being paid to which element of an array a value stands in: one that is content with
 * an absent field can, as long as the field stands only in elements of arrays, of which one may be without it.
 */
export function canHold({condition}: Clause, fields: EventFields): boolean {
  const leaves = fields.of(condition.field)
  return (
    (condition.absent && leaves.every((leaf) => leaf.inside !== undefined)) ||
    leaves.some((leaf) => holdsFor(condition, leaf))
  )
}
