import type {
  ListTagsForDeliveryStreamCommandInput,
  ListTagsForDeliveryStreamCommandOutput,
  TagDeliveryStreamCommandInput,
  UntagDeliveryStreamCommandInput,
} from '@aws-sdk/client-firehose'
import type {CallContext, Operations} from '../../platform'
import type {Collection, Store} from '../../store'
import {streamKey, streamOrThrow, type StreamRow} from './rows'

/** TagDeliveryStream, UntagDeliveryStream, ListTagsForDeliveryStream. */
export function tagOperations(store: Store, streams: Collection<StreamRow>): Operations {
  const change = (
    ctx: CallContext,
    name: string | undefined,
    to: (tags: Record<string, string>) => Record<string, string>,
  ) => {
    store.write(() => {
      const row = streamOrThrow(streams, ctx, name)
      streams.put(streamKey(ctx.region, row.name), {...row, tags: to(row.tags ?? {})})
    })
    return {}
  }

  const listTags = (
    input: ListTagsForDeliveryStreamCommandInput,
    ctx: CallContext,
  ): Omit<ListTagsForDeliveryStreamCommandOutput, '$metadata'> => {
    const {tags = {}} = streamOrThrow(streams, ctx, input.DeliveryStreamName)
    const all = Object.entries(tags).filter(
      ([key]) => input.ExclusiveStartTagKey === undefined || key > input.ExclusiveStartTagKey,
    )
    const limit = input.Limit ?? 50
    return {Tags: all.slice(0, limit).map(([Key, Value]) => ({Key, Value})), HasMoreTags: all.length > limit}
  }

  return {
    TagDeliveryStream: (input: TagDeliveryStreamCommandInput, ctx: CallContext) =>
      change(ctx, input.DeliveryStreamName, (tags) => ({
        ...tags,
        ...Object.fromEntries((input.Tags ?? []).map((tag) => [tag.Key ?? '', tag.Value ?? ''])),
      })),
    UntagDeliveryStream: (input: UntagDeliveryStreamCommandInput, ctx: CallContext) =>
      change(ctx, input.DeliveryStreamName, (tags) =>
        Object.fromEntries(Object.entries(tags).filter(([key]) => !(input.TagKeys ?? []).includes(key))),
      ),
    ListTagsForDeliveryStream: listTags,
  }
}
