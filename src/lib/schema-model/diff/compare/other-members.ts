import {own, type JsonObject} from '../../json-object'
import type {Change, Verdict} from '../change'
import {isSafe, type Comparer} from './comparer'
import {otherPath} from '../../event-path'
import type {Alternative} from '../form/form'
import {nothingUnnamed} from './member-changes'
import {namePatterns, otherPlace, patternPlace} from '../form/members'
import type {Place} from '../form/side'

/** The members of an object that no schema names: by the patterns of their names, and all others. */
interface Others {
  patterns: ReadonlyMap<string, Place>
  rest: Place
}

/** Changes in the members that no schema names. */
export function compareOthers(comparer: Comparer, a: Alternative, b: Alternative, path: string): Change[] {
  const [before, after] = [othersOf(comparer, 'old', a), othersOf(comparer, 'next', b)]
  const rest = comparer.places(before.rest, after.rest, otherPath(path))
  if (before.patterns.size + after.patterns.size === 0) return rest
  if (isMixed(a.nodes) || isMixed(b.nodes)) return [...rest, undecided(path)]
  const matching = [...before.patterns].flatMap(([pattern, place]) => {
    const next = after.patterns.get(pattern)
    const at = otherPath(path, pattern)
    return next ? comparer.places(place, next, at) : [patternGone(comparer, {place, before, after}, at)]
  })
  const added = [...after.patterns].flatMap(([pattern, place]) =>
    before.patterns.has(pattern)
      ? []
      : [patternAdded(comparer, {place, before, after}, otherPath(path, pattern))],
  )
  return [...rest, ...matching, ...added]
}

function othersOf(comparer: Comparer, which: 'old' | 'next', {nodes}: Alternative): Others {
  const side = comparer[which]
  const patterns = [...namePatterns(nodes)].map((pattern): [string, Place] => [
    pattern,
    patternPlace(side, nodes, pattern),
  ])
  return {patterns: new Map(patterns), rest: otherPlace(side, nodes)}
}

/** Whether several schemas speak of unnamed members: what one leaves open another may close, name by name. */
function isMixed(nodes: readonly JsonObject[]): boolean {
  const speaking = nodes.filter(
    (node) => own(node, 'patternProperties') !== undefined || own(node, 'additionalProperties') !== undefined,
  )
  return speaking.length > 1
}

function undecided(path: string): Change {
  const message = 'members by pattern, in several schemas at once, are not compared'
  return {
    path: otherPath(path),
    kind: 'patternProperties',
    message,
    producers: 'may-break',
    consumers: 'may-break',
  }
}

interface PatternChange {
  place: Place
  before: Others
  after: Others
}

/** Names that match came under no rule of their own, or under other patterns. */
function patternAdded(comparer: Comparer, {place, before}: PatternChange, path: string): Change {
  const isWithin = (old: Place) => isSafe(comparer.places(old, place, path), 'producers')
  const areWithin = [...before.patterns.values()].every(isWithin)
  const isOpen = before.rest.nodes.length === 0 && !before.rest.isNever
  const isProvided = areWithin && isOpen && !isWithin(before.rest)
  const isKnown = isSafe(comparer.places(before.rest, place, path), 'consumers')
  return {
    path,
    kind: 'patternProperties',
    message: 'members whose names match have a schema of their own now',
    producers: verdict(areWithin && (isOpen || isWithin(before.rest))),
    consumers: verdict(isKnown),
    ...(isProvided ? {provided: nothingUnnamed} : {}),
  }
}

/** Names that match come under the rule of all others now, or under another pattern. */
function patternGone(comparer: Comparer, {place, after}: PatternChange, path: string): Change {
  const isKnown = (next: Place) => isSafe(comparer.places(place, next, path), 'consumers')
  return {
    path,
    kind: 'patternProperties',
    message: 'members whose names match have no schema of their own any more',
    producers: verdict(isSafe(comparer.places(place, after.rest, path), 'producers')),
    consumers: verdict(isKnown(after.rest) && [...after.patterns.values()].every(isKnown)),
  }
}

function verdict(isProven: boolean): Verdict {
  return isProven ? 'safe' : 'may-break'
}
