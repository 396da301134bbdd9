import type {
  AddTagsToStreamCommandInput,
  AddTagsToStreamCommandOutput,
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  ListTagsForStreamCommandInput,
  ListTagsForStreamCommandOutput,
  RemoveTagsFromStreamCommandInput,
  RemoveTagsFromStreamCommandOutput,
  TagResourceCommandInput,
  UntagResourceCommandInput,
} from '@aws-sdk/client-kinesis'
import {Constraints} from '../../constraints'
import type {CallContext, Operation, Operations} from '../../platform'
import {ServiceError} from '../../service-error'
import type {StreamReference, StreamStore} from './stream-store'

const maxTags = 50

/** Tags of a stream, named by its name or ARN (`...ToStream`, `...FromStream`, `...ForStream`) or by its ARN alone (`...Resource`). */
export function tagOperations(streams: StreamStore): Operations {
  return {
    AddTagsToStream: addTags(streams),
    RemoveTagsFromStream: removeTags(streams),
    ListTagsForStream: listTags(streams),
    TagResource: (input: TagResourceCommandInput, ctx: CallContext) =>
      addTags(streams)({Tags: input.Tags, ...byArn(input)}, ctx),
    UntagResource: (input: UntagResourceCommandInput, ctx: CallContext) =>
      removeTags(streams)({TagKeys: input.TagKeys, ...byArn(input)}, ctx),
    ListTagsForResource: (
      input: ListTagsForResourceCommandInput,
      ctx: CallContext,
    ): Omit<ListTagsForResourceCommandOutput, '$metadata'> => ({Tags: tagsOf(streams, byArn(input), ctx)}),
  }
}

/** Tags put over those there are; at most 50 of 1 to 128 characters, values up to 256. Throws `ValidationException`, `InvalidArgumentException`. */
export function withTags(
  current: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const limits = new Constraints()
  for (const [key, value] of Object.entries(given)) {
    limits.text('tags.key', key, {min: 1, max: 128}).text('tags.value', value, {max: 256})
  }
  limits.check()
  const tags = {...current, ...given}
  if (Object.keys(tags).length <= maxTags) return tags
  throw new ServiceError('InvalidArgumentException', `A stream can have ${maxTags} tags at most.`)
}

function addTags(streams: StreamStore): Operation<AddTagsToStreamCommandInput, AddTagsToStreamCommandOutput> {
  return (input, ctx) => {
    const stream = streams.ofCall(input, ctx)
    streams.save({...stream, tags: withTags(stream.tags, input.Tags)})
    return {}
  }
}

function removeTags(
  streams: StreamStore,
): Operation<RemoveTagsFromStreamCommandInput, RemoveTagsFromStreamCommandOutput> {
  return (input, ctx) => {
    const stream = streams.ofCall(input, ctx)
    const gone = new Set(input.TagKeys)
    const kept = Object.entries(stream.tags).filter(([key]) => !gone.has(key))
    streams.save({...stream, tags: Object.fromEntries(kept)})
    return {}
  }
}

function listTags(
  streams: StreamStore,
): Operation<ListTagsForStreamCommandInput, ListTagsForStreamCommandOutput> {
  return (input, ctx) => {
    new Constraints().number('limit', input.Limit, {min: 1, max: maxTags}).check()
    const start = input.ExclusiveStartTagKey ?? ''
    const tags = tagsOf(streams, input, ctx).filter(({Key}) => Key > start)
    const limit = input.Limit ?? maxTags
    return {Tags: tags.slice(0, limit), HasMoreTags: tags.length > limit}
  }
}

function tagsOf(streams: StreamStore, reference: StreamReference, ctx: CallContext) {
  const {tags} = streams.ofCall(reference, ctx)
  const keys = Object.keys(tags).sort()
  return keys.map((Key) => ({Key, Value: tags[Key]}))
}

function byArn(input: {ResourceARN?: string | undefined; StreamId?: string | undefined}): StreamReference {
  return {StreamARN: input.ResourceARN, StreamId: input.StreamId}
}
