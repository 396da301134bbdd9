import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from '@aws-sdk/client-schemas'
import {tryParseArn} from '../../../core/arn'
import type {CallContext, Operation} from '../../platform'
import {findRegistry, findSchema} from './checks'
import {findDiscoverer} from './find-discoverer'
import {badRequest, notFound} from './errors'
import {registryKey, schemaKey, type Tables, type Tags} from './tables'

/** AWS allows 50 tags, keys of up to 128 and values of up to 256 characters. Throws BadRequestException. */
export function checkTags(tags: Record<string, string> | undefined): Tags {
  const entries = Object.entries(tags ?? {})
  if (entries.length > 50) throw badRequest('A resource can have 50 tags at most.')
  for (const [key, value] of entries) {
    if (key.length < 1 || key.length > 128) throw badRequest('A tag key must have 1 to 128 characters.')
    if (value.length > 256) throw badRequest('A tag value must have 256 characters at most.')
  }
  return Object.fromEntries(entries)
}

interface Tagged {
  tags: Tags
  /** Only inside `Store.write`. */
  save: (tags: Tags) => void
}

function findRow(tables: Tables, region: string, resource: string): Tagged | undefined {
  const [kind, first, second, ...rest] = resource.split('/')
  if (rest.length > 0 || first === undefined || (kind === 'schema') !== (second !== undefined))
    return undefined
  if (kind === 'registry') {
    const row = findRegistry(tables, region, first)
    return {
      tags: row.tags,
      save: (tags) => tables.registries.put(registryKey(region, row.name), {...row, tags}),
    }
  }
  if (kind === 'schema') {
    const row = findSchema(tables, region, {RegistryName: first, SchemaName: second})
    const key = schemaKey(region, row.registry, row.name)
    return {tags: row.tags, save: (tags) => tables.schemas.put(key, {...row, tags})}
  }
  if (kind !== 'discoverer') return undefined
  const {key, row} = findDiscoverer(tables, region, first)
  return {tags: row.tags, save: (tags) => tables.discoverers.put(key, {...row, tags})}
}

/** The resource behind an ARN of this service, account and region. Throws BadRequestException and NotFoundException. */
function findTagged(tables: Tables, ctx: CallContext, text = ''): Tagged {
  const arn = tryParseArn(text)
  if (arn && (arn.region !== ctx.region || arn.accountId !== ctx.accountId))
    throw notFound(`${text} does not exist.`)
  const found = arn?.service === 'schemas' ? findRow(tables, ctx.region, arn.resource) : undefined
  if (!found) throw badRequest(`"${text}" is not the ARN of a registry, schema or discoverer.`)
  return found
}

/** ListTagsForResource. */
export function listTags(
  tables: Tables,
): Operation<ListTagsForResourceCommandInput, ListTagsForResourceCommandOutput> {
  return (input, ctx) => ({Tags: findTagged(tables, ctx, input.ResourceArn).tags})
}

/** TagResource: adds tags and changes those that are there. */
export function tagResource(tables: Tables): Operation<TagResourceCommandInput, TagResourceCommandOutput> {
  return (input, ctx) => {
    tables.store.write(() => {
      const found = findTagged(tables, ctx, input.ResourceArn)
      found.save(checkTags({...found.tags, ...checkTags(input.Tags)}))
    })
    return {}
  }
}

/** UntagResource: a key that is not there is no error. */
export function untagResource(
  tables: Tables,
): Operation<UntagResourceCommandInput, UntagResourceCommandOutput> {
  return (input, ctx) => {
    tables.store.write(() => {
      const found = findTagged(tables, ctx, input.ResourceArn)
      const gone = new Set(input.TagKeys ?? [])
      found.save(Object.fromEntries(Object.entries(found.tags).filter(([key]) => !gone.has(key))))
    })
    return {}
  }
}
