import type {
  CreateWorkGroupCommandInput,
  CreateWorkGroupCommandOutput,
  DeleteWorkGroupCommandInput,
  DeleteWorkGroupCommandOutput,
  GetWorkGroupCommandInput,
  GetWorkGroupCommandOutput,
  ListWorkGroupsCommandInput,
  ListWorkGroupsCommandOutput,
  UpdateWorkGroupCommandInput,
  UpdateWorkGroupCommandOutput,
} from '@aws-sdk/client-athena'
import {pageOf} from '../../page'
import type {Operation} from '../../platform'
import {badToken, invalidRequest, pageLimit} from './errors'
import type {QueryStore} from './query-store'
import {putTags, removeTags, workGroupArn} from './tags'
import {newConfiguration, updatedConfiguration} from './work-group-configuration'
import type {WorkGroupStore} from './work-group-store'

/** CreateWorkGroup. Throws `InvalidRequestException`: a name taken or wrong, a configuration that is not emulated. */
export function createWorkGroup(
  groups: WorkGroupStore,
): Operation<CreateWorkGroupCommandInput, CreateWorkGroupCommandOutput> {
  return (input, ctx) => {
    const name = input.Name ?? ''
    if (!/^[a-zA-Z0-9._-]{1,128}$/.test(name)) {
      throw invalidRequest(
        `1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9._-]{1,128}`,
      )
    }
    const configuration = newConfiguration(input.Configuration ?? {})
    groups.store.write(() => {
      if (groups.find(ctx.region, name)) throw invalidRequest('WorkGroup is already created')
      groups.put(ctx.region, {
        Name: name,
        State: 'ENABLED',
        Description: input.Description ?? '',
        Configuration: configuration,
        createdAt: ctx.now,
      })
      putTags(groups.store, workGroupArn(ctx, name), input.Tags ?? [])
    })
    return {}
  }
}

/** GetWorkGroup. Throws `InvalidRequestException`. */
export function getWorkGroup(
  groups: WorkGroupStore,
): Operation<GetWorkGroupCommandInput, GetWorkGroupCommandOutput> {
  return (input, ctx) => {
    const {createdAt, ...group} = groups.require(ctx.region, input.WorkGroup ?? '')
    return {WorkGroup: {...group, CreationTime: new Date(createdAt)}}
  }
}

/** ListWorkGroups, by name, at most 50 a page. */
export function listWorkGroups(
  groups: WorkGroupStore,
): Operation<ListWorkGroupsCommandInput, ListWorkGroupsCommandOutput> {
  return (input, ctx) => {
    const limit = pageLimit(input.MaxResults, 1, 50)
    const page = pageOf(groups.all(ctx.region), {limit, token: input.NextToken, badToken})
    const summaries = page.items.map(({Name, State, Description, createdAt, Configuration}) => ({
      Name,
      State,
      Description,
      CreationTime: new Date(createdAt),
      EngineVersion: Configuration?.EngineVersion,
    }))
    return {WorkGroups: summaries, NextToken: page.nextToken}
  }
}

/** UpdateWorkGroup: state, description, configuration updates. Throws `InvalidRequestException`. */
export function updateWorkGroup(
  groups: WorkGroupStore,
): Operation<UpdateWorkGroupCommandInput, UpdateWorkGroupCommandOutput> {
  return (input, ctx) => {
    groups.store.write(() => {
      const before = groups.require(ctx.region, input.WorkGroup ?? '')
      if (input.State !== undefined && !['ENABLED', 'DISABLED'].includes(input.State)) {
        throw invalidRequest(
          `1 validation error detected: Value '${input.State}' at 'state' failed to satisfy constraint: Member must satisfy enum value set: [ENABLED, DISABLED]`,
        )
      }
      groups.put(ctx.region, {
        ...before,
        State: input.State ?? before.State,
        Description: input.Description ?? before.Description,
        Configuration: updatedConfiguration(before.Configuration ?? {}, input.ConfigurationUpdates ?? {}),
      })
    })
    return {}
  }
}

/** DeleteWorkGroup. Throws `InvalidRequestException` for `primary`, and where query executions are left without `RecursiveDeleteOption`. */
export function deleteWorkGroup(
  groups: WorkGroupStore,
  queries: QueryStore,
): Operation<DeleteWorkGroupCommandInput, DeleteWorkGroupCommandOutput> {
  return (input, ctx) => {
    const name = input.WorkGroup ?? ''
    if (name === 'primary') throw invalidRequest('The primary workgroup cannot be deleted.')
    groups.store.write(() => {
      groups.require(ctx.region, name)
      const left = queries.newestFirst(ctx.region, name)
      if (left.length > 0 && input.RecursiveDeleteOption !== true) {
        throw invalidRequest(`WorkGroup ${name} is not empty`)
      }
      for (const row of left) queries.delete(row)
      groups.delete(ctx.region, name)
      removeTags(groups.store, workGroupArn(ctx, name))
    })
    return {}
  }
}
