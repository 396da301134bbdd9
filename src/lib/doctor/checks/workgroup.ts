import type {Check} from '../check'
import {broken, ok, skipped, warn} from '../finding'

/** Reports run in the workgroup; its output location is where Athena puts their answers. */
export const workgroup: Check = {
  hop: 'workgroup',
  after: ['credentials'],
  permissions: ['athena:GetWorkGroup'],
  run: async ({reads, road, commands}) => {
    const {name, outputLocation} = road.workgroup
    const found = await reads.workgroup()
    if (!found) return broken(`There is no workgroup ${name}: no report can run.`, commands.bind())
    if (found.state === undefined && !found.outputLocation) {
      return skipped(`This endpoint says nothing about workgroup ${name}.`)
    }
    if (found.state === 'DISABLED') {
      return broken(`Workgroup ${name} is disabled: no report can run.`, commands.bind())
    }
    if (!found.outputLocation) {
      return broken(`Workgroup ${name} has no output location: Athena refuses queries.`, commands.bind())
    }
    if (found.outputLocation.replace(/\/?$/, '/') !== outputLocation) {
      return warn(
        `Workgroup ${name} puts answers into ${found.outputLocation}, not ${outputLocation}.`,
        commands.bind(),
      )
    }
    return ok(`Workgroup ${name} is enabled and puts answers into ${outputLocation}.`)
  },
}
