import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  Tag,
  TagResourceCommandInput,
  UntagResourceCommandInput,
} from '@aws-sdk/client-eventbridge'
import type {CallContext, Operations} from '../../platform'
import {ServiceError} from '../../service-error'
import type {Store} from '../../store'
import {busKey, ruleKey, type Tables} from './rows'

const maxTags = 50

/** TagResource, UntagResource, ListTagsForResource, on buses and rules. */
export function tagOperations(store: Store, tables: Tables): Operations {
  const tagResource = (input: TagResourceCommandInput, ctx: CallContext) => {
    const arn = existing(tables, ctx, input.ResourceARN)
    store.write(() => {
      const tags = {...tables.tags.get(arn), ...tagRecord(input.Tags ?? [])}
      if (Object.keys(tags).length > maxTags) {
        throw new ServiceError(
          'LimitExceededException',
          'The requested resource exceeds the maximum number allowed.',
        )
      }
      tables.tags.put(arn, tags)
    })
    return {}
  }

  const untagResource = (input: UntagResourceCommandInput, ctx: CallContext) => {
    const arn = existing(tables, ctx, input.ResourceARN)
    store.write(() => {
      const gone = new Set(input.TagKeys)
      const kept = Object.entries(tables.tags.get(arn) ?? {}).filter(([key]) => !gone.has(key))
      tables.tags.put(arn, Object.fromEntries(kept))
    })
    return {}
  }

  const listTagsForResource = (
    input: ListTagsForResourceCommandInput,
    ctx: CallContext,
  ): Omit<ListTagsForResourceCommandOutput, '$metadata'> => {
    const tags = tables.tags.get(existing(tables, ctx, input.ResourceARN)) ?? {}
    return {Tags: Object.entries(tags).map(([Key, Value]) => ({Key, Value}))}
  }

  return {TagResource: tagResource, UntagResource: untagResource, ListTagsForResource: listTagsForResource}
}

export function tagRecord(tags: readonly Tag[]): Record<string, string> {
  return Object.fromEntries(tags.map((tag) => [tag.Key ?? '', tag.Value ?? '']))
}

/** The ARN, if a bus or rule of the caller's region has it. */
function existing(tables: Tables, ctx: CallContext, arn = ''): string {
  const [, kind, rest = ''] = /^arn:[^:]+:events:[^:]*:[^:]*:(event-bus|rule)\/(.+)$/.exec(arn) ?? []
  const slash = rest.lastIndexOf('/')
  const [bus, rule] = slash < 0 ? ['default', rest] : [rest.slice(0, slash), rest.slice(slash + 1)]
  const found =
    kind === 'rule'
      ? tables.rules.get(ruleKey(ctx.region, bus, rule))
      : kind === 'event-bus' && (rest === 'default' || tables.buses.get(busKey(ctx.region, rest)))
  if (found) return arn
  const what =
    kind === 'rule'
      ? `Rule ${rule} does not exist on EventBus ${bus}.`
      : `Event bus ${rest || arn} does not exist.`
  throw new ServiceError('ResourceNotFoundException', what)
}
