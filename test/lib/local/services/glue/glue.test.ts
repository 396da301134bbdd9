import {
  BatchCreatePartitionCommand,
  BatchDeletePartitionCommand,
  BatchDeleteTableCommand,
  BatchGetPartitionCommand,
  CreateDatabaseCommand,
  CreatePartitionCommand,
  CreateTableCommand,
  DeleteDatabaseCommand,
  DeletePartitionCommand,
  GetDatabaseCommand,
  GetDatabasesCommand,
  GetPartitionCommand,
  GetPartitionsCommand,
  GetTableCommand,
  GetTablesCommand,
  GetTableVersionsCommand,
  GetTagsCommand,
  GlueClient,
  ListBlueprintsCommand,
  TagResourceCommand,
  UpdateDatabaseCommand,
  UpdatePartitionCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-glue'
import {discard, testEndpoint, type TestEndpoint} from '../../../../_helpers/endpoint'

let endpoint: TestEndpoint
let glue: GlueClient

beforeAll(async () => {
  endpoint = await testEndpoint()
  glue = new GlueClient(endpoint.client)
})

afterAll(async () => {
  glue.destroy()
  await discard(endpoint)
})

/** A database of its own with a table `t`, partitioned by dt and hour. */
async function tableIn(database: string): Promise<{DatabaseName: string; TableName: string}> {
  await glue.send(new CreateDatabaseCommand({DatabaseInput: {Name: database}}))
  await glue.send(
    new CreateTableCommand({
      DatabaseName: database,
      TableInput: {
        Name: 'T',
        PartitionKeys: [
          {Name: 'dt', Type: 'string'},
          {Name: 'hour', Type: 'int'},
        ],
        StorageDescriptor: {Columns: [{Name: 'Id', Type: 'string'}], Location: 's3://lake/t/'},
      },
    }),
  )
  return {DatabaseName: database, TableName: 't'}
}

describe('databases', () => {
  it('fold their names, are found in any case, and exist once', async () => {
    await glue.send(
      new CreateDatabaseCommand({DatabaseInput: {Name: 'Folded', Description: 'd', Parameters: {a: 'b'}}}),
    )
    const {Database} = await glue.send(new GetDatabaseCommand({Name: 'FOLDED'}))

    expect(Database).toMatchObject({
      Name: 'folded',
      Description: 'd',
      Parameters: {a: 'b'},
      CatalogId: '000000000000',
    })
    expect(Database?.CreateTime).toBeInstanceOf(Date)
    await expect(
      glue.send(new CreateDatabaseCommand({DatabaseInput: {Name: 'folded'}})),
    ).rejects.toMatchObject({name: 'AlreadyExistsException', message: 'Database already exists.'})
  })

  it('come in pages', async () => {
    for (const Name of ['page_a', 'page_b', 'page_c']) {
      await glue.send(new CreateDatabaseCommand({DatabaseInput: {Name}}))
    }
    const names: (string | undefined)[] = []
    let NextToken: string | undefined
    do {
      const page = await glue.send(
        new GetDatabasesCommand({MaxResults: 1, ...(NextToken === undefined ? {} : {NextToken})}),
      )
      names.push(...(page.DatabaseList ?? []).map((one) => one.Name))
      NextToken = page.NextToken
    } while (NextToken !== undefined)

    expect(names.filter((name) => name?.startsWith('page_'))).toEqual(['page_a', 'page_b', 'page_c'])
  })

  it('are updated, and deleted with their tables', async () => {
    const {DatabaseName} = await tableIn('gone')
    await glue.send(
      new UpdateDatabaseCommand({Name: 'gone', DatabaseInput: {Name: 'gone', Description: 'new'}}),
    )
    const {Database} = await glue.send(new GetDatabaseCommand({Name: 'gone'}))
    await glue.send(new DeleteDatabaseCommand({Name: 'gone'}))
    await glue.send(new CreateDatabaseCommand({DatabaseInput: {Name: 'gone'}}))
    const tables = await glue.send(new GetTablesCommand({DatabaseName}))

    expect(Database?.Description).toBe('new')
    expect(tables.TableList).toEqual([])
    await expect(glue.send(new GetDatabaseCommand({Name: 'nowhere'}))).rejects.toMatchObject({
      name: 'EntityNotFoundException',
      message: 'Database nowhere not found.',
    })
  })

  it('carry tags', async () => {
    await glue.send(new CreateDatabaseCommand({DatabaseInput: {Name: 'tagged'}, Tags: {a: '1'}}))
    const ResourceArn = 'arn:aws:glue:eu-west-1:000000000000:database/tagged'
    await glue.send(new TagResourceCommand({ResourceArn, TagsToAdd: {b: '2'}}))

    expect((await glue.send(new GetTagsCommand({ResourceArn}))).Tags).toEqual({a: '1', b: '2'})
  })
})

describe('tables', () => {
  it('fold the names of table and columns and begin at version 0', async () => {
    const {DatabaseName} = await tableIn('tables_a')
    const {Table} = await glue.send(new GetTableCommand({DatabaseName, Name: 't'}))

    expect(Table).toMatchObject({
      Name: 't',
      DatabaseName: 'tables_a',
      VersionId: '0',
      Retention: 0,
      StorageDescriptor: {Columns: [{Name: 'id', Type: 'string'}], Location: 's3://lake/t/'},
    })
    await expect(glue.send(new GetTableCommand({DatabaseName, Name: 'x'}))).rejects.toMatchObject({
      name: 'EntityNotFoundException',
      message: 'Table x not found.',
    })
    await expect(
      glue.send(new CreateTableCommand({DatabaseName, TableInput: {Name: 't'}})),
    ).rejects.toMatchObject({name: 'AlreadyExistsException', message: 'Table already exists.'})
  })

  it('are replaced whole by an update, which keeps the version before', async () => {
    const {DatabaseName, TableName} = await tableIn('tables_b')
    await glue.send(new UpdateTableCommand({DatabaseName, TableInput: {Name: 't', Description: 'one'}}))
    await glue.send(
      new UpdateTableCommand({DatabaseName, TableInput: {Name: 't', Description: 'two'}, SkipArchive: true}),
    )
    const versions = await glue.send(new GetTableVersionsCommand({DatabaseName, TableName}))

    expect(versions.TableVersions?.map((one) => [one.VersionId, one.Table?.Description])).toEqual([
      ['2', 'two'],
      ['0', undefined],
    ])
    await expect(
      glue.send(new UpdateTableCommand({DatabaseName, TableInput: {Name: 't'}, VersionId: '1'})),
    ).rejects.toMatchObject({name: 'ConcurrentModificationException'})
  })

  it('are found by a regular expression and deleted many at once', async () => {
    const {DatabaseName} = await tableIn('tables_c')
    await glue.send(new CreateTableCommand({DatabaseName, TableInput: {Name: 'raw_events'}}))
    const found = await glue.send(new GetTablesCommand({DatabaseName, Expression: 'raw_.*'}))
    const starred = await glue.send(new GetTablesCommand({DatabaseName, Expression: 'raw*'}))
    const gone = await glue.send(new BatchDeleteTableCommand({DatabaseName, TablesToDelete: ['t', 'none']}))

    expect(found.TableList?.map((one) => one.Name)).toEqual(['raw_events'])
    expect(starred.TableList?.map((one) => one.Name)).toEqual(['raw_events'])
    expect(gone.Errors).toEqual([
      {
        TableName: 'none',
        ErrorDetail: {ErrorCode: 'EntityNotFoundException', ErrorMessage: 'Table none not found.'},
      },
    ])
  })

  it('refuse what is not emulated', async () => {
    const {DatabaseName} = await tableIn('tables_d')

    await expect(
      glue.send(
        new CreateTableCommand({
          DatabaseName,
          TableInput: {Name: 'x'},
          OpenTableFormatInput: {IcebergInput: {MetadataOperation: 'CREATE'}},
        }),
      ),
    ).rejects.toMatchObject({
      name: 'InvalidInputException',
      message: /^OpenTableFormatInput is not supported/,
    })
  })
})

describe('partitions', () => {
  it('are created, found, changed and deleted', async () => {
    const place = await tableIn('parts_a')
    const Values = ['2026-11-01', '7']
    await glue.send(new CreatePartitionCommand({...place, PartitionInput: {Values, Parameters: {a: 'b'}}}))
    const {Partition} = await glue.send(new GetPartitionCommand({...place, PartitionValues: Values}))
    await glue.send(
      new UpdatePartitionCommand({
        ...place,
        PartitionValueList: Values,
        PartitionInput: {Values: ['2026-11-02', '8']},
      }),
    )
    await glue.send(new DeletePartitionCommand({...place, PartitionValues: ['2026-11-02', '8']}))

    expect(Partition).toMatchObject({Values, DatabaseName: 'parts_a', TableName: 't', Parameters: {a: 'b'}})
    expect(Partition?.CreationTime).toBeInstanceOf(Date)
    await expect(
      glue.send(new GetPartitionCommand({...place, PartitionValues: Values})),
    ).rejects.toMatchObject({name: 'EntityNotFoundException', message: 'Cannot find partition.'})
    await expect(
      glue.send(new CreatePartitionCommand({...place, PartitionInput: {Values: ['2026-11-01']}})),
    ).rejects.toMatchObject({
      name: 'InvalidInputException',
      message: 'The number of partition keys do not match the number of partition values',
    })
  })

  it('of a batch that cannot be created or deleted are named, the others are', async () => {
    const place = await tableIn('parts_b')
    await glue.send(new CreatePartitionCommand({...place, PartitionInput: {Values: ['a', '1']}}))
    const created = await glue.send(
      new BatchCreatePartitionCommand({
        ...place,
        PartitionInputList: [{Values: ['a', '1']}, {Values: ['b', '2']}],
      }),
    )
    const found = await glue.send(
      new BatchGetPartitionCommand({...place, PartitionsToGet: [{Values: ['b', '2']}, {Values: ['c', '3']}]}),
    )
    const deleted = await glue.send(
      new BatchDeletePartitionCommand({
        ...place,
        PartitionsToDelete: [{Values: ['a', '1']}, {Values: ['c', '3']}],
      }),
    )

    expect(created.Errors).toEqual([
      {
        PartitionValues: ['a', '1'],
        ErrorDetail: {ErrorCode: 'AlreadyExistsException', ErrorMessage: 'Partition already exists.'},
      },
    ])
    expect(found.Partitions?.map((one) => one.Values)).toEqual([['b', '2']])
    expect(deleted.Errors?.map((one) => one.PartitionValues)).toEqual([['c', '3']])
  })

  it.each([
    ["dt = '2026-11-01'", ['2026-11-01/2', '2026-11-01/10']],
    ["dt >= '2026-11-02' AND hour < 5", ['2026-11-02/3']],
    ["hour BETWEEN 2 AND 3 OR dt IN ('2026-11-03')", ['2026-11-01/2', '2026-11-02/3', '2026-11-03/9']],
    ["NOT (dt = '2026-11-01') and hour <> 9", ['2026-11-02/3']],
  ])('are chosen by the expression %s', async (Expression, expected) => {
    const place = await tableIn(`parts_${Buffer.from(Expression).toString('hex').slice(0, 60)}`)
    const values = [
      ['2026-11-01', '2'],
      ['2026-11-01', '10'],
      ['2026-11-02', '3'],
      ['2026-11-03', '9'],
    ]
    await glue.send(
      new BatchCreatePartitionCommand({...place, PartitionInputList: values.map((Values) => ({Values}))}),
    )
    const {Partitions} = await glue.send(new GetPartitionsCommand({...place, Expression}))

    const found = (Partitions ?? []).map((one) => one.Values?.join('/'))
    expect(found.sort()).toEqual([...expected].sort())
  })

  it('refuse an expression that is not understood', async () => {
    const place = await tableIn('parts_like')

    await expect(
      glue.send(new GetPartitionsCommand({...place, Expression: "dt LIKE '2026%'"})),
    ).rejects.toMatchObject({
      name: 'InvalidInputException',
      message: /^Expression is not supported at: LIKE/i,
    })
  })
})

describe('what is not there', () => {
  it('is refused', async () => {
    await expect(glue.send(new ListBlueprintsCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
    })
  })
})
