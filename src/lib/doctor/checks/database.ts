import type {Check} from '../check'
import {broken, ok} from '../finding'

export const database: Check = {
  hop: 'database',
  after: ['credentials'],
  permissions: ['glue:GetDatabase'],
  run: async ({reads, road, commands}) => {
    const {name} = road.database
    return (await reads.database())
      ? ok(`Database ${name} is there.`)
      : broken(`There is no database ${name}: no report can run.`, commands.bind())
  },
}
