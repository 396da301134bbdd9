import {toOpError} from '../../aws/map-sdk-error'
import type {LakeDeps, LakePlace} from '../compact/lake-deps'
import {replaceView} from '../replace-view'
import {updateTable} from '../update-table'
import type {LakePlan} from './plan-init'
import {limitScans} from './workgroup'

/** Makes what a plan says: the tables before the view that reads them. Throws what Glue and Athena refuse. */
export async function applyInit(deps: LakeDeps, place: LakePlace, plan: LakePlan): Promise<void> {
  for (const {action, resource, name} of plan.changes) {
    if (action === 'keep') continue
    const raw = plan.rawTables.find(({Name: own}) => own === name)
    if (raw) await updateTable(deps.glue, place.database, raw)
    else if (resource === 'table') await applyTable(deps, place, plan)
    if (resource === 'view') await replaceView(deps, place, plan.view)
    if (resource === 'workgroup' && plan.scanLimitBytes !== undefined) {
      await limitScans(deps.athena, place.workgroup, plan.scanLimitBytes)
    }
  }
}

/** Parameters that others have put on the table stay. */
async function applyTable({glue}: LakeDeps, {database}: LakePlace, {table, actual}: LakePlan): Promise<void> {
  const {CreateTableCommand, UpdateTableCommand} = await import('@aws-sdk/client-glue')
  const TableInput = {...table, Parameters: {...actual?.Parameters, ...table.Parameters}}
  try {
    if (actual) await glue.send(new UpdateTableCommand({DatabaseName: database, TableInput}))
    else await glue.send(new CreateTableCommand({DatabaseName: database, TableInput}))
  } catch (error) {
    throw toOpError(error, `make table ${database}.${table.Name}`)
  }
}
