import {GlueClient, CreateDatabaseCommand, CreateTableCommand} from '@aws-sdk/client-glue'
import {rawSource, readLakeSource} from '../../../src/lib/reports/lake-source'
import {discard, testEndpoint, type TestEndpoint} from '../../_helpers/endpoint'

jest.setTimeout(60_000)

describe('where a report reads', () => {
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

  const table = (Name: string, more = {}) =>
    glue.send(
      new CreateTableCommand({DatabaseName: 'usage', TableInput: {Name, StorageDescriptor: {}, ...more}}),
    )
  const viewOver = (...names: string[]) => {
    const originalSql = names.map((name) => `SELECT 1 FROM "${name}"`).join(' UNION ALL ')
    const encoded = Buffer.from(JSON.stringify({originalSql})).toString('base64')
    return {TableType: 'VIRTUAL_VIEW', ViewOriginalText: `/* Presto View: ${encoded} */`}
  }

  it('are the raw tables that are there, in a fixed order, while there is no view', async () => {
    const seen = async () => (await readLakeSource(glue, 'usage')).tables

    expect(await seen()).toEqual(['raw_events'])
    await glue.send(new CreateDatabaseCommand({DatabaseInput: {Name: 'usage'}}))
    await table('raw_events_parquet')
    expect(await seen()).toEqual(['raw_events_parquet'])
    await table('raw_events')
    expect(await seen()).toEqual(['raw_events', 'raw_events_parquet'])
  })

  it('is the view, as long as it reads every raw table', async () => {
    await glue.send(new CreateDatabaseCommand({DatabaseInput: {Name: 'usage'}}))
    await table('raw_events')
    await table('usage_events', viewOver('raw_events'))

    expect(await readLakeSource(glue, 'usage')).toEqual({
      events: {sql: '"usage_events"'},
      tables: ['usage_events'],
      formats: ['json'],
      warnings: [],
    })

    await table('raw_events_parquet')

    expect(await readLakeSource(glue, 'usage')).toMatchObject({
      tables: ['raw_events', 'raw_events_parquet'],
      warnings: [expect.stringContaining('"usage-tracker lake init" makes it anew.')],
    })
  })

  it('leaves out a table that may not be looked at, with a warning', async () => {
    const denied = Object.assign(new Error('no'), {
      name: 'AccessDeniedException',
      $metadata: {httpStatusCode: 400},
    })
    const client = {
      send: async ({input}: {input: {Name: string}}) => {
        if (input.Name === 'raw_events_parquet') throw denied
        return input.Name === 'raw_events' ? {Table: {Name: 'raw_events'}} : {}
      },
    } as unknown as GlueClient

    expect(await readLakeSource(client, 'usage')).toMatchObject({
      tables: ['raw_events'],
      warnings: [
        'Table usage.raw_events_parquet may not be looked at (glue:GetTable): if it is there, its events are not counted.',
      ],
    })
  })
})

describe('the raw tables as the events of a lake', () => {
  it('are one relation, objects of both forms in the order of their arrival', () => {
    expect(rawSource(['json']).events.sql).toMatch(
      /FROM "raw_events"\n\) AS taken\n\) AS arrived\n\) AS "usage_events"$/,
    )
    expect(rawSource(['parquet']).tables).toEqual(['raw_events_parquet'])
    // The engine then says that the table is not there.
    expect(rawSource([]).tables).toEqual(['raw_events'])
    const {sql} = rawSource(['json', 'parquet']).events
    expect(sql.split('UNION ALL')).toHaveLength(2)
    expect(sql).toContain(`replace("object", '/events-parquet/', '/events/')`)
  })
})
