import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  Tag,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from '@aws-sdk/client-athena'
import {formatArn} from '../../../core/arn'
import type {CallContext, Operation} from '../../platform'
import {ServiceError} from '../../service-error'
import type {Collection, Store} from '../../store'
import {invalidRequest} from './errors'
import type {WorkGroupStore} from './work-group-store'

/** `arn:aws:athena:REGION:ACCOUNT:workgroup/NAME`. */
export function workGroupArn(ctx: CallContext, name: string): string {
  return formatArn({
    service: 'athena',
    region: ctx.region,
    accountId: ctx.accountId,
    resource: `workgroup/${name}`,
  })
}

/** Adds tags, at most 50 in all. Only inside `Store.write`. Throws `InvalidRequestException`. */
export function putTags(store: Store, arn: string, tags: readonly Tag[]): void {
  const all = {...tagsOf(store).get(arn)}
  for (const tag of tags) all[tag.Key ?? ''] = tag.Value ?? ''
  if (Object.keys(all).length > 50) throw invalidRequest('A resource can have at most 50 tags.')
  tagsOf(store).put(arn, all)
}

/** Forgets a resource's tags. Only inside `Store.write`. */
export function removeTags(store: Store, arn: string): void {
  tagsOf(store).delete(arn)
}

/** TagResource, of workgroups. Throws `ResourceNotFoundException`. */
export function tagResource(
  groups: WorkGroupStore,
): Operation<TagResourceCommandInput, TagResourceCommandOutput> {
  return (input, ctx) => {
    const arn = requireWorkGroupArn(groups, ctx, input.ResourceARN)
    groups.store.write(() => putTags(groups.store, arn, input.Tags ?? []))
    return {}
  }
}

/** UntagResource, of workgroups. Throws `ResourceNotFoundException`. */
export function untagResource(
  groups: WorkGroupStore,
): Operation<UntagResourceCommandInput, UntagResourceCommandOutput> {
  return (input, ctx) => {
    const arn = requireWorkGroupArn(groups, ctx, input.ResourceARN)
    const gone = new Set(input.TagKeys ?? [])
    groups.store.write(() => {
      const kept = Object.entries(tagsOf(groups.store).get(arn) ?? {}).filter(([key]) => !gone.has(key))
      tagsOf(groups.store).put(arn, Object.fromEntries(kept))
    })
    return {}
  }
}

/** ListTagsForResource, of workgroups, by key. Throws `ResourceNotFoundException`. */
export function listTagsForResource(
  groups: WorkGroupStore,
): Operation<ListTagsForResourceCommandInput, ListTagsForResourceCommandOutput> {
  return (input, ctx) => {
    const tags = tagsOf(groups.store).get(requireWorkGroupArn(groups, ctx, input.ResourceARN)) ?? {}
    return {Tags: Object.entries(tags).map(([Key, Value]) => ({Key, Value}))}
  }
}

function tagsOf(store: Store): Collection<Record<string, string>> {
  return store.collection('athena/tags')
}

function requireWorkGroupArn(groups: WorkGroupStore, ctx: CallContext, arn: string | undefined): string {
  const name = /:workgroup\/(.+)$/.exec(arn ?? '')?.[1]
  if (name === undefined || arn !== workGroupArn(ctx, name) || !groups.find(ctx.region, name)) {
    throw new ServiceError('ResourceNotFoundException', `The resource ${arn} was not found.`)
  }
  return arn
}
