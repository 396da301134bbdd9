import type {
  GetTagsCommandInput,
  GetTagsCommandOutput,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from '@aws-sdk/client-glue'
import {formatArn, tryParseArn} from '../../../core/arn'
import type {Catalog} from '../../catalog'
import type {CallContext, Operation} from '../../platform'
import {notEmulated} from '../../service-error'
import type {Store} from '../../store'
import {invalidInput} from './errors'
import {requireDatabase} from './lookup'
import type {WorkTables} from './work-tables'

/** What has tags, by the word in its ARN. */
export type Taggable = 'database' | 'job' | 'crawler' | 'trigger' | 'workflow'

/** `arn:aws:glue:REGION:ACCOUNT:job/NAME`. */
export function glueArn(
  {region, accountId}: Pick<CallContext, 'region' | 'accountId'>,
  kind: Taggable,
  name: string,
): string {
  return formatArn({service: 'glue', region, accountId, resource: `${kind}/${name}`})
}

/** `arn:aws:glue:REGION:ACCOUNT:database/NAME`. */
export function databaseArn(ctx: CallContext, name: string): string {
  return glueArn(ctx, 'database', name)
}

/** Adds tags to a resource; at most 50 in all. Only inside `Store.write`. Throws `InvalidInputException`. */
export function putTags(store: Store, arn: string, tags: Record<string, string>): void {
  const rows = store.collection<Record<string, string>>('glue/tags')
  const all = {...rows.get(arn), ...tags}
  if (Object.keys(all).length > 50) throw invalidInput('A resource can have at most 50 tags.')
  rows.put(arn, all)
}

/** Forgets the tags of a resource. Only inside `Store.write`. */
export function removeTags(store: Store, arn: string): void {
  store.collection('glue/tags').delete(arn)
}

/** TagResource, of databases, jobs, crawlers, triggers and workflows. Throws `EntityNotFoundException`, `InvalidInputException`. */
export function tagResource(
  catalog: Catalog,
  work: WorkTables,
): Operation<TagResourceCommandInput, TagResourceCommandOutput> {
  return (input, ctx) => {
    const arn = requireTaggable({catalog, work}, ctx, input.ResourceArn)
    catalog.store.write(() => putTags(catalog.store, arn, input.TagsToAdd ?? {}))
    return {}
  }
}

/** UntagResource, of databases, jobs, crawlers, triggers and workflows; tags that are not there are no error. Throws `EntityNotFoundException`. */
export function untagResource(
  catalog: Catalog,
  work: WorkTables,
): Operation<UntagResourceCommandInput, UntagResourceCommandOutput> {
  return (input, ctx) => {
    const arn = requireTaggable({catalog, work}, ctx, input.ResourceArn)
    const rows = catalog.store.collection<Record<string, string>>('glue/tags')
    const gone = new Set(input.TagsToRemove ?? [])
    catalog.store.write(() => {
      const kept = Object.entries(rows.get(arn) ?? {}).filter(([key]) => !gone.has(key))
      rows.put(arn, Object.fromEntries(kept))
    })
    return {}
  }
}

/** GetTags, of databases, jobs, crawlers, triggers and workflows. Throws `EntityNotFoundException`, `InvalidInputException`. */
export function getTags(
  catalog: Catalog,
  work: WorkTables,
): Operation<GetTagsCommandInput, GetTagsCommandOutput> {
  return (input, ctx) => {
    const arn = requireTaggable({catalog, work}, ctx, input.ResourceArn)
    return {Tags: catalog.store.collection<Record<string, string>>('glue/tags').get(arn) ?? {}}
  }
}

function requireTaggable(
  {catalog, work}: {catalog: Catalog; work: WorkTables},
  ctx: CallContext,
  text: string | undefined,
): string {
  const arn = tryParseArn(text ?? '')
  const [kind = '', ...rest] = arn?.resource.split('/') ?? []
  const name = rest.join('/')
  if (arn?.service !== 'glue' || name === '') throw invalidInput(`${text} is not the ARN of a Glue resource.`)
  if (kind === 'database') return databaseArn(ctx, requireDatabase(catalog, ctx.region, name).Name)
  const rows = {job: work.jobs, crawler: work.crawlers, trigger: work.triggers, workflow: work.workflows}
  if (!(kind in rows)) throw notEmulated(`Tags of a ${kind}`, 'InvalidInputException')
  const known = kind as keyof typeof rows
  return glueArn(ctx, known, rows[known].require(ctx.region, name).name)
}
