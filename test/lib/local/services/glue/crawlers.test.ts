import {gzipSync} from 'node:zlib'
import {
  CreateCrawlerCommand,
  CreateTableCommand,
  DeleteCrawlerCommand,
  GetCrawlerCommand,
  GetCrawlerMetricsCommand,
  GetCrawlersCommand,
  GetPartitionsCommand,
  GetTableCommand,
  GetTablesCommand,
  GetTableVersionsCommand,
  ListCrawlersCommand,
  ListCrawlsCommand,
  StartCrawlerCommand,
  StopCrawlerCommand,
  UpdateCrawlerCommand,
  type Crawler,
  type CreateCrawlerCommandInput,
} from '@aws-sdk/client-glue'
import {DeleteObjectCommand} from '@aws-sdk/client-s3'
import {discard, testEndpoint, type TestEndpoint} from '../../../../_helpers/endpoint'
import {parquetOf} from '../../../../_helpers/parquet'
import {Workshop} from './_helpers'

jest.setTimeout(60_000)

let endpoint: TestEndpoint
let shop: Workshop

beforeAll(async () => {
  endpoint = await testEndpoint()
  shop = await Workshop.open(endpoint)
})

afterAll(async () => {
  shop.close()
  await discard(endpoint)
})

/** A crawler of a folder of its own. */
async function crawler(Name: string, more: Partial<CreateCrawlerCommandInput> = {}): Promise<string> {
  const Targets = {S3Targets: [{Path: `s3://lake/${Name}/`}]}
  await shop.glue.send(new CreateCrawlerCommand({Name, Role: 'worker', DatabaseName: 'db', Targets, ...more}))
  return Name
}

async function crawl(Name: string): Promise<Crawler> {
  await shop.glue.send(new StartCrawlerCommand({Name}))
  const found = await shop.crawler(Name)
  expect(found.LastCrawl?.ErrorMessage).toBeUndefined()
  return found
}

async function table(Name: string) {
  const {Table} = await shop.glue.send(new GetTableCommand({DatabaseName: 'db', Name}))
  const columns = Table?.StorageDescriptor?.Columns ?? []
  return {
    table: Table,
    columns: Object.fromEntries(columns.map((column) => [column.Name, column.Type])),
    keys: Table?.PartitionKeys?.map((key) => key.Name),
  }
}

async function partitions(TableName: string) {
  const {Partitions = []} = await shop.glue.send(new GetPartitionsCommand({DatabaseName: 'db', TableName}))
  return Partitions.map(({Values, StorageDescriptor}) => [...(Values ?? []), StorageDescriptor?.Location])
}

async function tables(Expression: string): Promise<(string | undefined)[]> {
  const {TableList} = await shop.glue.send(new GetTablesCommand({DatabaseName: 'db', Expression}))
  return (TableList ?? []).map(({Name}) => Name)
}

describe('a crawl', () => {
  it('makes a table of JSON, with its partitions, nested types, and columns that only some have', async () => {
    await shop.put(
      'json/dt=2026-11-10/hour=05/a.json',
      '{"Id":1,"who":{"name":"ann","tags":["a"]},"ok":true,"odd":1}\n{"Id":3000000000,"who":{"age":7},"odd":"x"}\n',
    )
    await shop.put(
      'json/dt=2026-11-11/hour=00/b.json.gz',
      gzipSync('{"id":2,"price":1.5}{"id":3,"list":[{"a":1}]}'),
    )
    await shop.put('json/dt=2026-11-11/hour=00/_SUCCESS', 'done')
    const found = await crawl(await crawler('json', {TablePrefix: 'raw_'}))

    expect(found).toMatchObject({State: 'READY', LastCrawl: {Status: 'SUCCEEDED'}, Version: 1})
    const {columns, keys, table: row} = await table('raw_json')
    expect(columns).toEqual({
      id: 'bigint',
      who: 'struct<name:string,tags:array<string>,age:int>',
      ok: 'boolean',
      odd: 'string',
      price: 'double',
      list: 'array<struct<a:int>>',
    })
    expect(keys).toEqual(['dt', 'hour'])
    expect(await partitions('raw_json')).toEqual([
      ['2026-11-10', '05', 's3://lake/json/dt=2026-11-10/hour=05/'],
      ['2026-11-11', '00', 's3://lake/json/dt=2026-11-11/hour=00/'],
    ])
    expect(row).toMatchObject({
      TableType: 'EXTERNAL_TABLE',
      Parameters: {classification: 'json', UPDATED_BY_CRAWLER: 'json', objectCount: '2', recordCount: '4'},
      StorageDescriptor: {
        Location: 's3://lake/json/',
        SerdeInfo: {SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe'},
      },
    })
  })

  it('makes a table of Parquet, whatever its types', async () => {
    const one =
      await parquetOf(`SELECT 1::BIGINT AS "Id", 1.50::DECIMAL(9,2) AS price, TIMESTAMP '2026-01-01' AS at,
      DATE '2026-01-01' AS day, {'a': 1, 'b': ['x']} AS nested, MAP {'k': 1.5::DOUBLE} AS map, 'x'::BLOB AS raw`)
    await shop.put('pq/one.parquet', one)
    await shop.put('pq/two.parquet', await parquetOf("SELECT 2::INTEGER AS id, 'new' AS more"))
    await crawl(await crawler('pq'))

    const {columns, keys, table: row} = await table('pq')
    expect(columns).toEqual({
      ...{id: 'bigint', price: 'decimal(9,2)', at: 'timestamp', day: 'date'},
      ...{nested: 'struct<a:int,b:array<string>>', map: 'map<string,double>', raw: 'binary', more: 'string'},
    })
    expect(keys).toEqual([])
    expect(row?.Parameters).toMatchObject({classification: 'parquet', recordCount: '2'})
    expect(row?.StorageDescriptor?.SerdeInfo?.SerializationLibrary).toMatch(/ParquetHiveSerDe/)
  })

  it('names partitions of plain folders by their place, and makes a table of each folder that is unlike the others', async () => {
    for (const month of ['01', '02']) await shop.put(`plain/2026/${month}/a.json`, '{"a":1,"b":2}')
    await shop.put('mixed/calls/a.json', '{"route":"/","ms":1}')
    await shop.put('mixed/users/a.json', '{"name":"ann","age":7}')
    await crawl(await crawler('plain'))
    await crawl(await crawler('mixed'))

    expect((await table('plain')).keys).toEqual(['partition_0', 'partition_1'])
    expect(await partitions('plain')).toEqual([
      ['2026', '01', 's3://lake/plain/2026/01/'],
      ['2026', '02', 's3://lake/plain/2026/02/'],
    ])
    expect(await tables('calls|users|mixed')).toEqual(['calls', 'users'])
  })

  it('adds columns and partitions that are new, and leaves a version of the table behind', async () => {
    await shop.put('grown/dt=1/a.json', '{"a":1}')
    const name = await crawler('grown')
    await crawl(name)
    await shop.put('grown/dt=2/a.json', '{"a":2.5,"b":"new"}')
    await crawl(name)
    await crawl(name)

    expect((await table('grown')).columns).toEqual({a: 'double', b: 'string'})
    expect(await partitions('grown')).toHaveLength(2)
    const versions = await shop.glue.send(
      new GetTableVersionsCommand({DatabaseName: 'db', TableName: 'grown'}),
    )
    expect(versions.TableVersions).toHaveLength(2)
    const {Crawls} = await shop.glue.send(new ListCrawlsCommand({CrawlerName: name}))
    expect(
      Crawls?.map(({State, Summary}) => ({State, Summary: JSON.parse(Summary ?? '') as unknown})),
    ).toEqual([
      {State: 'COMPLETED', Summary: {}},
      {
        State: 'COMPLETED',
        Summary: {
          TABLE: {UPDATE: {Count: 1, Details: {names: ['grown']}}},
          PARTITION: {ADD: {Count: 1, Details: {names: ['grown/2']}}},
        },
      },
      {
        State: 'COMPLETED',
        Summary: {
          TABLE: {ADD: {Count: 1, Details: {names: ['grown']}}},
          PARTITION: {ADD: {Count: 1, Details: {names: ['grown/1']}}},
        },
      },
    ])
    const {CrawlerMetricsList} = await shop.glue.send(new GetCrawlerMetricsCommand({CrawlerNameList: [name]}))
    expect(CrawlerMetricsList).toMatchObject([
      {CrawlerName: name, TablesCreated: 1, TablesUpdated: 1, TablesDeleted: 0, StillEstimating: false},
    ])
  })

  it.each([
    ['LOG', {SchemaChangePolicy: {UpdateBehavior: 'LOG' as const}}, {a: 'int', b: 'int'}],
    [
      'MergeNewColumns',
      {
        Configuration: JSON.stringify({
          Version: 1,
          CrawlerOutput: {Tables: {AddOrUpdateBehavior: 'MergeNewColumns'}},
        }),
      },
      {a: 'int', b: 'int', c: 'int'},
    ],
    ['UPDATE_IN_DATABASE', {}, {a: 'string', c: 'int'}],
  ])('leaves or changes columns as %s says', async (what, more, columns) => {
    const folder = `policy_${what.toLowerCase()}`
    await shop.put(`${folder}/a.json`, '{"a":1,"b":2}')
    const name = await crawler(folder, more)
    await crawl(name)
    await shop.put(`${folder}/a.json`, '{"a":"x","c":3}')
    await crawl(name)

    expect((await table(folder)).columns).toEqual(columns)
  })

  it.each([
    ['DELETE_FROM_DATABASE' as const, [], {TablesDeleted: 1}],
    ['DEPRECATE_IN_DATABASE' as const, ['gone_deprecate_in_database'], {TablesDeleted: 0, TablesUpdated: 1}],
    ['LOG' as const, ['gone_log'], {TablesDeleted: 0, TablesUpdated: 0}],
  ])('does to tables that are gone what %s says', async (DeleteBehavior, left, counts) => {
    const folder = `gone_${DeleteBehavior.toLowerCase()}`
    await shop.put(`${folder}/a.json`, '{"a":1}')
    const name = await crawler(folder, {SchemaChangePolicy: {DeleteBehavior}})
    await crawl(name)
    await shop.s3.send(new DeleteObjectCommand({Bucket: 'lake', Key: `${folder}/a.json`}))
    await crawl(name)

    expect(await tables(folder)).toEqual(left)
    const {CrawlerMetricsList} = await shop.glue.send(new GetCrawlerMetricsCommand({CrawlerNameList: [name]}))
    expect(CrawlerMetricsList).toMatchObject([counts])
    const {TableList} = await shop.glue.send(new GetTablesCommand({DatabaseName: 'db', Expression: folder}))
    const marks = TableList?.map(({Parameters}) => 'DEPRECATED_BY_CRAWLER' in (Parameters ?? {}))
    expect(marks).toEqual(left.map(() => DeleteBehavior === 'DEPRECATE_IN_DATABASE'))
  })

  it("leaves somebody else's table of the same name alone", async () => {
    const TableInput = {Name: 'taken', StorageDescriptor: {Location: 's3://elsewhere/taken/'}}
    await shop.glue.send(new CreateTableCommand({DatabaseName: 'db', TableInput}))
    await shop.put('taken/a.json', '{"a":1}')
    await crawl(await crawler('taken'))
    await crawl('taken')

    const names = await tables('taken.*')
    expect(names).toEqual(['taken', expect.stringMatching(/^taken_[0-9a-f]{32}$/)])
    expect((await table('taken')).table?.StorageDescriptor?.Location).toBe('s3://elsewhere/taken/')
  })

  it.each([
    ['an object that it cannot read', {}, /csv.* is neither JSON nor Parquet/],
    ['a database that is not there', {DatabaseName: 'nowhere'}, /Database nowhere not found/],
    ['a bucket that is not there', {Targets: {S3Targets: [{Path: 's3://nowhere'}]}}, /bucket does not exist/],
    ['a role that is not there', {Role: 'nobody'}, /role\/nobody does not exist/],
  ])('fails of %s, and says so', async (what, more, reason) => {
    const folder = `bad_${what.length}`
    await shop.put(`${folder}/a.csv`, 'a,b\n1,2\n')
    const Name = await crawler(folder, more)
    await shop.glue.send(new StartCrawlerCommand({Name}))

    const {LastCrawl} = await shop.crawler(Name)
    expect(LastCrawl).toMatchObject({Status: 'FAILED', ErrorMessage: expect.stringMatching(reason) as string})
    const {Crawls} = await shop.glue.send(new ListCrawlsCommand({CrawlerName: Name}))
    expect(Crawls).toMatchObject([{State: 'FAILED', ErrorMessage: LastCrawl?.ErrorMessage}])
  })
})

describe('a crawler', () => {
  it('is shown, listed, changed and forgotten', async () => {
    const Name = await crawler('kept')
    await expect(crawler('kept')).rejects.toMatchObject({name: 'AlreadyExistsException'})
    await shop.glue.send(new UpdateCrawlerCommand({Name, TablePrefix: 'p_'}))
    const {Crawler: shown} = await shop.glue.send(new GetCrawlerCommand({Name}))
    expect(shown).toMatchObject({
      ...{Name, Role: 'worker', State: 'READY', TablePrefix: 'p_', Version: 2, DatabaseName: 'db'},
      SchemaChangePolicy: {UpdateBehavior: 'UPDATE_IN_DATABASE', DeleteBehavior: 'DEPRECATE_IN_DATABASE'},
    })
    expect(shown?.LastCrawl).toBeUndefined()
    const {Crawlers} = await shop.glue.send(new GetCrawlersCommand({}))
    expect(Crawlers?.map((one) => one.Name)).toContain(Name)
    const {CrawlerNames} = await shop.glue.send(new ListCrawlersCommand({}))
    expect(CrawlerNames).toContain(Name)
    await shop.glue.send(new DeleteCrawlerCommand({Name}))
    await expect(shop.glue.send(new GetCrawlerCommand({Name}))).rejects.toMatchObject({
      ...{name: 'EntityNotFoundException', message: 'Crawler kept not found.'},
    })
  })

  it('runs once at a time, and is stopped', async () => {
    const lines = '{"a":1,"b":{"c":[1,2,3]},"d":"text"}\n'.repeat(50_000)
    for (const part of ['a', 'b', 'c', 'd']) await shop.put(`busy/${part}.json`, lines)
    const Name = await crawler('busy')
    await expect(shop.glue.send(new StopCrawlerCommand({Name}))).rejects.toMatchObject({
      name: 'CrawlerNotRunningException',
    })
    await shop.glue.send(new StartCrawlerCommand({Name}))
    const refused = {name: 'CrawlerRunningException', message: 'Crawler with name busy has already started'}
    await expect(shop.glue.send(new StartCrawlerCommand({Name}))).rejects.toMatchObject(refused)
    await expect(shop.glue.send(new UpdateCrawlerCommand({Name, Role: 'x'}))).rejects.toMatchObject(refused)
    await expect(shop.glue.send(new DeleteCrawlerCommand({Name}))).rejects.toMatchObject(refused)
    await shop.glue.send(new StopCrawlerCommand({Name}))
    expect(await shop.crawler(Name)).toMatchObject({LastCrawl: {Status: 'CANCELLED'}})
    expect(await tables('busy')).toEqual([])
  })

  it.each<[string, Partial<CreateCrawlerCommandInput>]>([
    ['a schedule', {Schedule: 'cron(0 1 * * ? *)'}],
    ['classifiers', {Classifiers: ['own']}],
    ['new folders only', {RecrawlPolicy: {RecrawlBehavior: 'CRAWL_NEW_FOLDERS_ONLY'}}],
    ['a target in DynamoDB', {Targets: {DynamoDBTargets: [{Path: 't'}]}}],
    ['exclusions', {Targets: {S3Targets: [{Path: 's3://lake/', Exclusions: ['*.csv']}]}}],
    ['a grouping of its own', {Configuration: '{"Grouping":{"TableLevelConfiguration":2}}'}],
    ['no target', {Targets: {}}],
  ])('with %s is refused', async (what, more) => {
    await expect(crawler(`refused ${what}`, more)).rejects.toMatchObject({name: 'InvalidInputException'})
  })
})
