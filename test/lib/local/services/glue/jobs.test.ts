import {
  AthenaClient,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
  GetQueryExecutionCommand,
} from '@aws-sdk/client-athena'
import {
  BatchStopJobRunCommand,
  CreateJobCommand,
  CreateTableCommand,
  DeleteJobCommand,
  GetJobCommand,
  GetJobRunCommand,
  GetJobRunsCommand,
  GetJobsCommand,
  GetTagsCommand,
  ListJobsCommand,
  StartJobRunCommand,
  UpdateJobCommand,
  type CreateJobCommandInput,
} from '@aws-sdk/client-glue'
import {PutRolePolicyCommand} from '@aws-sdk/client-iam'
import {discard, testEndpoint, type TestEndpoint} from '../../../../_helpers/endpoint'
import {eventually} from '../../../../_helpers/eventually'
import {slowQuery, Workshop} from './_helpers'

jest.setTimeout(60_000)

let endpoint: TestEndpoint
let shop: Workshop
let athena: AthenaClient

beforeAll(async () => {
  endpoint = await testEndpoint()
  shop = await Workshop.open(endpoint)
  athena = new AthenaClient(endpoint.client)
  await shop.put('in/one.json', '{"a":1,"b":"x"}\n{"a":2,"b":"y;z"}\n')
  const columns = [
    {Name: 'a', Type: 'int'},
    {Name: 'b', Type: 'string'},
  ]
  const SerdeInfo = (SerializationLibrary: string) => ({SerializationLibrary})
  await table('src', 's3://lake/in/', SerdeInfo('org.openx.data.jsonserde.JsonSerDe'))
  await table(
    'dst',
    's3://lake/out/',
    SerdeInfo('org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe'),
  )

  async function table(Name: string, Location: string, serde: object): Promise<void> {
    const form = Name === 'src' ? 'json' : 'parquet'
    await shop.glue.send(
      new CreateTableCommand({
        DatabaseName: 'db',
        TableInput: {
          ...{Name, TableType: 'EXTERNAL_TABLE', Parameters: {classification: form}},
          StorageDescriptor: {Columns: columns, Location, SerdeInfo: serde, ...formats[form]},
        },
      }),
    )
  }
})

afterAll(async () => {
  shop.close()
  athena.destroy()
  await discard(endpoint)
})

const formats = {
  json: {
    InputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
    OutputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
  },
  parquet: {
    InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
    OutputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
  },
}
const place = {'--database': 'db', '--TempDir': 's3://lake/temp/'}

async function job(Name: string, script: string, more: Partial<CreateJobCommandInput> = {}): Promise<string> {
  const key = `scripts/${Name}.sql`
  await shop.put(key, script)
  const Command = {Name: 'glueetl', ScriptLocation: `s3://lake/${key}`}
  await shop.glue.send(
    new CreateJobCommand({Name, Role: 'worker', Command, DefaultArguments: place, ...more}),
  )
  return Name
}

async function start(JobName: string, Arguments: Record<string, string> = {}) {
  const {JobRunId} = await shop.glue.send(new StartJobRunCommand({JobName, Arguments}))
  return shop.jobRun(JobName, JobRunId)
}

async function rows(sql: string): Promise<(string | undefined)[][]> {
  const {QueryExecutionId} = await athena.send(
    new StartQueryExecutionCommand({
      QueryString: sql,
      QueryExecutionContext: {Database: 'db'},
      ResultConfiguration: {OutputLocation: 's3://lake/temp/'},
    }),
  )
  await eventually(async () => {
    const {QueryExecution} = await athena.send(new GetQueryExecutionCommand({QueryExecutionId}))
    return QueryExecution?.Status?.CompletionDateTime
  })
  const {ResultSet} = await athena.send(new GetQueryResultsCommand({QueryExecutionId}))
  return (ResultSet?.Rows ?? []).slice(1).map(({Data}) => (Data ?? []).map((cell) => cell.VarCharValue))
}

describe('a job', () => {
  it('is made once, shown, listed, changed and forgotten', async () => {
    await job('kept', 'SELECT 1', {Tags: {team: 'lake'}, WorkerType: 'G.1X', NumberOfWorkers: 2})
    await expect(job('kept', 'SELECT 1')).rejects.toMatchObject({name: 'AlreadyExistsException'})
    const {Job} = await shop.glue.send(new GetJobCommand({JobName: 'kept'}))

    expect(Job).toMatchObject({
      ...{Name: 'kept', Role: 'worker', WorkerType: 'G.1X', NumberOfWorkers: 2, Timeout: 2880, MaxRetries: 0},
      ExecutionProperty: {MaxConcurrentRuns: 1},
      Command: {Name: 'glueetl', ScriptLocation: 's3://lake/scripts/kept.sql'},
    })
    expect(Job?.CreatedOn).toBeInstanceOf(Date)
    const ResourceArn = 'arn:aws:glue:eu-west-1:000000000000:job/kept'
    expect(await shop.glue.send(new GetTagsCommand({ResourceArn}))).toMatchObject({Tags: {team: 'lake'}})

    const Command = {Name: 'pythonshell', ScriptLocation: 's3://lake/scripts/other.sql'}
    await shop.glue.send(new UpdateJobCommand({JobName: 'kept', JobUpdate: {Role: 'worker', Command}}))
    const {Jobs} = await shop.glue.send(new GetJobsCommand({}))
    expect(Jobs?.find(({Name}) => Name === 'kept')).toMatchObject({Command})
    expect(Jobs?.find(({Name}) => Name === 'kept')?.WorkerType).toBeUndefined()

    const {JobNames} = await shop.glue.send(new ListJobsCommand({}))
    expect(JobNames).toContain('kept')
    await shop.glue.send(new DeleteJobCommand({JobName: 'kept'}))
    await shop.glue.send(new DeleteJobCommand({JobName: 'kept'}))
    await expect(shop.glue.send(new GetJobCommand({JobName: 'kept'}))).rejects.toMatchObject({
      ...{name: 'EntityNotFoundException', message: 'Job kept not found.'},
    })
  })

  it('runs the statements of its script on Athena, with its arguments, and shows its states', async () => {
    const script = `-- a comment; and another
      INSERT INTO dst SELECT a, b FROM src WHERE b = '\${wanted}';
      INSERT INTO dst VALUES (9, '\${JOB_NAME};');`
    const name = await job('fill', script)
    const {JobRunId} = await shop.glue.send(
      new StartJobRunCommand({JobName: name, Arguments: {'--wanted': 'y;z'}}),
    )
    const first = await shop.glue.send(new GetJobRunCommand({JobName: name, RunId: JobRunId}))
    expect(first.JobRun).toMatchObject({
      Id: JobRunId,
      JobRunState: expect.stringMatching(/STARTING|RUNNING/) as string,
    })
    expect(JobRunId).toMatch(/^jr_[0-9a-f]{64}$/)
    const run = await shop.jobRun(name, JobRunId)

    expect(run).toMatchObject({JobRunState: 'SUCCEEDED', Arguments: {'--wanted': 'y;z'}, Attempt: 0})
    expect(run.ErrorMessage).toBeUndefined()
    expect(run.CompletedOn?.getTime()).toBeGreaterThanOrEqual(run.StartedOn?.getTime() ?? NaN)
    expect(await rows('SELECT a, b FROM dst ORDER BY a')).toEqual([
      ['2', 'y;z'],
      ['9', 'fill;'],
    ])
  })

  it.each([
    ['a statement that Athena refuses', 'SELECT nothing FROM src', /COLUMN_NOT_FOUND|cannot be resolved/],
    ['an argument that is missing', "SELECT '${day}'", /--day, which was not given/],
    ['a script without a statement', '-- nothing\n;', /holds no statement/],
    ['a second statement that fails', 'SELECT 1; SELECT * FROM missing', /missing/],
  ])('fails with %s', async (what, script, reason) => {
    const name = await job(`fails with ${what}`, script)

    expect(await start(name)).toMatchObject({
      ...{JobRunState: 'FAILED', ErrorMessage: expect.stringMatching(reason) as string},
    })
  })

  it('fails where its script or its role is not there, or its role may not', async () => {
    const Command = {Name: 'glueetl', ScriptLocation: 's3://lake/scripts/none.sql'}
    await shop.glue.send(new CreateJobCommand({Name: 'no script', Role: 'worker', Command}))
    expect(await start('no script')).toMatchObject({
      ...{JobRunState: 'FAILED', ErrorMessage: 'There is no script at s3://lake/scripts/none.sql.'},
    })
    await shop.role('stranger', ['s3:*'], 'lambda.amazonaws.com')
    expect(await start(await job('stranger', 'SELECT 1', {Role: 'stranger'}))).toMatchObject({
      ErrorMessage: expect.stringContaining('does not let glue.amazonaws.com assume the role') as string,
    })
    await shop.role('reader', ['s3:GetObject'])
    const reader = await job('reader', 'SELECT 1', {Role: 'arn:aws:iam::000000000000:role/reader'})
    expect(await start(reader)).toMatchObject({
      ErrorMessage: expect.stringContaining(
        'is not authorized to perform: athena:StartQueryExecution',
      ) as string,
    })
    const Statement = [{Effect: 'Allow', Action: 'athena:StartQueryExecution', Resource: '*'}]
    const PolicyDocument = JSON.stringify({Version: '2012-10-17', Statement})
    await shop.iam.send(new PutRolePolicyCommand({RoleName: 'reader', PolicyName: 'more', PolicyDocument}))
    expect(await start(reader)).toMatchObject({JobRunState: 'SUCCEEDED'})
    const {JobRuns} = await shop.glue.send(new GetJobRunsCommand({JobName: reader}))
    expect(JobRuns?.map(({JobRunState}) => JobRunState)).toEqual(['SUCCEEDED', 'FAILED'])
  })

  it('runs so many times at once as it may, and is stopped', async () => {
    const name = await job('slow', slowQuery())
    const {JobRunId = ''} = await shop.glue.send(new StartJobRunCommand({JobName: name}))
    await expect(shop.glue.send(new StartJobRunCommand({JobName: name}))).rejects.toMatchObject({
      name: 'ConcurrentRunsExceededException',
    })
    const stopped = await shop.glue.send(
      new BatchStopJobRunCommand({JobName: name, JobRunIds: [JobRunId, 'jr_none']}),
    )
    expect(stopped).toMatchObject({
      SuccessfulSubmissions: [{JobName: name, JobRunId}],
      Errors: [{JobRunId: 'jr_none', ErrorDetail: {ErrorCode: 'EntityNotFoundException'}}],
    })
    expect(await shop.jobRun(name, JobRunId)).toMatchObject({JobRunState: 'STOPPED'})
    const again = await shop.glue.send(new BatchStopJobRunCommand({JobName: name, JobRunIds: [JobRunId]}))
    expect(again.Errors).toHaveLength(1)
  })

  it('is ended by its time limit, on the clock of the endpoint', async () => {
    const name = await job('late', slowQuery(), {Timeout: 1})
    const {JobRunId} = await shop.glue.send(new StartJobRunCommand({JobName: name}))
    await endpoint.advance(60_000)
    expect(await shop.jobRun(name, JobRunId)).toMatchObject({JobRunState: 'TIMEOUT'})
  })

  it('of Python is refused when it is to run, by name', async () => {
    const Command = {Name: 'glueetl', ScriptLocation: 's3://lake/scripts/job.py'}
    await shop.glue.send(new CreateJobCommand({Name: 'python', Role: 'worker', Command}))

    await expect(shop.glue.send(new StartJobRunCommand({JobName: 'python'}))).rejects.toMatchObject({
      name: 'InvalidInputException',
      message:
        'A script that is not SQL (s3://lake/scripts/job.py) is not supported by this local endpoint. See docs/local-endpoint.md for what is.',
    })
  })

  it.each<[string, Partial<CreateJobCommandInput>]>([
    ['a kind of Ray', {Command: {Name: 'glueray', ScriptLocation: 's3://lake/a.sql'}}],
    ['retries', {MaxRetries: 1}],
    ['queues', {JobRunQueuingEnabled: true}],
    ['a script that is not in S3', {Command: {Name: 'glueetl', ScriptLocation: '/tmp/a.sql'}}],
  ])('with %s is refused', async (what, more) => {
    await expect(job(`refused with ${what}`, 'SELECT 1', more)).rejects.toMatchObject({
      name: 'InvalidInputException',
    })
  })

  it('that ran when the endpoint ended has failed when it is back', async () => {
    const other = await testEndpoint()
    const before = await Workshop.open(other)
    await before.put('slow.sql', slowQuery())
    const Command = {Name: 'glueetl', ScriptLocation: 's3://lake/slow.sql'}
    const JobName = 'cut off'
    await before.glue.send(
      new CreateJobCommand({Name: JobName, Role: 'worker', Command, DefaultArguments: place}),
    )
    const {JobRunId} = await before.glue.send(new StartJobRunCommand({JobName}))
    before.close()
    await other.close()
    const back = await testEndpoint(other.dataDir)
    const after = Workshop.at(back)

    expect(await after.jobRun(JobName, JobRunId)).toMatchObject({
      ...{JobRunState: 'FAILED', ErrorMessage: 'The local endpoint ended while the run was under way.'},
    })
    after.close()
    await discard(back)
  })
})
