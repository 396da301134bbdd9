import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs'
import {Constraints} from '../../constraints'
import type {CallContext, Operation} from '../../platform'
import {ServiceError} from '../../service-error'
import type {GroupStore, LogGroup} from './group-store'

const maxTags = 50

/** Adds or changes tags of a log group. Throws `ResourceNotFoundException`, `TooManyTagsException`, `InvalidParameterException`. */
export function tagResource(
  groups: GroupStore,
): Operation<TagResourceCommandInput, TagResourceCommandOutput> {
  return (input, ctx) => {
    const group = groupOf(groups, input.resourceArn, ctx)
    groups.save({...group, tags: withTags(group.tags, input.tags)})
    return {}
  }
}

/** Removes tags of a log group; no error for one that is not there. Throws `ResourceNotFoundException`. */
export function untagResource(
  groups: GroupStore,
): Operation<UntagResourceCommandInput, UntagResourceCommandOutput> {
  return (input, ctx) => {
    const group = groupOf(groups, input.resourceArn, ctx)
    const gone = new Set(input.tagKeys)
    const kept = Object.entries(group.tags).filter(([key]) => !gone.has(key))
    groups.save({...group, tags: Object.fromEntries(kept)})
    return {}
  }
}

/** The tags of a log group. Throws `ResourceNotFoundException`. */
export function listTagsForResource(
  groups: GroupStore,
): Operation<ListTagsForResourceCommandInput, ListTagsForResourceCommandOutput> {
  return (input, ctx) => ({tags: groupOf(groups, input.resourceArn, ctx).tags})
}

/** Tags put over those there are; at most 50 of 1 to 128 characters, values up to 256. Throws `TooManyTagsException`, `InvalidParameterException`. */
export function withTags(
  current: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const limits = new Constraints('InvalidParameterException')
  for (const [key, value] of Object.entries(given)) {
    limits.text('tags.key', key, {min: 1, max: 128}).text('tags.value', value, {max: 256})
  }
  limits.check()
  const tags = {...current, ...given}
  if (Object.keys(tags).length <= maxTags) return tags
  throw new ServiceError('TooManyTagsException', `A log group can have ${maxTags} tags at most.`)
}

function groupOf(groups: GroupStore, arn: string | undefined, ctx: CallContext): LogGroup {
  const group = groups.byArn(arn ?? '')
  if (group?.region === ctx.region) return group
  throw new ServiceError('ResourceNotFoundException', 'The specified resource does not exist.')
}
