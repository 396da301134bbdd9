import {
  CreateCrawlerCommand,
  CreateJobCommand,
  CreateTableCommand,
  CreateTriggerCommand,
  CreateWorkflowCommand,
  DeleteTriggerCommand,
  DeleteWorkflowCommand,
  GetJobRunsCommand,
  GetPartitionsCommand,
  GetTableCommand,
  GetTriggerCommand,
  GetTriggersCommand,
  GetWorkflowCommand,
  GetWorkflowRunPropertiesCommand,
  GetWorkflowRunsCommand,
  ListTriggersCommand,
  ListWorkflowsCommand,
  PutWorkflowRunPropertiesCommand,
  StartJobRunCommand,
  StartTriggerCommand,
  StartWorkflowRunCommand,
  StopTriggerCommand,
  StopWorkflowRunCommand,
  UpdateTriggerCommand,
  UpdateWorkflowCommand,
  type CreateTriggerCommandInput,
  type WorkflowRun,
} from '@aws-sdk/client-glue'
import {discard, testEndpoint, type TestEndpoint} from '../../../../_helpers/endpoint'
import {slowQuery, Workshop} from './_helpers'

jest.setTimeout(120_000)

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

const place = {'--database': 'db', '--TempDir': 's3://lake/temp/'}

async function job(Name: string, script = 'SELECT 1', file = `${Name}.sql`): Promise<void> {
  await shop.put(`scripts/${file}`, script)
  const Command = {Name: 'glueetl', ScriptLocation: `s3://lake/scripts/${file}`}
  await shop.glue.send(new CreateJobCommand({Name, Role: 'worker', Command, DefaultArguments: place}))
}

async function crawler(Name: string, ...paths: string[]): Promise<void> {
  const Targets = {S3Targets: paths.map((path) => ({Path: `s3://lake/${path}`}))}
  await shop.glue.send(new CreateCrawlerCommand({Name, Role: 'worker', DatabaseName: 'db', Targets}))
}

const trigger = (input: CreateTriggerCommandInput) => shop.glue.send(new CreateTriggerCommand(input))

/** The workflow of two steps: a job, then a crawler once the job has succeeded. */
async function twoSteps(name: string, script?: string, file?: string): Promise<string> {
  await job(name, script, file)
  await crawler(name, `${name}/raw/`, `${name}/curated/`)
  await shop.glue.send(new CreateWorkflowCommand({Name: name, DefaultRunProperties: {day: '1'}}))
  await trigger({Name: `${name}-start`, WorkflowName: name, Type: 'ON_DEMAND', Actions: [{JobName: name}]})
  await trigger({
    ...{Name: `${name}-then`, WorkflowName: name, Type: 'CONDITIONAL', StartOnCreation: true},
    Predicate: {Conditions: [{LogicalOperator: 'EQUALS', JobName: name, State: 'SUCCEEDED'}]},
    Actions: [{CrawlerName: name}],
  })
  return name
}

async function run(Name: string): Promise<WorkflowRun> {
  const {RunId} = await shop.glue.send(new StartWorkflowRunCommand({Name}))
  return shop.workflowRun(Name, RunId)
}

const node = (found: WorkflowRun, type: string) => found.Graph?.Nodes?.find(({Type}) => Type === type)

describe('a workflow of a job and then a crawler', () => {
  it('brings raw JSON to Parquet, and new tables, partitions and columns into the catalog', async () => {
    await shop.put('lake/raw/dt=2026-11-10/a.json', '{"id":"a","ms":1}')
    const parquet = 'org.apache.hadoop.hive.ql.io.parquet'
    const table = (Name: string, Location: string, more: object) =>
      shop.glue.send(
        new CreateTableCommand({DatabaseName: 'db', TableInput: {Name, ...more, ...at(Location)}}),
      )
    const at = (Location: string) => ({
      PartitionKeys: [{Name: 'dt', Type: 'string'}],
      StorageDescriptor: {
        ...{Location, Columns: [{Name: 'id', Type: 'string'}]},
        SerdeInfo: {SerializationLibrary: `${parquet}.serde.ParquetHiveSerDe`},
        InputFormat: `${parquet}.MapredParquetInputFormat`,
        OutputFormat: `${parquet}.MapredParquetOutputFormat`,
      },
    })
    await table('writer', 's3://lake/lake/curated/', {
      Parameters: {
        ...{'projection.enabled': 'true', 'projection.dt.type': 'date', 'projection.dt.format': 'yyyy-MM-dd'},
        'projection.dt.range': '2026-01-01,2026-12-31',
      },
    })
    const name = await twoSteps('lake', "INSERT INTO writer VALUES ('a', '2026-11-10'), ('b', '2026-11-11')")
    const first = await run(name)

    expect(first).toMatchObject({
      ...{Name: name, Status: 'COMPLETED', WorkflowRunProperties: {day: '1'}},
      Statistics: {TotalActions: 2, SucceededActions: 2, FailedActions: 0, RunningActions: 0},
    })
    expect(node(first, 'JOB')).toMatchObject({
      Name: name,
      JobDetails: {JobRuns: [{JobRunState: 'SUCCEEDED', TriggerName: 'lake-start'}]},
    })
    expect(node(first, 'CRAWLER')).toMatchObject({CrawlerDetails: {Crawls: [{State: 'SUCCEEDED'}]}})
    expect(await columns('raw')).toEqual(['id string', 'ms int'])
    expect(await columns('curated')).toEqual(['id string'])
    expect(await days('curated')).toEqual(['2026-11-10', '2026-11-11'])

    // Another day, another field.
    await shop.put('lake/raw/dt=2026-11-12/b.json', '{"id":"b","ms":2,"more":{"a":true}}')
    await shop.put('scripts/lake.sql', "INSERT INTO writer VALUES ('c', '2026-11-12')")
    expect(await run(name)).toMatchObject({Status: 'COMPLETED', Statistics: {SucceededActions: 2}})
    expect(await columns('raw')).toEqual(['id string', 'ms int', 'more struct<a:boolean>'])
    expect(await days('raw')).toEqual(['2026-11-10', '2026-11-12'])
    expect(await days('curated')).toEqual(['2026-11-10', '2026-11-11', '2026-11-12'])

    // Athena reads what the crawler has made.
    const check = `INSERT INTO writer SELECT 'sum', '2026-12-31' FROM curated c JOIN raw r ON r.id = c.id
      WHERE c.dt = '2026-11-11' AND r.more.a`
    await shop.put('scripts/lake.sql', check)
    expect(await run(name)).toMatchObject({Statistics: {SucceededActions: 2}})
    expect(await days('curated')).toContain('2026-12-31')
  })

  async function columns(Name: string): Promise<string[]> {
    const {Table} = await shop.glue.send(new GetTableCommand({DatabaseName: 'db', Name}))
    return (Table?.StorageDescriptor?.Columns ?? []).map((one) => `${one.Name ?? ''} ${one.Type ?? ''}`)
  }

  async function days(TableName: string): Promise<string[]> {
    const {Partitions} = await shop.glue.send(new GetPartitionsCommand({DatabaseName: 'db', TableName}))
    return (Partitions ?? []).map(({Values}) => Values?.[0] ?? '').sort()
  }

  it('leaves the crawler where the job has failed, and is COMPLETED all the same, as on AWS', async () => {
    const found = await run(await twoSteps('failing', 'SELECT * FROM nowhere'))

    expect(found).toMatchObject({
      Status: 'COMPLETED',
      Statistics: {TotalActions: 2, FailedActions: 1, SucceededActions: 0},
    })
    expect(node(found, 'JOB')?.JobDetails?.JobRuns?.[0]?.ErrorMessage).toMatch(/nowhere/)
    expect(node(found, 'CRAWLER')?.CrawlerDetails).toBeUndefined()
  })

  it('shows an action that could not begin as one in error', async () => {
    const found = await run(await twoSteps('python', 'print(1)', 'job.py'))

    expect(found).toMatchObject({Status: 'COMPLETED', Statistics: {ErroredActions: 1}})
    expect(node(found, 'JOB')?.JobDetails?.JobRuns).toMatchObject([
      {JobRunState: 'ERROR', ErrorMessage: expect.stringContaining('A script that is not SQL') as string},
    ])
  })

  it('is stopped with what it runs', async () => {
    const Name = await twoSteps('slow', slowQuery())
    await shop.glue.send(new UpdateWorkflowCommand({Name, MaxConcurrentRuns: 1}))
    const {RunId} = await shop.glue.send(new StartWorkflowRunCommand({Name, RunProperties: {day: '2'}}))
    await expect(shop.glue.send(new StartWorkflowRunCommand({Name}))).rejects.toMatchObject({
      name: 'ConcurrentRunsExceededException',
    })
    await shop.glue.send(new PutWorkflowRunPropertiesCommand({Name, RunId, RunProperties: {more: 'x'}}))
    const {RunProperties} = await shop.glue.send(new GetWorkflowRunPropertiesCommand({Name, RunId}))
    expect(RunProperties).toEqual({day: '2', more: 'x'})
    await shop.glue.send(new StopWorkflowRunCommand({Name, RunId}))

    expect(await shop.workflowRun(Name, RunId)).toMatchObject({
      Status: 'STOPPED',
      Statistics: {StoppedActions: 1, RunningActions: 0},
    })
    await expect(shop.glue.send(new StopWorkflowRunCommand({Name, RunId}))).rejects.toMatchObject({
      name: 'IllegalWorkflowStateException',
    })
    const {Runs} = await shop.glue.send(new GetWorkflowRunsCommand({Name}))
    expect(Runs).toMatchObject([{WorkflowRunId: RunId, Status: 'STOPPED'}])
  })

  it('goes on where the endpoint was ended: what ran has failed', async () => {
    const other = await testEndpoint()
    const before = await Workshop.open(other)
    const own = shop
    shop = before
    const Name = await twoSteps('cut', slowQuery())
    shop = own
    const {RunId} = await before.glue.send(new StartWorkflowRunCommand({Name}))
    before.close()
    await other.close()
    const back = await testEndpoint(other.dataDir)
    const after = Workshop.at(back)

    expect(await after.workflowRun(Name, RunId)).toMatchObject({
      Status: 'COMPLETED',
      Statistics: {FailedActions: 1},
    })
    after.close()
    await discard(back)
  })
})

describe('a workflow', () => {
  it('is shown with its graph and last run, listed, changed, and forgotten with its triggers', async () => {
    const Name = await twoSteps('kept')
    await run(Name)
    await shop.glue.send(new UpdateWorkflowCommand({Name, Description: 'both'}))
    const {Workflow} = await shop.glue.send(new GetWorkflowCommand({Name, IncludeGraph: true}))

    expect(Workflow).toMatchObject({Name, Description: 'both', LastRun: {Status: 'COMPLETED'}})
    const names = new Map(Workflow?.Graph?.Nodes?.map((one) => [one.UniqueId, `${one.Type} ${one.Name}`]))
    expect(
      Workflow?.Graph?.Edges?.map((one) => [names.get(one.SourceId), names.get(one.DestinationId)]),
    ).toEqual([
      ['TRIGGER kept-start', 'JOB kept'],
      ['JOB kept', 'TRIGGER kept-then'],
      ['TRIGGER kept-then', 'CRAWLER kept'],
    ])
    const {Workflows} = await shop.glue.send(new ListWorkflowsCommand({}))
    expect(Workflows).toContain(Name)
    await shop.glue.send(new DeleteWorkflowCommand({Name}))
    await expect(shop.glue.send(new GetWorkflowCommand({Name}))).rejects.toMatchObject({
      ...{name: 'EntityNotFoundException', message: 'Workflow kept not found.'},
    })
    await expect(shop.glue.send(new GetTriggerCommand({Name: 'kept-start'}))).rejects.toThrow('not found')
  })

  it('needs a trigger to start with, and only one', async () => {
    const Name = 'empty'
    await shop.glue.send(new CreateWorkflowCommand({Name}))
    await expect(shop.glue.send(new StartWorkflowRunCommand({Name}))).rejects.toMatchObject({
      ...{name: 'InvalidInputException', message: 'Workflow empty has no starting trigger.'},
    })
    const start = {WorkflowName: Name, Type: 'ON_DEMAND' as const, Actions: [{JobName: 'x'}]}
    await trigger({...start, Name: 'empty-1'})
    await expect(trigger({...start, Name: 'empty-2'})).rejects.toMatchObject({name: 'InvalidInputException'})
    await expect(trigger({...start, Name: 'lost', WorkflowName: 'none'})).rejects.toThrow(
      'Workflow none not found.',
    )
    await expect(shop.glue.send(new StartTriggerCommand({Name: 'empty-1'}))).rejects.toThrow(
      /StartWorkflowRun/,
    )
  })
})

describe('triggers outside of workflows', () => {
  const started = async (JobName: string) => {
    const {JobRuns} = await shop.glue.send(new GetJobRunsCommand({JobName}))
    return (JobRuns ?? []).map(({TriggerName}) => TriggerName)
  }

  it('fire when all or any of what they wait for has ended so, once for each start, and not after a start by hand', async () => {
    for (const name of ['one', 'two', 'all', 'any', 'asleep', 'last']) await job(name)
    const ended = (JobName: string) => ({
      LogicalOperator: 'EQUALS' as const,
      JobName,
      State: 'SUCCEEDED' as const,
    })
    const both = [ended('one'), ended('two')]
    const after = {Type: 'CONDITIONAL' as const, StartOnCreation: true}
    await trigger({Name: 'go', Type: 'ON_DEMAND', Actions: [{JobName: 'one'}, {JobName: 'two'}]})
    const all = {Logical: 'AND' as const, Conditions: both}
    await trigger({...after, Name: 'on all', Predicate: all, Actions: [{JobName: 'all'}]})
    const any = {Logical: 'ANY' as const, Conditions: both}
    await trigger({...after, Name: 'on any', Predicate: any, Actions: [{JobName: 'any'}]})
    await trigger({
      ...after,
      StartOnCreation: false,
      Name: 'off',
      Predicate: any,
      Actions: [{JobName: 'asleep'}],
    })
    const end = {Logical: 'AND' as const, Conditions: [ended('all'), ended('any')]}
    await trigger({...after, Name: 'on end', Predicate: end, Actions: [{JobName: 'last'}]})

    const {JobRunId} = await shop.glue.send(new StartJobRunCommand({JobName: 'one'}))
    await shop.jobRun('one', JobRunId)
    expect(await started('any')).toEqual([])

    await shop.glue.send(new StartTriggerCommand({Name: 'go'}))
    await shop.someJobRun('last')
    expect(await started('last')).toEqual(['on end'])
    expect(await started('all')).toEqual(['on all'])
    expect(await started('any')).toEqual(['on any'])
    expect(await started('asleep')).toEqual([])
  })

  it('are shown, listed, changed, activated, deactivated and forgotten', async () => {
    const Predicate = {
      Conditions: [{LogicalOperator: 'EQUALS' as const, CrawlerName: 'c', CrawlState: 'FAILED' as const}],
    }
    const Name = 'shown'
    await trigger({Name, Type: 'CONDITIONAL', Predicate, Actions: [{JobName: 'j', Arguments: {'--a': 'b'}}]})
    const state = async () => (await shop.glue.send(new GetTriggerCommand({Name}))).Trigger
    expect(await state()).toMatchObject({Name, Type: 'CONDITIONAL', State: 'CREATED', Predicate})
    await shop.glue.send(new StartTriggerCommand({Name}))
    expect(await state()).toMatchObject({State: 'ACTIVATED'})
    await shop.glue.send(new StopTriggerCommand({Name}))
    expect(await state()).toMatchObject({State: 'DEACTIVATED'})
    const TriggerUpdate = {Actions: [{JobName: 'other'}]}
    const {Trigger} = await shop.glue.send(new UpdateTriggerCommand({Name, TriggerUpdate}))
    expect(Trigger).toMatchObject({Actions: [{JobName: 'other'}], Predicate})
    const {Triggers} = await shop.glue.send(new GetTriggersCommand({DependentJobName: 'other'}))
    expect(Triggers?.map((one) => one.Name)).toEqual([Name])
    const {TriggerNames} = await shop.glue.send(new ListTriggersCommand({DependentJobName: 'j'}))
    expect(TriggerNames).toEqual([])
    await shop.glue.send(new DeleteTriggerCommand({Name}))
    await shop.glue.send(new DeleteTriggerCommand({Name}))
    await expect(state()).rejects.toMatchObject({name: 'EntityNotFoundException'})
  })

  it.each<[string, Partial<CreateTriggerCommandInput>]>([
    ['a schedule', {Type: 'SCHEDULED', Schedule: 'cron(0 1 * * ? *)'}],
    ['events', {Type: 'EVENT'}],
    ['no action', {Actions: []}],
    ['an action of nothing', {Actions: [{}]}],
    ['a condition that is none', {Type: 'CONDITIONAL', Predicate: {Conditions: [{JobName: 'a'}]}}],
    ['no condition', {Type: 'CONDITIONAL'}],
    ['a start that is no start', {StartOnCreation: true}],
  ])('with %s are refused', async (what, more) => {
    const input = {Name: `refused ${what}`, Type: 'ON_DEMAND' as const, Actions: [{JobName: 'a'}], ...more}
    await expect(trigger(input)).rejects.toMatchObject({name: 'InvalidInputException'})
  })
})
