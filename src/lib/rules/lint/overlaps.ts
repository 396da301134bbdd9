import {parseExact} from '../../core/json'
import type {EventShape} from '../../pattern/solve/event-shape'
import {findEvent} from '../../pattern/solve/find-event'
import type {Finding} from './finding'
import type {ReadRule} from './read-rule'

/**
 * Targets that get one event more than once: two rules that send to the same one and that an event can match both, and a
 * rule that names a target twice. Every overlap comes with an event that shows it.
 */
export function findOverlaps(rules: readonly ReadRule[], shape: EventShape): Finding[] {
  const twice = rules.flatMap(repeatedTargets)
  const pairs = rules.flatMap((one, index) =>
    rules.slice(index + 1).flatMap((other) => overlapOf(one, other, shape)),
  )
  return [...twice, ...pairs]
}

function repeatedTargets({name, targetArns}: ReadRule): Finding[] {
  const repeated = new Set(targetArns.filter((arn, index) => targetArns.indexOf(arn) !== index))
  return [...repeated].map((target) => ({
    kind: 'overlap',
    severity: 'error',
    rules: [name],
    target,
    message: `The rule has ${target} as a target more than once, so every event that it matches is delivered there as often.`,
    hint: 'Remove all but one of these targets.',
  }))
}

function overlapOf(one: ReadRule, other: ReadRule, shape: EventShape): Finding[] {
  const shared = one.targetArns.filter((arn) => other.targetArns.includes(arn))
  if (shared.length === 0) return []
  const rules = [one.name, other.name]
  const found = findEvent([one.pattern, other.pattern], shape)
  if (found.kind === 'none') return []
  if (found.kind === 'unknown') {
    const message = 'Both send to one target, and it could not be decided whether an event can match both.'
    return [{kind: 'undecided', severity: 'warning', rules, message}]
  }
  const event = parseExact(found.eventText)
  return [...new Set(shared)].map((target) => ({
    kind: 'overlap',
    severity: 'error',
    rules,
    target,
    message: `An event can match both, and would then be delivered twice to ${target}.`,
    hint: 'Narrow one of the patterns with anything-but, or make one rule of the two.',
    event,
  }))
}
