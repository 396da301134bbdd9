import type {
  ListQueueTagsCommandInput,
  ListQueueTagsCommandOutput,
  TagQueueCommandInput,
  TagQueueCommandOutput,
  UntagQueueCommandInput,
  UntagQueueCommandOutput,
} from '@aws-sdk/client-sqs'
import type {Operation} from '../../platform'
import {invalidParameter} from './errors'
import type {QueueStore} from './queue-store'

/** Adds or changes tags of a queue. Throws `InvalidParameterValue`, `QueueDoesNotExist`. */
export function tagQueue(queues: QueueStore): Operation<TagQueueCommandInput, TagQueueCommandOutput> {
  return (input, ctx) => {
    const queue = queues.ofUrl(input.QueueUrl, ctx)
    queues.save({...queue, tags: withTags(queue.tags, input.Tags)})
    return {}
  }
}

/** Removes tags of a queue; no error for one that is not there. Throws `QueueDoesNotExist`. */
export function untagQueue(queues: QueueStore): Operation<UntagQueueCommandInput, UntagQueueCommandOutput> {
  return (input, ctx) => {
    const queue = queues.ofUrl(input.QueueUrl, ctx)
    const gone = new Set(input.TagKeys)
    const kept = Object.entries(queue.tags).filter(([key]) => !gone.has(key))
    queues.save({...queue, tags: Object.fromEntries(kept)})
    return {}
  }
}

/** The tags of a queue; no member where there are none. Throws `QueueDoesNotExist`. */
export function listQueueTags(
  queues: QueueStore,
): Operation<ListQueueTagsCommandInput, ListQueueTagsCommandOutput> {
  return (input, ctx) => {
    const {tags} = queues.ofUrl(input.QueueUrl, ctx)
    return Object.keys(tags).length > 0 ? {Tags: tags} : {}
  }
}

/** Tags put over those there are; at most 50 of 1 to 128 characters, values up to 256. Throws `InvalidParameterValue`. */
export function withTags(
  current: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const tags = {...current, ...given}
  const isWrong = Object.entries(tags).some(
    ([key, value]) => key === '' || key.length > 128 || value.length > 256,
  )
  if (isWrong) throw invalidParameter('Tag keys must be 1 to 128 characters long, and tag values up to 256.')
  if (Object.keys(tags).length > 50)
    throw invalidParameter('Too many tags added for queue; a queue can have 50.')
  return tags
}
