import {GetPartitionCommand, GetPartitionsCommand} from '@aws-sdk/client-glue'
import {Lake, type Answer} from '../../services/athena/lake'

let lake: Lake

beforeAll(async () => {
  lake = await Lake.open()
})

afterAll(async () => {
  await lake.discard()
})

async function done(sql: string): Promise<Answer> {
  const answer = await lake.ask(sql)
  expect({sql, reason: answer.reason, state: answer.state}).toEqual({
    sql,
    reason: undefined,
    state: 'SUCCEEDED',
  })
  return answer
}

const jsonSerde = "ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'"

async function table(name: string): Promise<void> {
  await done(
    `CREATE EXTERNAL TABLE ${name} (id string) PARTITIONED BY (dt string, hour int) ${jsonSerde} LOCATION 's3://lake/${name}/'`,
  )
}

async function partitions(name: string): Promise<Record<string, string | undefined>> {
  const {Partitions = []} = await lake.glue.send(
    new GetPartitionsCommand({DatabaseName: 'usage', TableName: name}),
  )
  return Object.fromEntries(
    Partitions.map(({Values = [], StorageDescriptor}) => [Values.join('/'), StorageDescriptor?.Location]),
  )
}

describe('ALTER TABLE ... PARTITION', () => {
  it('adds partitions, at their own place or at another', async () => {
    await table('added')
    await done(
      "ALTER TABLE added ADD PARTITION (dt = '2026-11-01', hour = 5) PARTITION (hour=6, dt='2026/11') LOCATION 's3://lake/elsewhere/'",
    )
    await lake.put('added/dt=2026-11-01/hour=5/o', '{"id":"a"}\n')
    await lake.put('elsewhere/o', '{"id":"b"}\n')

    expect(await partitions('added')).toEqual({
      '2026-11-01/5': 's3://lake/added/dt=2026-11-01/hour=5',
      '2026/11/6': 's3://lake/elsewhere',
    })
    expect((await done('SELECT * FROM added ORDER BY id')).rows).toEqual([
      ['a', '2026-11-01', '5'],
      ['b', '2026/11', '6'],
    ])
    const {Partition} = await lake.glue.send(
      new GetPartitionCommand({
        DatabaseName: 'usage',
        TableName: 'added',
        PartitionValues: ['2026-11-01', '5'],
      }),
    )
    expect(Partition?.StorageDescriptor?.SerdeInfo?.SerializationLibrary).toBe(
      'org.openx.data.jsonserde.JsonSerDe',
    )
  })

  it('adds all of them or none', async () => {
    await table('whole')
    await done("ALTER TABLE whole ADD PARTITION (dt='b', hour=1)")
    const again = await lake.ask(
      "ALTER TABLE whole ADD PARTITION (dt='a', hour=1) PARTITION (dt='b', hour=1) PARTITION (dt='c', hour=1)",
    )

    expect(again.reason).toMatch(/AlreadyExistsException\(message:Partition already exists\.\)$/)
    expect(Object.keys(await partitions('whole'))).toEqual(['b/1'])
    await done("ALTER TABLE whole ADD IF NOT EXISTS PARTITION (dt='b', hour=1) PARTITION (dt='c', hour=1)")
    expect(Object.keys(await partitions('whole'))).toEqual(['b/1', 'c/1'])
  })

  it('drops, renames and moves partitions', async () => {
    await table('changed')
    await done(
      "ALTER TABLE changed ADD PARTITION (dt='a',hour=1) PARTITION (dt='a',hour=2) PARTITION (dt='b',hour=1) PARTITION (dt='c',hour=1)",
    )
    await done("ALTER TABLE changed DROP PARTITION (dt='a'), PARTITION (dt='b', hour=1)")
    await done("ALTER TABLE changed PARTITION (dt='c', hour=1) RENAME TO PARTITION (dt='d', hour=2)")
    expect(await partitions('changed')).toEqual({'d/2': 's3://lake/changed/dt=c/hour=1'})
    await done("ALTER TABLE changed PARTITION (dt='d', hour=2) SET LOCATION 's3://lake/moved/'")
    expect(await partitions('changed')).toEqual({'d/2': 's3://lake/moved'})

    expect((await lake.ask("ALTER TABLE changed DROP PARTITION (dt='a')")).reason).toBe(
      "FAILED: SemanticException [Error 10006]: Partition not found (dt = 'a')",
    )
    await done("ALTER TABLE changed DROP IF EXISTS PARTITION (dt='a')")
  })

  it.each([
    [
      "ALTER TABLE named ADD PARTITION (dt='a')",
      /partition spec \{dt=a\} doesn't contain all \(2\) partition columns$/,
    ],
    [
      "ALTER TABLE named ADD PARTITION (dt='a', day=1)",
      /Non-Partition column appears in the partition specification: day$/,
    ],
    [
      "ALTER TABLE plain ADD PARTITION (dt='a')",
      /table is not partitioned but partition spec exists: \{dt=a\}$/,
    ],
    ["ALTER TABLE named ADD PARTITION (dt > 'a')", /mismatched input '>' expecting '='$/],
    ['MSCK REPAIR TABLE plain', /Table plain is not a partitioned table$/],
    ['SHOW PARTITIONS plain', /Table plain is not a partitioned table$/],
  ])('fails on %s', async (sql, reason) => {
    await done(
      `CREATE EXTERNAL TABLE IF NOT EXISTS plain (id string) ${jsonSerde} LOCATION 's3://lake/plain/'`,
    )
    await done(
      `CREATE EXTERNAL TABLE IF NOT EXISTS named (id string) PARTITIONED BY (dt string, hour int) LOCATION 's3://lake/named/'`,
    )

    expect((await lake.ask(sql)).reason).toMatch(reason)
  })
})

describe('MSCK REPAIR TABLE and SHOW PARTITIONS', () => {
  it('find the folders of partitions that the catalog does not know', async () => {
    await table('found')
    for (const key of [
      'found/dt=2026-11-02/hour=7/o',
      'found/dt=2026-11-01/hour=7/o',
      'found/dt=2026-11-01/hour=7/p',
      'found/dt=a%2Fb/hour=1/o',
      'found/DT=x/hour=1/o',
      'found/2026/11/o',
      'found/dt=2026-11-01/o',
    ]) {
      await lake.put(key, '{"id":"a"}\n')
    }
    await done("ALTER TABLE found ADD PARTITION (dt='2026-11-01', hour=7) PARTITION (dt='gone', hour=1)")
    const repaired = await done('MSCK REPAIR TABLE found')
    const shown = await done('SHOW PARTITIONS usage.found')

    expect(repaired.execution).toMatchObject({StatementType: 'DDL', SubstatementType: 'MSCK_REPAIR_TABLE'})
    expect(repaired.lines).toEqual([
      'Partitions not in metastore:\tfound:dt=2026-11-02/hour=7\tfound:dt=a%2Fb/hour=1',
      'Repair: Added partition to metastore found:dt=2026-11-02/hour=7',
      'Repair: Added partition to metastore found:dt=a%2Fb/hour=1',
    ])
    expect(shown.columns).toEqual(['partition'])
    expect(shown.lines).toEqual([
      'dt=2026-11-01/hour=7',
      'dt=2026-11-02/hour=7',
      'dt=a%2Fb/hour=1',
      'dt=gone/hour=1',
    ])
    expect((await done('SELECT dt, count(*) FROM found GROUP BY 1 ORDER BY 1')).rows).toEqual([
      ['2026-11-01', '2'],
      ['2026-11-02', '1'],
      ['a/b', '1'],
    ])
    expect((await done('MSCK REPAIR TABLE found')).lines).toEqual([])
  })
})
