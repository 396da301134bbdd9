import type {EventFields} from '../match/event-fields'
import {findApart, presentApart} from './apart'
import type {Apart} from './apart'
import {canHold} from './clauses'
import type {Clause, Clauses} from './clauses'

/** What would have to change for one branch of a pattern to match. */
export interface Way {
  /** Clauses that fail, in the pattern's order. */
  failed: Clause[]
  /** Clauses of the branch that can hold. */
  held: Clause[]
  /** Those of `held` that do not hold together, where that was found out. */
  apart: Apart | undefined
}

/** For so many ways it is found out whether the clauses that hold also hold together. */
const apartLimit = 20

function idsOf({failed, apart}: Way): number[] {
  return [...failed, ...(apart?.clauses ?? [])].map(({condition}) => condition.id)
}

/** Without those that contain all that another one does; those with the fewest clauses first. */
function minimal(ways: readonly Way[], clauseCount: number): Way[] {
  const known = new Map<string, {way: Way; ids: number[]}>()
  for (const way of ways) {
    const ids = idsOf(way).sort((a, b) => a - b)
    const key = ids.join()
    if (!known.has(key)) known.set(key, {way, ids})
  }
  const sorted = [...known.values()].sort((a, b) => a.ids.length - b.ids.length)
  const kept: {way: Way; ids: number[]}[] = []
  const markedBy = new Int32Array(clauseCount).fill(-1)
  for (const [index, entry] of sorted.entries()) {
    for (const id of entry.ids) markedBy[id] = index
    if (!kept.some(({ids}) => ids.every((id) => markedBy[id] === index))) kept.push(entry)
  }
  return kept.map(({way}) => way)
}

/**
 * The ways to make an event match that does not match any branch: for each branch the clauses that would have to change,
 * without branches that ask for all that another one does and more. The shortest way comes first.
 */
export function findWays({clauses, branches}: Clauses, fields: EventFields): Way[] {
  const holds = clauses.map((clause) => canHold(clause, fields))
  const isHeld = ({condition}: Clause): boolean => holds[condition.id] === true
  const all = branches.map((branch): Way => {
    const held = branch.filter(isHeld)
    const failed = branch.filter((clause) => !isHeld(clause))
    return {failed, held, apart: failed.length === 0 ? findApart(held, fields) : undefined}
  })
  const ways = minimal(all, clauses.length)
  for (const way of ways.slice(0, apartLimit)) way.apart ??= presentApart(way.held, fields)
  return minimal(ways, clauses.length)
}
