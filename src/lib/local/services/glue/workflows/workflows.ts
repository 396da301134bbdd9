import type {
  CreateWorkflowCommandInput,
  CreateWorkflowCommandOutput,
  DeleteWorkflowCommandInput,
  DeleteWorkflowCommandOutput,
  GetWorkflowCommandInput,
  GetWorkflowCommandOutput,
  ListWorkflowsCommandInput,
  ListWorkflowsCommandOutput,
  UpdateWorkflowCommandInput,
  UpdateWorkflowCommandOutput,
} from '@aws-sdk/client-glue'
import type {Operation} from '../../../platform'
import {checkedName} from '../input'
import {glueArn, putTags, removeTags} from '../tags'
import {namesPage} from '../work-page'
import type {TriggerRow, WorkTables} from '../work-tables'
import type {Chains} from './chains'
import {graphOf} from './graph'
import {toWorkflowRun} from './to-workflow-run'

/** CreateWorkflow. Throws `AlreadyExistsException`, `InvalidInputException`. */
export function createWorkflow(
  tables: WorkTables,
): Operation<CreateWorkflowCommandInput, CreateWorkflowCommandOutput> {
  return ({Name, Tags, ...definition}, ctx) => {
    const name = checkedName(Name, 'name')
    tables.store.write(() => {
      tables.workflows.add(ctx.region, {name, definition, createdAt: ctx.now, modifiedAt: ctx.now})
      if (Tags) putTags(tables.store, glueArn(ctx, 'workflow', name), Tags)
    })
    return {Name: name}
  }
}

/** UpdateWorkflow: what is given replaces what was. Throws `EntityNotFoundException`. */
export function updateWorkflow(
  tables: WorkTables,
): Operation<UpdateWorkflowCommandInput, UpdateWorkflowCommandOutput> {
  return ({Name = '', ...given}, ctx) => {
    tables.store.write(() => {
      const before = tables.workflows.require(ctx.region, Name)
      const definition = {...before.definition, ...given}
      tables.workflows.put(ctx.region, {...before, definition, modifiedAt: ctx.now})
    })
    return {Name}
  }
}

/** GetWorkflow, with its last run, and with `IncludeGraph` its graph. Throws `EntityNotFoundException`. */
export function getWorkflow(
  tables: WorkTables,
  chains: Chains,
): Operation<GetWorkflowCommandInput, GetWorkflowCommandOutput> {
  return ({Name = '', IncludeGraph: withGraph}, ctx) => {
    const {definition, createdAt, modifiedAt} = tables.workflows.require(ctx.region, Name)
    const [last] = tables.chains.newestFirst(ctx.region, Name)
    return {
      Workflow: {
        Name,
        ...definition,
        CreatedOn: new Date(createdAt),
        LastModifiedOn: new Date(modifiedAt),
        LastRun: last && toWorkflowRun(tables, chains, {row: last, now: ctx.now, withGraph}),
        Graph: withGraph ? graphOf(triggersOf(tables, ctx.region, Name), () => ({})) : undefined,
      },
    }
  }
}

/** ListWorkflows: names, at most 25 a page. */
export function listWorkflows(
  tables: WorkTables,
): Operation<ListWorkflowsCommandInput, ListWorkflowsCommandOutput> {
  return (input, ctx) => {
    const {names, NextToken} = namesPage(tables.workflows.all(ctx.region), input, 25)
    return {Workflows: names, NextToken}
  }
}

/** DeleteWorkflow, with its runs and triggers; jobs and crawlers stay. No error where there is none. */
export function deleteWorkflow(
  tables: WorkTables,
): Operation<DeleteWorkflowCommandInput, DeleteWorkflowCommandOutput> {
  return ({Name = ''}, ctx) => {
    tables.store.write(() => {
      for (const {name} of triggersOf(tables, ctx.region, Name)) tables.triggers.delete(ctx.region, name)
      tables.workflows.delete(ctx.region, Name)
      tables.chains.forget(ctx.region, Name)
      removeTags(tables.store, glueArn(ctx, 'workflow', Name))
    })
    return {Name}
  }
}

/** The triggers of a workflow. */
export function triggersOf(tables: WorkTables, region: string, workflow: string): TriggerRow[] {
  return tables.triggers.all(region).filter((one) => one.workflow === workflow)
}
