import type {Road} from '../../road/road'
import type {RoadTags, TagSet} from '../read/actual-road'
import type {Change, ResourceKind} from '../change'
import {ownedByStack} from './ownership'

/**
 * The changes with those taken back that touch what CloudFormation owns: such a thing is kept, with the fields that
 * differ and the name of its stack. What is missing of it has the field `missing`.
 */
export function keepOwned(changes: readonly Change[], road: Road, tags: RoadTags): Change[] {
  return changes.map((change) => {
    const note = ownedByStack(tagsOf(change, road, tags))
    if (note === undefined) return change
    if (change.action === 'keep') return {...change, note}
    return {...change, action: 'keep', fields: change.fields ?? ['missing'], note}
  })
}

const parts: Readonly<Partial<Record<ResourceKind, keyof RoadTags>>> = {
  bus: 'bus',
  'bus-policy': 'bus',
  rule: 'rule',
  target: 'rule',
  stream: 'stream',
  bucket: 'bucket',
  workgroup: 'workgroup',
  discoverer: 'discoverer',
}

/** Tags of what a change would touch: a policy is part of its role or queue, a target of its rule. */
function tagsOf({resource, name}: Change, road: Road, tags: RoadTags): TagSet | undefined {
  if (resource === 'role' || resource === 'policy') {
    return name === road.deliveryRole.name ? tags.deliveryRole : tags.targetRole
  }
  if (resource === 'queue' || resource === 'queue-policy') {
    return name === road.queue?.name ? tags.queue : tags.target
  }
  const part = parts[resource]
  return part && tags[part]
}
