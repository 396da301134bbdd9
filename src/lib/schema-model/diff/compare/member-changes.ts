import {verdictOf, type Change, type Verdict} from '../change'
import type {Comparer} from './comparer'
import {memberPath} from '../../event-path'
import type {Place} from '../form/side'

/** What a schema says of one member of an object. */
export interface Member {
  /** What may stand under its name. */
  place: Place
  /** Whether the schema names it as a property. */
  isDeclared: boolean
  isRequired: boolean
}

/** The same member by the old and by the new schema. */
export interface MemberPair {
  name: string
  before: Member
  after: Member
}

/** What holds for events that say what their schema names and nothing else. */
export const nothingUnnamed = 'no producer has sent a member of this name before'

/** Changes in one member of an object, and below it. */
export function compareMember(comparer: Comparer, pair: MemberPair, parent: string): Change[] {
  const {before, after} = pair
  const path = memberPath(parent, pair.name)
  if (!before.isDeclared && after.isDeclared && !before.isRequired) return added(comparer, pair, path)
  if (before.isDeclared && !after.isDeclared) return removed(comparer, pair, path)
  return [...requiredChanges(pair, path), ...comparer.places(before.place, after.place, path)]
}

function requiredChanges({before, after}: MemberPair, path: string): Change[] {
  if (before.isRequired === after.isRequired) return []
  return [
    {
      path,
      kind: 'required',
      message: after.isRequired ? 'became required' : 'is no longer required',
      producers: verdictOf(!after.isRequired),
      consumers: verdictOf(!before.isRequired),
    },
  ]
}

function isFree({nodes, isNever}: Place): boolean {
  return nodes.length === 0 && !isNever
}

/** A member that the old schema did not name: it may have forbidden it, left it open, or said what members of any name are. */
function added(comparer: Comparer, {before, after}: MemberPair, path: string): Change[] {
  const change = {path, kind: 'added', message: `was added, ${after.isRequired ? 'required' : 'optional'}`}
  const producers = verdictOf(!after.isRequired)
  if (before.place.isNever) return [{...change, producers, consumers: verdictOf(after.place.isNever)}]
  if (!isFree(before.place)) {
    return [{...change, producers, consumers: 'safe'}, ...comparer.places(before.place, after.place, path)]
  }
  if (after.isRequired || isFree(after.place)) return [{...change, producers, consumers: 'safe'}]
  return [{...change, producers, consumers: 'safe', provided: nothingUnnamed}]
}

/** A member that the new schema does not name any more. A consumer that used it finds it no longer, or finds anything there. */
function removed(comparer: Comparer, {before, after}: MemberPair, path: string): Change[] {
  const change = {
    path,
    kind: 'removed',
    message: after.place.isNever ? 'was removed and is forbidden' : 'was removed',
  }
  const consumers: Verdict = before.isRequired ? 'breaking' : 'may-break'
  if (after.place.isNever) return [{...change, producers: verdictOf(before.place.isNever), consumers}]
  const below = isFree(after.place) ? [] : comparer.places(before.place, after.place, path)
  return [{...change, producers: verdictOf(before.isRequired || !after.isRequired), consumers}, ...below]
}
