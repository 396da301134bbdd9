import {bindingName, bindingTag} from '../../road/names'
import type {Road} from '../../road/road'
import type {ActualRoad, TagSet} from '../read/actual-road'
import type {Change, ResourceKind} from '../change'
import {ownedByStack} from './ownership'
import {tagsOf} from './tags-of'

/** What carries tags itself; a policy or a target is part of something that does. */
const carriesTags: ReadonlySet<ResourceKind> = new Set([
  ...(['bus', 'rule', 'stream', 'bucket', 'role', 'queue', 'workgroup', 'discoverer'] as const),
])

/**
 * The changes with the field `tags` on what lacks a tag of the binding or has another value of it; tags that others gave
 * stay. The tag of the binding decides what `unbind-target` deletes, so only what is known to be the binding's own make
 * gets it back, and the rest where `adopt` asks for that. What another binding made keeps that one's tags.
 */
export function withTagChanges(
  changes: readonly Change[],
  road: Road,
  actual: ActualRoad,
  adopt: boolean,
): Change[] {
  return changes.map((change) => {
    const tags = carriesTags.has(change.resource) ? tagsOf(change, road, actual.tags ?? {}) : undefined
    if (change.action === 'create' || !tags || isNobodys(change, tags)) return change
    const note = whyNotOurs(change, road, actual, tags[bindingTag], adopt)
    if (note !== undefined) return {...change, note}
    if (hasAll(tags, road.rule.tags)) return change
    return {...change, action: 'update', fields: [...(change.fields ?? []), 'tags']}
  })
}

/** CloudFormation looks after the tags of what it owns; the default bus is there in every account and never goes. */
function isNobodys({resource, name}: Change, tags: TagSet): boolean {
  return ownedByStack(tags) !== undefined || (resource === 'bus' && name === 'default')
}

/** Why the tags of a thing are not this binding's to give, or undefined where they are. `owner`: the binding that its tag names. */
function whyNotOurs(
  change: Change,
  road: Road,
  actual: ActualRoad,
  owner: string | undefined,
  adopt: boolean,
): string | undefined {
  if (owner === bindingName(road.settings)) return undefined
  if (owner === undefined) return adopt || isOurMake(change, road, actual) ? undefined : unmarked
  // No other binding has this rule or its role, whatever their tag says.
  const isOfOneRule = change.resource === 'rule' || change.name === road.targetRole.name
  return isOfOneRule ? undefined : `belongs to binding ${owner}`
}

const unmarked = 'without our tag: unbind-target leaves it (see --adopt)'

/**
 * Whether a thing without the tag can only have been made by a binding: roles have names that nobody else gives, and some
 * have, word for word, the description that they are made with and that nothing changes later.
 */
function isOurMake({resource}: Change, road: Road, {bus, rule, workgroup}: ActualRoad): boolean {
  switch (resource) {
    case 'role':
      return true
    case 'bus':
      return bus?.description === road.bus.description
    case 'rule':
      return !road.rule.describes && rule?.Description === road.rule.description
    case 'workgroup':
      return workgroup?.description === road.workgroup.description
    default:
      return false
  }
}

function hasAll(tags: TagSet, wanted: TagSet): boolean {
  return Object.entries(wanted).every(([key, value]) => tags[key] === value)
}
