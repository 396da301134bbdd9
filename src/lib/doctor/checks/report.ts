import {toOpError} from '../../aws/map-sdk-error'
import type {Check} from '../check'
import {broken, ok} from '../finding'

/** The end of the road: the bill of the last hour runs. */
export const report: Check = {
  hop: 'report',
  after: ['bucket', 'database', 'table', 'workgroup'],
  permissions: [
    ...['athena:StartQueryExecution', 'athena:GetQueryExecution', 'athena:GetQueryResults'],
    ...['glue:GetTable', 'glue:GetDatabase', 's3:GetObject', 's3:ListBucket', 's3:PutObject'],
  ],
  run: async ({tryReport, commands}) => {
    try {
      await tryReport()
      return ok('A bill of the last hour runs.')
    } catch (error) {
      const known = toOpError(error, 'run a bill of the last hour')
      if (known.code === 'NOT_BOUND') return broken(known.message, commands.bind())
      if (known.code === 'QUERY_FAILED') return broken(known.message, known.hint)
      throw known
    }
  },
}
