import {OpError} from '../../core/errors'
import {parsePattern, PatternError} from '../../pattern/parse-pattern'
import type {Pattern} from '../../pattern/pattern'
import {checkPatternLength} from '../../pattern/read-pattern'
import type {EventShape} from '../../pattern/solve/event-shape'
import {findEvent} from '../../pattern/solve/find-event'
import {idleParts} from '../../pattern/solve/idle-parts'
import type {Finding} from './finding'
import {findLost} from './lost-branches'

export interface LintedPattern {
  /** Undefined where the pattern is not valid. */
  pattern: Pattern | undefined
  findings: Finding[]
}

/**
 * Looks at one pattern by itself: whether EventBridge would take it, whether an event can match it, and whether all of its
 * parts do something. `names` is the rule's or the file's name, where it has one. `shapeOf` says what the events that the
 * pattern is about look like.
 */
export function lintPattern(
  names: string[],
  text: string,
  shapeOf: (pattern: Pattern) => EventShape,
): LintedPattern {
  const invalid = (error: OpError): Finding => ({
    kind: 'invalid',
    severity: 'error',
    rules: names,
    ...placeOf(error),
    message: error.message,
    ...(error.hint === undefined ? {} : {hint: error.hint}),
  })
  try {
    const pattern = parsePattern(text)
    const findings = reach(names, pattern, shapeOf(pattern))
    try {
      checkPatternLength(text)
    } catch (error) {
      if (!(error instanceof OpError)) throw error
      findings.unshift(invalid(error))
    }
    return {pattern, findings}
  } catch (error) {
    if (!(error instanceof OpError)) throw error
    return {pattern: undefined, findings: [invalid(error)]}
  }
}

function placeOf(error: OpError): Pick<Finding, 'path' | 'line' | 'column'> {
  if (!(error instanceof PatternError)) return {}
  const {path, line, column} = error
  return path === '' ? {line, column} : {path, line, column}
}

/** What the pattern as a whole, and each of its parts, can match. */
function reach(rules: string[], pattern: Pattern, shape: EventShape): Finding[] {
  const found = findEvent([pattern], shape)
  if (found.kind === 'none') {
    const conflicts = found.conflicts.map(({path, reason}): Finding => ({
      kind: 'dead',
      severity: 'error',
      rules,
      ...(path === '' ? {} : {path}),
      ...positionOf(pattern, path),
      message: `No event can match it. ${reason}`,
    }))
    return [...conflicts, ...findLost(rules, pattern, shape)]
  }
  const idle = idleParts(pattern, shape).map(({kind, path, reason, position}): Finding => ({
    kind,
    severity: 'warning',
    rules,
    path,
    ...position,
    message: reason,
  }))
  return [...idle, ...findLost(rules, pattern, shape)]
}

function positionOf(pattern: Pattern, path: string): Pick<Finding, 'line' | 'column'> {
  for (const branch of pattern.branches) {
    const condition = branch.get(path)
    if (condition) return condition.position
  }
  return {}
}
