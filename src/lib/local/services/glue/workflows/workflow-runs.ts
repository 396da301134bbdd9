import type {
  GetWorkflowRunCommandInput,
  GetWorkflowRunCommandOutput,
  GetWorkflowRunPropertiesCommandInput,
  GetWorkflowRunPropertiesCommandOutput,
  GetWorkflowRunsCommandInput,
  GetWorkflowRunsCommandOutput,
  PutWorkflowRunPropertiesCommandInput,
  PutWorkflowRunPropertiesCommandOutput,
  StartWorkflowRunCommandInput,
  StartWorkflowRunCommandOutput,
  StopWorkflowRunCommandInput,
  StopWorkflowRunCommandOutput,
} from '@aws-sdk/client-glue'
import type {Operation} from '../../../platform'
import {ServiceError} from '../../../service-error'
import {concurrentRunsExceeded, entityNotFound, invalidInput} from '../errors'
import {workPage} from '../work-page'
import type {ChainRow, WorkTables} from '../work-tables'
import type {Chains} from './chains'
import {toWorkflowRun} from './to-workflow-run'
import {triggersOf} from './workflows'

/**
 * StartWorkflowRun: fires the workflow's starting trigger. Throws `EntityNotFoundException`, `ConcurrentRunsExceededException`,
 * and `InvalidInputException` where there is no trigger to start with.
 */
export function startWorkflowRun(
  tables: WorkTables,
  chains: Chains,
): Operation<StartWorkflowRunCommandInput, StartWorkflowRunCommandOutput> {
  return ({Name = '', RunProperties: given}, ctx) => {
    const {definition} = tables.workflows.require(ctx.region, Name)
    const {MaxConcurrentRuns: atOnce = Infinity, DefaultRunProperties: defaults} = definition
    if (tables.chains.open(ctx.region, Name).length >= atOnce) throw concurrentRunsExceeded(Name)
    const triggers = triggersOf(tables, ctx.region, Name)
    const first = triggers.find(({type}) => type === 'ON_DEMAND')
    if (!first) throw invalidInput(`Workflow ${Name} has no starting trigger.`)
    const properties = {...defaults, ...given}
    return {RunId: chains.start(ctx.region, first, {workflow: Name, properties, triggers}).id}
  }
}

/** GetWorkflowRun, with `IncludeGraph` the state of each node. Throws `EntityNotFoundException`. */
export function getWorkflowRun(
  tables: WorkTables,
  chains: Chains,
): Operation<GetWorkflowRunCommandInput, GetWorkflowRunCommandOutput> {
  return (input, ctx) => {
    const row = requireRun(tables, ctx.region, input)
    return {Run: toWorkflowRun(tables, chains, {row, now: ctx.now, withGraph: input.IncludeGraph})}
  }
}

/** GetWorkflowRuns, the newest first. Throws `EntityNotFoundException`. */
export function getWorkflowRuns(
  tables: WorkTables,
  chains: Chains,
): Operation<GetWorkflowRunsCommandInput, GetWorkflowRunsCommandOutput> {
  return (input, ctx) => {
    const {name} = tables.workflows.require(ctx.region, input.Name ?? '')
    const {items, NextToken} = workPage(tables.chains.newestFirst(ctx.region, name), input, 1000)
    const withGraph = input.IncludeGraph
    return {
      Runs: items.map((row) => toWorkflowRun(tables, chains, {row, now: ctx.now, withGraph})),
      NextToken,
    }
  }
}

/** GetWorkflowRunProperties. Throws `EntityNotFoundException`. */
export function getWorkflowRunProperties(
  tables: WorkTables,
): Operation<GetWorkflowRunPropertiesCommandInput, GetWorkflowRunPropertiesCommandOutput> {
  return (input, ctx) => ({RunProperties: requireRun(tables, ctx.region, input).properties})
}

/** PutWorkflowRunProperties: a property that is there gets the new value. Throws `EntityNotFoundException`. */
export function putWorkflowRunProperties(
  tables: WorkTables,
): Operation<PutWorkflowRunPropertiesCommandInput, PutWorkflowRunPropertiesCommandOutput> {
  return (input, ctx) => {
    tables.store.write(() => {
      const row = requireRun(tables, ctx.region, input)
      tables.chains.put({...row, properties: {...row.properties, ...input.RunProperties}})
    })
    return {}
  }
}

/** StopWorkflowRun: stops its jobs and crawls. Throws `EntityNotFoundException`, `IllegalWorkflowStateException`. */
export function stopWorkflowRun(
  tables: WorkTables,
  chains: Chains,
): Operation<StopWorkflowRunCommandInput, StopWorkflowRunCommandOutput> {
  return (input, ctx) => {
    const row = requireRun(tables, ctx.region, input)
    if (row.status !== 'RUNNING') {
      throw new ServiceError(
        'IllegalWorkflowStateException',
        `Workflow run ${row.id} is ${row.status}, not RUNNING.`,
      )
    }
    chains.stop(row)
    return {}
  }
}

function requireRun(
  tables: WorkTables,
  region: string,
  {Name: name = '', RunId: id = ''}: {Name?: string | undefined; RunId?: string | undefined},
): ChainRow {
  tables.workflows.require(region, name)
  const row = tables.chains.find(region, name, id)
  if (!row) throw entityNotFound(`Workflow run ${id} not found.`)
  return row
}
