import type {EventShape} from './event-shape'
import {findEvent} from './find-event'
import {piecesOf} from './piece'
import type {Branch, FieldCondition, LostBranch, Pattern} from '../pattern'
import {RuleSet} from '../rule-set'

/** More combinations of alternatives are not tried. */
const combinationLimit = 64

/** A branch's fields with one alternative each, in all combinations up to the limit; the last alternatives come first. */
function combinations(branch: Branch): Branch[] {
  let made = [new Map<string, FieldCondition>()]
  for (const condition of branch.values()) {
    const pieces = piecesOf(condition).reverse()
    made = pieces
      .flatMap((piece) => made.map((one) => new Map(one).set(condition.path, piece.condition)))
      .slice(0, combinationLimit)
  }
  return made
}

/**
 * JSON text of an event that a lost branch matches and the rest of its pattern does not, which the matcher has confirmed;
 * undefined where none was found.
 */
export function findMissed(
  {text, branches}: Pattern,
  {branch}: LostBranch,
  shape: EventShape,
): string | undefined {
  const rest = branches.filter((other) => other !== branch)
  const rules = RuleSet.compile([{key: 0, pattern: {text, branches: rest, lost: []}}])
  for (const combination of combinations(branch)) {
    const found = findEvent([{text, branches: [combination], lost: []}], shape)
    if (found.kind === 'event' && rules.match(found.eventText).length === 0) return found.eventText
  }
  return undefined
}
