import {GlueClient, CreateDatabaseCommand, CreateTableCommand} from '@aws-sdk/client-glue'
import {rawSource} from '../../../src/lib/reports/raw-source'
import {readRawTables} from '../../../src/lib/reports/raw-tables'
import {discard, testEndpoint, type TestEndpoint} from '../../_helpers/endpoint'

jest.setTimeout(60_000)

describe('the raw tables of a lake', () => {
  let endpoint: TestEndpoint
  let glue: GlueClient

  beforeEach(async () => {
    endpoint = await testEndpoint()
    glue = new GlueClient(endpoint.client)
  })

  afterEach(async () => {
    glue.destroy()
    await discard(endpoint)
  })

  it('are those that are there, in a fixed order', async () => {
    const table = (Name: string) =>
      glue.send(new CreateTableCommand({DatabaseName: 'usage', TableInput: {Name, StorageDescriptor: {}}}))
    const seen = async () => (await readRawTables(glue, 'usage')).formats

    expect(await seen()).toEqual([])
    await glue.send(new CreateDatabaseCommand({DatabaseInput: {Name: 'usage'}}))
    expect(await seen()).toEqual([])
    await table('raw_events_parquet')
    expect(await seen()).toEqual(['parquet'])
    await table('raw_events')
    expect(await seen()).toEqual(['json', 'parquet'])
  })

  it('are left out with a warning where they may not be looked at', async () => {
    const denied = Object.assign(new Error('no'), {
      name: 'AccessDeniedException',
      $metadata: {httpStatusCode: 400},
    })
    const client = {
      send: async ({input}: {input: {Name: string}}) => {
        if (input.Name === 'raw_events_parquet') throw denied
        return {}
      },
    } as unknown as GlueClient

    expect(await readRawTables(client, 'usage')).toEqual({
      formats: ['json'],
      warnings: [
        'Table usage.raw_events_parquet may not be looked at (glue:GetTable): if it is there, its events are not counted.',
      ],
    })
  })
})

describe('what a report reads', () => {
  it('is one table, or both as one with the objects in the order of their arrival', () => {
    expect(rawSource(['json']).sql).toBe('"raw_events"')
    expect(rawSource(['parquet']).sql).toBe('"raw_events_parquet"')
    // Athena then says that the table is not there.
    expect(rawSource([]).sql).toBe('"raw_events"')
    const columns =
      '"version", "id", "detail_type", "source", "account", "time", "region", "resources", "detail", "dt", "hour"'
    expect(rawSource(['json', 'parquet']).sql.split('\n')).toEqual([
      '(',
      `  SELECT replace("$path", '/events/', '/events/') AS "$path", ${columns} FROM "raw_events"`,
      '  UNION ALL',
      `  SELECT replace("$path", '/events-parquet/', '/events/') AS "$path", ${columns} FROM "raw_events_parquet"`,
      ') AS raw',
    ])
  })
})
