import type {
  CreateRegistryCommandInput,
  CreateRegistryCommandOutput,
  DeleteRegistryCommandInput,
  DeleteRegistryCommandOutput,
  DescribeRegistryCommandInput,
  DescribeRegistryCommandOutput,
  ListRegistriesCommandInput,
  ListRegistriesCommandOutput,
  UpdateRegistryCommandInput,
  UpdateRegistryCommandOutput,
} from '@aws-sdk/client-schemas'
import type {CallContext, Operation} from '../../platform'
import {registryArn} from './arns'
import {checkDescription, checkRegistryName, findRegistry, refuseManaged} from './checks'
import {badRequest, conflict} from './errors'
import {pageOf} from './page-of'
import {registryKey, type RegistryRow, type Tables} from './tables'
import {checkTags} from './tags'

function describe(row: RegistryRow, ctx: CallContext) {
  return {
    ...(row.description === undefined ? {} : {Description: row.description}),
    RegistryArn: registryArn(ctx, row.name),
    RegistryName: row.name,
    Tags: row.tags,
  }
}

/** CreateRegistry. Refuses names that begin with `aws.` (ForbiddenException) and names that are there (ConflictException). */
export function createRegistry(
  tables: Tables,
): Operation<CreateRegistryCommandInput, CreateRegistryCommandOutput> {
  return (input, ctx) => {
    const name = checkRegistryName(input.RegistryName)
    refuseManaged(name)
    const row: RegistryRow = {
      name,
      description: checkDescription(input.Description),
      tags: checkTags(input.Tags),
    }
    tables.store.write(() => {
      if (tables.registries.get(registryKey(ctx.region, name))) {
        throw conflict(`Registry with name ${name} already exists.`)
      }
      tables.registries.put(registryKey(ctx.region, name), row)
    })
    return describe(row, ctx)
  }
}

/** DescribeRegistry. */
export function describeRegistry(
  tables: Tables,
): Operation<DescribeRegistryCommandInput, DescribeRegistryCommandOutput> {
  return (input, ctx) => describe(findRegistry(tables, ctx.region, input.RegistryName), ctx)
}

/** ListRegistries. The registries of AWS (`Scope` AWS) are not kept here, so that list is empty. */
export function listRegistries(
  tables: Tables,
): Operation<ListRegistriesCommandInput, ListRegistriesCommandOutput> {
  return (input, ctx) => {
    if (input.Scope !== undefined && !['LOCAL', 'AWS'].includes(input.Scope.toUpperCase())) {
      throw badRequest('Scope must be LOCAL or AWS.')
    }
    const prefix = registryKey(ctx.region, input.RegistryNamePrefix ?? '')
    const rows =
      input.Scope?.toUpperCase() === 'AWS' ? [] : [...tables.registries.list(prefix)].map((row) => row.value)
    const {page, nextToken} = pageOf(rows, (row) => row.name, input)
    return {
      Registries: page.map((row) => ({
        RegistryArn: registryArn(ctx, row.name),
        RegistryName: row.name,
        Tags: row.tags,
      })),
      NextToken: nextToken,
    }
  }
}

/** UpdateRegistry: the description. */
export function updateRegistry(
  tables: Tables,
): Operation<UpdateRegistryCommandInput, UpdateRegistryCommandOutput> {
  return (input, ctx) => {
    refuseManaged(input.RegistryName ?? '')
    const description = checkDescription(input.Description)
    return tables.store.write(() => {
      const row = findRegistry(tables, ctx.region, input.RegistryName)
      const changed = {...row, description: description ?? row.description}
      tables.registries.put(registryKey(ctx.region, row.name), changed)
      return describe(changed, ctx)
    })
  }
}

/** DeleteRegistry. A registry that holds schemas is refused (BadRequestException), so that nothing is lost with it. */
export function deleteRegistry(
  tables: Tables,
): Operation<DeleteRegistryCommandInput, DeleteRegistryCommandOutput> {
  return (input, ctx) => {
    refuseManaged(input.RegistryName ?? '')
    tables.store.write(() => {
      const row = findRegistry(tables, ctx.region, input.RegistryName)
      if (tables.schemas.count(`${registryKey(ctx.region, row.name)}/`) > 0) {
        throw badRequest(`Registry ${row.name} is not empty. Delete its schemas first.`)
      }
      tables.registries.delete(registryKey(ctx.region, row.name))
    })
    return {}
  }
}
