import type {
  CreateDiscovererCommandInput,
  CreateDiscovererCommandOutput,
  DeleteDiscovererCommandInput,
  DeleteDiscovererCommandOutput,
  DescribeDiscovererCommandInput,
  DescribeDiscovererCommandOutput,
  ListDiscoverersCommandInput,
  ListDiscoverersCommandOutput,
  StartDiscovererCommandInput,
  StartDiscovererCommandOutput,
  StopDiscovererCommandInput,
  StopDiscovererCommandOutput,
  UpdateDiscovererCommandInput,
  UpdateDiscovererCommandOutput,
} from '@aws-sdk/client-schemas'
import {tryParseArn} from '../../../core/arn'
import {byCodeUnits} from '../../../schema-model/json-object'
import type {CallContext, Operation} from '../../platform'
import {notEmulated} from '../../service-error'
import {discovererArn} from './arns'
import {checkDescription} from './checks'
import {badRequest, conflict} from './errors'
import {findDiscoverer} from './find-discoverer'
import {pageOf} from './page-of'
import {putDiscoverer, registryKey, type DiscovererRow, type Tables} from './tables'
import {checkTags} from './tags'

/** The registry that discoverers fill; the first of a region makes it. */
export const discoveredRegistry = 'discovered-schemas'

function summary(row: DiscovererRow, ctx: CallContext) {
  return {
    DiscovererArn: discovererArn(ctx, row.id),
    DiscovererId: row.id,
    SourceArn: row.sourceArn,
    State: row.state,
    CrossAccount: row.crossAccount,
    Tags: row.tags,
  }
}

function describe(row: DiscovererRow, ctx: CallContext) {
  return {...(row.description === undefined ? {} : {Description: row.description}), ...summary(row, ctx)}
}

function busName(sourceArn: string | undefined, ctx: CallContext): string {
  const arn = tryParseArn(sourceArn ?? '')
  const name =
    arn?.service === 'events' ? /^event-bus\/([0-9A-Za-z._/-]{1,256})$/.exec(arn.resource)?.[1] : undefined
  if (!arn || name === undefined || (sourceArn ?? '').length > 1600) {
    throw badRequest('Source ARN must be a valid event bus ARN')
  }
  if (arn.region !== ctx.region) throw badRequest('Cross region Event Bus sourcing is not supported.')
  if (arn.accountId !== ctx.accountId) {
    throw notEmulated(`An event bus of another account (${sourceArn ?? ''})`, 'BadRequestException')
  }
  return name
}

/** CreateDiscoverer: starts at once. A bus has one discoverer at most (ConflictException). Makes `discovered-schemas` where it is missing. */
export function createDiscoverer(
  tables: Tables,
): Operation<CreateDiscovererCommandInput, CreateDiscovererCommandOutput> {
  return (input, ctx) => {
    const sourceArn = input.SourceArn ?? ''
    const row: DiscovererRow = {
      id: `events-event-bus-${busName(sourceArn, ctx).replaceAll('/', '-')}`,
      sourceArn,
      description: checkDescription(input.Description),
      crossAccount: input.CrossAccount ?? true,
      state: 'STARTED',
      tags: checkTags(input.Tags),
    }
    tables.store.write(() => {
      const key = `${ctx.region}/${sourceArn}`
      const taken = [...tables.discoverers.list(`${ctx.region}/`)].some(
        (r) => r.key === key || r.value.id === row.id,
      )
      if (taken) throw conflict(`Discoverer for source ${sourceArn} already exists.`)
      putDiscoverer(tables, key, row)
      const registry = registryKey(ctx.region, discoveredRegistry)
      if (!tables.registries.get(registry)) {
        tables.registries.put(registry, {name: discoveredRegistry, description: undefined, tags: {}})
      }
    })
    return describe(row, ctx)
  }
}

/** DescribeDiscoverer. */
export function describeDiscoverer(
  tables: Tables,
): Operation<DescribeDiscovererCommandInput, DescribeDiscovererCommandOutput> {
  return (input, ctx) => describe(findDiscoverer(tables, ctx.region, input.DiscovererId).row, ctx)
}

/** ListDiscoverers, by id. */
export function listDiscoverers(
  tables: Tables,
): Operation<ListDiscoverersCommandInput, ListDiscoverersCommandOutput> {
  return (input, ctx) => {
    const rows = [...tables.discoverers.list(`${ctx.region}/`)]
      .map((row) => row.value)
      .filter((row) => row.id.startsWith(input.DiscovererIdPrefix ?? ''))
      .filter((row) => row.sourceArn.startsWith(input.SourceArnPrefix ?? ''))
      .sort((a, b) => byCodeUnits(a.id, b.id))
    const {page, nextToken} = pageOf(rows, (row) => row.id, input)
    return {Discoverers: page.map((row) => summary(row, ctx)), NextToken: nextToken}
  }
}

function change(
  tables: Tables,
  ctx: CallContext,
  id: string | undefined,
  changes: Partial<DiscovererRow>,
): DiscovererRow {
  return tables.store.write(() => {
    const {key, row} = findDiscoverer(tables, ctx.region, id)
    const changed = {...row, ...changes}
    putDiscoverer(tables, key, changed)
    return changed
  })
}

/** StartDiscoverer; one that runs goes on. */
export function startDiscoverer(
  tables: Tables,
): Operation<StartDiscovererCommandInput, StartDiscovererCommandOutput> {
  return (input, ctx) => {
    const row = change(tables, ctx, input.DiscovererId, {state: 'STARTED'})
    return {DiscovererId: row.id, State: row.state}
  }
}

/** StopDiscoverer; events that were seen before still count. */
export function stopDiscoverer(
  tables: Tables,
): Operation<StopDiscovererCommandInput, StopDiscovererCommandOutput> {
  return (input, ctx) => {
    const row = change(tables, ctx, input.DiscovererId, {state: 'STOPPED'})
    return {DiscovererId: row.id, State: row.state}
  }
}

/** UpdateDiscoverer: description and whether events of other accounts count. */
export function updateDiscoverer(
  tables: Tables,
): Operation<UpdateDiscovererCommandInput, UpdateDiscovererCommandOutput> {
  return (input, ctx) => {
    const description = checkDescription(input.Description)
    const row = change(tables, ctx, input.DiscovererId, {
      ...(description === undefined ? {} : {description}),
      ...(input.CrossAccount === undefined ? {} : {crossAccount: input.CrossAccount}),
    })
    return describe(row, ctx)
  }
}

/** DeleteDiscoverer. The schemas it found stay. */
export function deleteDiscoverer(
  tables: Tables,
): Operation<DeleteDiscovererCommandInput, DeleteDiscovererCommandOutput> {
  return (input, ctx) => {
    tables.store.write(() => {
      const {key} = findDiscoverer(tables, ctx.region, input.DiscovererId)
      tables.discoverers.delete(key)
      tables.watchedBuses.delete(key)
    })
    return {}
  }
}
