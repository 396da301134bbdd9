import {
  BatchGetQueryExecutionCommand,
  CreateWorkGroupCommand,
  DeleteWorkGroupCommand,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  GetTableMetadataCommand,
  GetWorkGroupCommand,
  ListDatabasesCommand,
  ListQueryExecutionsCommand,
  ListTableMetadataCommand,
  ListWorkGroupsCommand,
  StopQueryExecutionCommand,
  UpdateWorkGroupCommand,
} from '@aws-sdk/client-athena'
import {GetObjectCommand} from '@aws-sdk/client-s3'
import {jsonTable, Lake} from './lake'

let lake: Lake

beforeAll(async () => {
  lake = await Lake.open()
  await lake.table(jsonTable('calls', {id: 'string', n: 'bigint'}, {keys: {dt: 'string'}}))
})

afterAll(async () => {
  await lake.discard()
})

describe('query results', () => {
  it('are a file with every field quoted, and NULL as nothing', async () => {
    const id = await lake.start(`SELECT 'say "hi", ' || chr(10) || 'bye' AS a, NULL AS b, '' AS c, 1 AS d`)
    const execution = await lake.finished(id)
    const object = await lake.s3.send(new GetObjectCommand({Bucket: 'lake', Key: `results/${id}.csv`}))

    expect(execution.ResultConfiguration?.OutputLocation).toBe(`s3://lake/results/${id}.csv`)
    expect(await object.Body?.transformToString()).toBe('"a","b","c","d"\n"say ""hi"", \nbye",,"","1"\n')
  })

  it('give NULL as a datum without a value and keep quotes and line ends', async () => {
    const answer = await lake.ask(`SELECT 'say "hi", ' || chr(10) || 'bye' AS a, NULL AS b, '' AS c`)

    expect(answer.result?.Rows).toEqual([
      {Data: [{VarCharValue: 'a'}, {VarCharValue: 'b'}, {VarCharValue: 'c'}]},
      {Data: [{VarCharValue: 'say "hi", \nbye'}, {}, {VarCharValue: ''}]},
    ])
    expect(answer.result?.ResultSetMetadata?.ColumnInfo?.[0]).toEqual({
      CatalogName: 'hive',
      SchemaName: '',
      TableName: '',
      Name: 'a',
      Label: 'a',
      Type: 'varchar',
      Precision: 2147483647,
      Scale: 0,
      Nullable: 'UNKNOWN',
      CaseSensitive: true,
    })
  })

  it('come in pages, the header on the first alone', async () => {
    const id = await lake.start('SELECT x FROM (VALUES (1), (2), (NULL), (4)) AS v(x) ORDER BY x')
    await lake.finished(id)
    const pages: (string | undefined)[][] = []
    let NextToken: string | undefined
    do {
      const page = await lake.athena.send(
        new GetQueryResultsCommand({
          QueryExecutionId: id,
          MaxResults: 2,
          ...(NextToken === undefined ? {} : {NextToken}),
        }),
      )
      pages.push((page.ResultSet?.Rows ?? []).map((row) => row.Data?.[0]?.VarCharValue))
      NextToken = page.NextToken
    } while (NextToken !== undefined)

    expect(pages).toEqual([['x', '1'], ['2', '4'], [undefined]])
  })

  it('are refused for a query that failed', async () => {
    const id = await lake.start('SELECT 1 FROM nothing')
    await lake.finished(id)

    await expect(lake.athena.send(new GetQueryResultsCommand({QueryExecutionId: id}))).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: 'Query did not finish successfully. Final query state: FAILED',
    })
  })
})

describe('StartQueryExecution', () => {
  const token = 'a-token-of-thirty-two-characters-1'

  it('answers a repetition under one token with the first id', async () => {
    const first = await lake.start('SELECT 1', {ClientRequestToken: token})
    const second = await lake.start('SELECT 1', {ClientRequestToken: token})

    expect(second).toBe(first)
    await expect(lake.start('SELECT 2', {ClientRequestToken: token})).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: 'Idempotent parameters do not match',
    })
  })

  it('wants an output location in a bucket that is there', async () => {
    await expect(lake.start('SELECT 1', {ResultConfiguration: {}})).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: /^No output location provided\./,
    })
    await expect(
      lake.start('SELECT 1', {ResultConfiguration: {OutputLocation: 's3://nowhere/x/'}}),
    ).rejects.toMatchObject({message: 'Unable to verify/create output bucket nowhere'})
  })

  it('takes one statement only', async () => {
    await expect(lake.start('SELECT 1; SELECT 2')).rejects.toMatchObject({
      message: 'Only one sql statement is allowed. Got: SELECT 1; SELECT 2',
    })
  })
})

describe('query executions', () => {
  it('are listed by workgroup, and unknown ids named', async () => {
    await lake.athena.send(
      new CreateWorkGroupCommand({
        Name: 'listed',
        Configuration: {ResultConfiguration: {OutputLocation: 's3://lake/listed/'}},
      }),
    )
    const id = await lake.start('SELECT 1', {WorkGroup: 'listed'})
    const execution = await lake.finished(id)
    const list = await lake.athena.send(new ListQueryExecutionsCommand({WorkGroup: 'listed'}))
    const batch = await lake.athena.send(new BatchGetQueryExecutionCommand({QueryExecutionIds: [id, 'none']}))

    // The workgroup enforces its configuration, so the client's location is ignored.
    expect(execution.ResultConfiguration?.OutputLocation).toBe(`s3://lake/listed/${id}.csv`)
    expect(list.QueryExecutionIds).toEqual([id])
    expect(batch.QueryExecutions?.map((one) => one.QueryExecutionId)).toEqual([id])
    expect(batch.UnprocessedQueryExecutionIds?.map((one) => one.ErrorMessage)).toEqual([
      'QueryExecution none was not found',
    ])
    await expect(
      lake.athena.send(new GetQueryExecutionCommand({QueryExecutionId: 'none'})),
    ).rejects.toMatchObject({name: 'InvalidRequestException', message: 'QueryExecution none was not found'})
  })

  it('are cancelled by StopQueryExecution', async () => {
    const id = await lake.start(
      'SELECT count(*) FROM (SELECT a.n FROM unnest(sequence(1, 100000)) a(n), unnest(sequence(1, 100000)) b(n) WHERE a.n + b.n = 7)',
    )
    await lake.athena.send(new StopQueryExecutionCommand({QueryExecutionId: id}))

    expect((await lake.finished(id)).Status?.State).toBe('CANCELLED')
  })

  it('outlive the endpoint', async () => {
    const before = await Lake.open()
    const done = await before.ask('SELECT 1 AS x')
    await before.close()
    const after = await Lake.open(before.endpoint.dataDir)

    const id = done.execution.QueryExecutionId ?? ''
    expect((await after.finished(id)).Status?.State).toBe('SUCCEEDED')
    const results = await after.athena.send(new GetQueryResultsCommand({QueryExecutionId: id}))
    expect(results.ResultSet?.Rows?.[1]).toEqual({Data: [{VarCharValue: '1'}]})
    await after.discard()
  })
})

describe('workgroups', () => {
  it('are created, shown, changed and deleted', async () => {
    await lake.athena.send(new CreateWorkGroupCommand({Name: 'team', Description: 'ours'}))
    await lake.athena.send(
      new UpdateWorkGroupCommand({
        WorkGroup: 'team',
        ConfigurationUpdates: {
          EnforceWorkGroupConfiguration: false,
          ResultConfigurationUpdates: {OutputLocation: 's3://lake/team/'},
        },
      }),
    )
    const {WorkGroup} = await lake.athena.send(new GetWorkGroupCommand({WorkGroup: 'team'}))
    const list = await lake.athena.send(new ListWorkGroupsCommand({}))
    await lake.athena.send(new DeleteWorkGroupCommand({WorkGroup: 'team'}))

    expect(WorkGroup).toMatchObject({
      Name: 'team',
      State: 'ENABLED',
      Description: 'ours',
      Configuration: {
        EnforceWorkGroupConfiguration: false,
        ResultConfiguration: {OutputLocation: 's3://lake/team/'},
        EngineVersion: {EffectiveEngineVersion: 'Athena engine version 3'},
      },
    })
    expect(list.WorkGroups?.map((one) => one.Name)).toEqual(expect.arrayContaining(['primary', 'team']))
    await expect(lake.athena.send(new GetWorkGroupCommand({WorkGroup: 'team'}))).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: 'WorkGroup team is not found.',
    })
  })

  it('hold back the deletion of primary and a second one of a name', async () => {
    await expect(lake.athena.send(new DeleteWorkGroupCommand({WorkGroup: 'primary'}))).rejects.toMatchObject({
      message: 'The primary workgroup cannot be deleted.',
    })
    await expect(lake.athena.send(new CreateWorkGroupCommand({Name: 'primary'}))).rejects.toMatchObject({
      message: 'WorkGroup is already created',
    })
  })

  it('cancel a query that would read more than they allow', async () => {
    await lake.table(jsonTable('big', {x: 'string'}))
    await lake.put('big/a', `{"x":"${'y'.repeat(10_000_001)}"}\n`)
    await lake.athena.send(
      new CreateWorkGroupCommand({
        Name: 'thrifty',
        Configuration: {
          BytesScannedCutoffPerQuery: 10_000_000,
          ResultConfiguration: {OutputLocation: 's3://lake/thrifty/'},
        },
      }),
    )

    const answer = await lake.ask('SELECT count(*) FROM big', {WorkGroup: 'thrifty'})

    expect(answer.state).toBe('CANCELLED')
    expect(answer.reason).toMatch(/Bytes scanned limit was exceeded/)
  })
})

describe('metadata', () => {
  it('shows the databases and tables of the Glue catalog', async () => {
    const CatalogName = 'AwsDataCatalog'
    const databases = await lake.athena.send(new ListDatabasesCommand({CatalogName}))
    const one = {CatalogName, DatabaseName: 'usage'}
    const {TableMetadata} = await lake.athena.send(new GetTableMetadataCommand({...one, TableName: 'calls'}))
    const list = await lake.athena.send(new ListTableMetadataCommand({...one, Expression: 'cal.*'}))

    expect(databases.DatabaseList?.map((database) => database.Name)).toEqual(['usage'])
    expect(TableMetadata?.Columns).toEqual([
      {Name: 'id', Type: 'string'},
      {Name: 'n', Type: 'bigint'},
    ])
    expect(TableMetadata?.PartitionKeys).toEqual([{Name: 'dt', Type: 'string'}])
    expect(list.TableMetadataList?.map((table) => table.Name)).toEqual(['calls'])
    await expect(
      lake.athena.send(new GetTableMetadataCommand({...one, TableName: 'none'})),
    ).rejects.toMatchObject({name: 'MetadataException'})
  })
})
