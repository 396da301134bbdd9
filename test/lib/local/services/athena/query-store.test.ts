import {rmSync} from 'node:fs'
import {QueryStore, type QueryRow} from '../../../../../src/lib/local/services/athena/query-store'
import {Store} from '../../../../../src/lib/local/store'
import {temporaryFolder} from '../../../../_helpers/endpoint'

const row: QueryRow = {
  id: 'q1',
  region: 'eu-west-1',
  sql: 'SELECT 1',
  parameters: [],
  workGroup: 'primary',
  context: {},
  resultConfiguration: {OutputLocation: 's3://lake/q1.csv'},
  bytesScannedCutoff: undefined,
  state: 'RUNNING',
  reason: undefined,
  error: undefined,
  submittedAt: 1000,
  startedAt: 1001,
  completedAt: undefined,
  scannedBytes: 0,
  columns: [],
}

describe('QueryStore', () => {
  let folder: string
  let store: Store

  beforeEach(() => {
    folder = temporaryFolder()
    store = new Store(folder)
  })

  afterEach(async () => {
    await store.close()
    rmSync(folder, {recursive: true, force: true})
  })

  it('makes a query that was running when the endpoint ended FAILED, and leaves others alone', () => {
    const queries = new QueryStore(store)
    store.write(() => {
      queries.put(row)
      queries.put({...row, id: 'q2', state: 'SUCCEEDED', completedAt: 1002})
    })

    queries.failInterrupted(2000)

    expect(queries.find('eu-west-1', 'q1')).toMatchObject({
      state: 'FAILED',
      reason: 'GENERIC_INTERNAL_ERROR: The local endpoint ended while the query was running.',
      completedAt: 2000,
    })
    expect(queries.find('eu-west-1', 'q2')).toMatchObject({state: 'SUCCEEDED', completedAt: 1002})
  })

  it('does not change a query that has ended', () => {
    const queries = new QueryStore(store)
    store.write(() => queries.put({...row, state: 'CANCELLED', completedAt: 1002}))

    const changed = queries.advance(row, {state: 'SUCCEEDED'})

    expect(changed).toBe(false)
    expect(queries.find('eu-west-1', 'q1')?.state).toBe('CANCELLED')
  })
})
