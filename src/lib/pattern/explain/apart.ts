import {OpError} from '../../core/errors'
import type {EventFields} from '../match/event-fields'
import {holdInSameElements} from '../match/same-element'
import type {Clause} from './clauses'

/** Clauses that can all hold, but not within the same elements of an event's arrays. */
export interface Apart {
  /** `present`: values stand in different elements. `absent`: an element that the others settle on has the field. */
  kind: 'present' | 'absent'
  clauses: Clause[]
}

/** Up to so many clauses, with so many values, are tried without one after the other. */
const clauseLimit = 24
const leafLimit = 500

function isInArray(clause: Clause, fields: EventFields): boolean {
  return fields.of(clause.condition.field).some((leaf) => leaf.inside !== undefined)
}

/** Whether clauses hold together; undefined where that cannot be found out in reasonable time. */
function holdTogether(clauses: readonly Clause[], fields: EventFields): boolean | undefined {
  const conditions = clauses.map(({condition}) => condition)
  try {
    return holdInSameElements(
      conditions.sort((a, b) => (a.path < b.path ? -1 : 1)),
      fields,
    )
  } catch (error) {
    if (error instanceof OpError) return undefined
    throw error
  }
}

/** Leaves out clauses as long as the others do not hold together either. */
function shrink(clauses: readonly Clause[], fields: EventFields): Clause[] {
  const leafCount = clauses.reduce((sum, {condition}) => sum + fields.of(condition.field).length, 0)
  if (clauses.length > clauseLimit || leafCount > leafLimit) return [...clauses]
  let needed = [...clauses]
  for (const clause of clauses) {
    const others = needed.filter((other) => other !== clause)
    if (holdTogether(others, fields) === false) needed = others
  }
  return needed
}

/** Of clauses that can all hold, the few that ask for values which the event has only in different elements of arrays. */
export function presentApart(clauses: readonly Clause[], fields: EventFields): Apart | undefined {
  if (!fields.hasMembership) return undefined
  const present = clauses.filter((clause) => !clause.condition.absent && isInArray(clause, fields))
  if (holdTogether(present, fields) !== false) return undefined
  return {kind: 'present', clauses: shrink(present, fields)}
}

/** Why clauses that can all hold do not hold together, which matching has found out. */
export function findApart(clauses: readonly Clause[], fields: EventFields): Apart {
  const found = presentApart(clauses, fields)
  if (found !== undefined) return found
  const present = clauses.filter(({condition}) => !condition.absent)
  const absent = clauses.filter((clause) => clause.condition.absent && isInArray(clause, fields))
  const culprit = absent.find((clause) => holdTogether([...present, clause], fields) === false)
  if (culprit !== undefined) return {kind: 'absent', clauses: [culprit]}
  if (absent.length > 0) return {kind: 'absent', clauses: absent}
  return {kind: 'present', clauses: present.filter((clause) => isInArray(clause, fields))}
}
