import type {
  CreateTriggerCommandInput,
  CreateTriggerCommandOutput,
  DeleteTriggerCommandInput,
  DeleteTriggerCommandOutput,
  GetTriggerCommandInput,
  GetTriggerCommandOutput,
  GetTriggersCommandInput,
  GetTriggersCommandOutput,
  ListTriggersCommandInput,
  ListTriggersCommandOutput,
  UpdateTriggerCommandInput,
  UpdateTriggerCommandOutput,
} from '@aws-sdk/client-glue'
import type {Operation} from '../../../platform'
import {invalidInput} from '../errors'
import {checkedName} from '../input'
import {glueArn, putTags, removeTags} from '../tags'
import {namesPage, workPage} from '../work-page'
import type {TriggerRow, WorkTables} from '../work-tables'
import {checkTrigger} from './check-trigger'
import {toTrigger} from './to-trigger'

/** CreateTrigger. Throws `AlreadyExistsException`, `EntityNotFoundException` (workflow), `InvalidInputException`. */
export function createTrigger(
  tables: WorkTables,
): Operation<CreateTriggerCommandInput, CreateTriggerCommandOutput> {
  return ({Name, Tags, Type, WorkflowName: workflow, StartOnCreation: starts, ...definition}, ctx) => {
    const name = checkedName(Name, 'name')
    checkTrigger(Type, definition)
    const type = Type ?? 'ON_DEMAND'
    if (starts && type === 'ON_DEMAND') {
      throw invalidInput('StartOnCreation is not supported for ON_DEMAND triggers.')
    }
    const times = {createdAt: ctx.now, modifiedAt: ctx.now}
    tables.store.write(() => {
      if (workflow !== undefined) requirePlace(tables, ctx.region, {workflow, type, name})
      const state = starts ? 'ACTIVATED' : 'CREATED'
      tables.triggers.add(ctx.region, {name, workflow, type, state, definition, ...times})
      if (Tags) putTags(tables.store, glueArn(ctx, 'trigger', name), Tags)
    })
    return {Name: name}
  }
}

/** UpdateTrigger: what is given replaces what was. Throws `EntityNotFoundException`, `InvalidInputException`. */
export function updateTrigger(
  tables: WorkTables,
): Operation<UpdateTriggerCommandInput, UpdateTriggerCommandOutput> {
  return ({Name = '', TriggerUpdate: update = {}}, ctx) => {
    const row = tables.store.write(() => {
      const before = tables.triggers.require(ctx.region, Name)
      const definition = {...before.definition, ...update}
      checkTrigger(before.type, definition)
      const next = {...before, definition, modifiedAt: ctx.now}
      tables.triggers.put(ctx.region, next)
      return next
    })
    return {Trigger: toTrigger(row)}
  }
}

/** GetTrigger. Throws `EntityNotFoundException`. */
export function getTrigger(tables: WorkTables): Operation<GetTriggerCommandInput, GetTriggerCommandOutput> {
  return ({Name = ''}, ctx) => ({Trigger: toTrigger(tables.triggers.require(ctx.region, Name))})
}

/** GetTriggers, by name; `DependentJobName` leaves those that start this job. */
export function getTriggers(
  tables: WorkTables,
): Operation<GetTriggersCommandInput, GetTriggersCommandOutput> {
  return (input, ctx) => {
    const {items, NextToken} = workPage(startingJob(tables, ctx.region, input.DependentJobName), input)
    return {Triggers: items.map(toTrigger), NextToken}
  }
}

/** ListTriggers: names alone. */
export function listTriggers(
  tables: WorkTables,
): Operation<ListTriggersCommandInput, ListTriggersCommandOutput> {
  return (input, ctx) => {
    const {names, NextToken} = namesPage(startingJob(tables, ctx.region, input.DependentJobName), input)
    return {TriggerNames: names, NextToken}
  }
}

/** DeleteTrigger; no error where there is none. */
export function deleteTrigger(
  tables: WorkTables,
): Operation<DeleteTriggerCommandInput, DeleteTriggerCommandOutput> {
  return ({Name = ''}, ctx) => {
    tables.store.write(() => {
      tables.triggers.delete(ctx.region, Name)
      removeTags(tables.store, glueArn(ctx, 'trigger', Name))
    })
    return {Name}
  }
}

/** A workflow that is there, and has no other trigger that begins it. */
function requirePlace(
  tables: WorkTables,
  region: string,
  {workflow, type}: {workflow: string; type: TriggerRow['type']; name: string},
): void {
  tables.workflows.require(region, workflow)
  const begins = tables.triggers
    .all(region)
    .some((one) => one.workflow === workflow && one.type === 'ON_DEMAND')
  if (begins && type === 'ON_DEMAND') {
    throw invalidInput(`Workflow ${workflow} already has a starting trigger.`)
  }
}

function startingJob(tables: WorkTables, region: string, job: string | undefined): TriggerRow[] {
  const all = tables.triggers.all(region)
  if (job === undefined) return all
  return all.filter(({definition}) => definition.Actions?.some(({JobName}) => JobName === job))
}
