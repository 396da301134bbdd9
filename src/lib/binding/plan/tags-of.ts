import type {Road} from '../../road/road'
import type {RoadTags, TagSet} from '../read/actual-road'
import type {Change, ResourceKind} from '../change'

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

/** Tags of what a change would touch: a policy is part of its role or queue, a target of its rule. Undefined where they are not known. */
export function tagsOf({resource, name}: Change, road: Road, tags: RoadTags): TagSet | undefined {
  if (resource === 'role' || resource === 'policy') {
    return name === road.deliveryRole.name ? tags.deliveryRole : tags.targetRole
  }
  if (resource === 'queue' || resource === 'queue-policy') {
    return name === road.queue?.name ? tags.queue : tags.target
  }
  const part = parts[resource]
  return part && tags[part]
}
