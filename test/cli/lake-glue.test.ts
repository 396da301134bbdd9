import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {
  BatchStopJobRunCommand,
  CreateJobCommand,
  CreateTriggerCommand,
  CreateWorkflowCommand,
  GetWorkflowRunsCommand,
  GlueClient,
} from '@aws-sdk/client-glue'
import {CreateRoleCommand, IAMClient, PutRolePolicyCommand} from '@aws-sdk/client-iam'
import {CreateBucketCommand, PutObjectCommand, S3Client} from '@aws-sdk/client-s3'
import {Sandbox, type Outcome} from './run-tool'

jest.setTimeout(180_000)

const endless = `SELECT count(*) FROM ${Array.from({length: 40}, (_, n) => `(VALUES (1), (2), (3)) AS t${n}(a)`).join(', ')}`
const run = ['lake', 'compact', '--engine', 'glue']

let sandbox: Sandbox
let env: Record<string, string>
let glue: GlueClient
let s3: S3Client

beforeAll(async () => {
  sandbox = new Sandbox()
  const words = ['local', 'start', '--port', '0', '--data-dir', sandbox.dataDir, '--json']
  const {endpoint} = JSON.parse(await sandbox.start(words).line) as {endpoint: string}
  env = {AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'us-east-1'}
  const client = {
    ...{endpoint, region: 'us-east-1', maxAttempts: 1},
    credentials: {accessKeyId: 'test', secretAccessKey: 'test'},
  }
  glue = new GlueClient(client)
  s3 = new S3Client(client)
  await s3.send(new CreateBucketCommand({Bucket: 'lake'}))
  const iam = new IAMClient(client)
  const document = (statement: object) =>
    JSON.stringify({Version: '2012-10-17', Statement: [{Effect: 'Allow', ...statement}]})
  const AssumeRolePolicyDocument = document({
    ...{Principal: {Service: 'glue.amazonaws.com'}, Action: 'sts:AssumeRole'},
  })
  await iam.send(new CreateRoleCommand({RoleName: 'worker', AssumeRolePolicyDocument}))
  const PolicyDocument = document({Action: ['s3:*', 'athena:*'], Resource: '*'})
  await iam.send(new PutRolePolicyCommand({RoleName: 'worker', PolicyName: 'work', PolicyDocument}))
  iam.destroy()
  await job('good', 'SELECT 1')
  await job('bad', 'SELECT nothing')
  await job('endless', endless)
  await workflow('nightly', 'good', 'next')
  await workflow('broken', 'bad', 'good')
})

afterAll(async () => {
  glue.destroy()
  s3.destroy()
  await sandbox.close()
})

async function job(Name: string, Body: string): Promise<void> {
  await s3.send(new PutObjectCommand({Bucket: 'lake', Key: `${Name}.sql`, Body}))
  const Command = {Name: 'glueetl', ScriptLocation: `s3://lake/${Name}.sql`}
  const DefaultArguments = {'--TempDir': 's3://lake/temp/'}
  await glue.send(new CreateJobCommand({Name, Role: 'worker', Command, DefaultArguments}))
}

/** One job after the other has succeeded. */
async function workflow(Name: string, first: string, next: string): Promise<void> {
  if (next === 'next') await job(next, 'SELECT 2')
  await glue.send(new CreateWorkflowCommand({Name}))
  const start = {Type: 'ON_DEMAND' as const, Actions: [{JobName: first}]}
  await glue.send(new CreateTriggerCommand({Name: `${Name}-1`, WorkflowName: Name, ...start}))
  await glue.send(
    new CreateTriggerCommand({
      ...{Name: `${Name}-2`, WorkflowName: Name, Type: 'CONDITIONAL', StartOnCreation: true},
      Predicate: {Conditions: [{LogicalOperator: 'EQUALS', JobName: first, State: 'SUCCEEDED'}]},
      Actions: [{JobName: next}],
    }),
  )
}

function answer({stdout, exitCode}: Outcome): object {
  return {...(JSON.parse(stdout) as object), exitCode}
}

describe('lake compact --engine glue', () => {
  it('runs a workflow to its end, and says meanwhile how far it is', async () => {
    const outcome = await sandbox.run([...run, '--workflow', 'nightly', '--json'], env)

    expect(answer(outcome)).toMatchObject({
      ...{exitCode: 0, engine: 'glue', workflow: 'nightly', state: 'COMPLETED'},
      ...{hasEnded: true, hasFailed: false, runId: expect.stringMatching(/^wr_/) as string},
      steps: [
        {kind: 'job', name: 'good', state: 'SUCCEEDED'},
        {kind: 'job', name: 'next', state: 'SUCCEEDED'},
      ],
    })
    expect(outcome.stderr).toMatch(/^Glue workflow nightly, run wr_/)
    expect(outcome.stderr).toMatch(/^0:0\d {2}job good \w+, job next \S+$/m)
    expect(outcome.stderr).toMatch(/^0:\d\d {2}job good SUCCEEDED, job next SUCCEEDED$/m)
  })

  it('says of a workflow that Glue calls COMPLETED which job has failed, and why', async () => {
    expect(answer(await sandbox.run([...run, '--workflow', 'broken', '--json'], env))).toMatchObject({
      ...{exitCode: 5},
      error: {
        code: 'GLUE_RUN_FAILED',
        message: expect.stringMatching(
          /^The Glue workflow broken has failed: job bad FAILED: .*nothing/,
        ) as string,
      },
    })
  })

  it('runs a job alone', async () => {
    const {exitCode, stdout} = await sandbox.run([...run, '--job', 'next'], env)
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^The Glue job next has ended in 0:\d\d: job next SUCCEEDED\.\n$/)
    const {exitCode: failed, stderr} = await sandbox.run([...run, '--job', 'bad'], env)
    expect(failed).toBe(5)
    expect(stderr).toMatch(/Error: The Glue job bad has failed: job bad FAILED: .*nothing/)
  })

  it('gives up after a time, and goes on from there; Ctrl-C leaves the run as it is and says how to stop it', async () => {
    const first = answer(await sandbox.run([...run, '--job', 'endless', '--timeout', '1', '--json'], env))
    expect(first).toMatchObject({exitCode: 7, job: 'endless', state: 'RUNNING', hasEnded: false})
    const {runId} = first as {runId: string}

    const again = [...run, '--job', 'endless', '--run-id', runId]
    const later = await sandbox.run([...again, '--timeout', '1'], env)
    expect(later).toMatchObject({exitCode: 7})
    const stop = `aws glue batch-stop-job-run --job-name endless --job-run-ids ${runId}`
    expect(later.stdout).toBe(
      `The Glue job endless has not ended: job endless RUNNING.\nTo follow it again: usage-tracker ${again.join(' ')}\nTo stop it: ${stop}\n`,
    )

    const busy = answer(await sandbox.run([...run, '--job', 'endless', '--json'], env))
    expect(busy).toMatchObject({
      exitCode: 5,
      error: {message: expect.stringContaining('Concurrent runs') as string},
    })

    const following = sandbox.start(again, env)
    await following.said('job endless RUNNING')
    following.kill('SIGINT')
    const interrupted = await following.ended
    expect(interrupted.exitCode).toBe(130)
    expect(interrupted.stderr).toContain(`The Glue job endless goes on without this command (run ${runId}).`)
    expect(interrupted.stderr).toContain(stop)

    await glue.send(new BatchStopJobRunCommand({JobName: 'endless', JobRunIds: [runId]}))
    const {exitCode: stopped, stderr} = await sandbox.run(again, env)
    expect(stopped).toBe(5)
    expect(stderr).toContain('The Glue job endless has failed: job endless STOPPED')
  })

  it('shows what it would start, and starts nothing', async () => {
    const {stdout} = await sandbox.run([...run, '--workflow', 'broken', '--dry-run'], env)
    expect(stdout).toBe('Would start the Glue workflow broken: job bad, then job good.\n')
    const before = await glue.send(new GetWorkflowRunsCommand({Name: 'nightly'}))
    const dry = await sandbox.run([...run, '--workflow', 'nightly', '--dry-run', '--json'], env)
    expect(answer(dry)).toEqual({
      ...{exitCode: 0, engine: 'glue', workflow: 'nightly'},
      steps: [
        {kind: 'job', name: 'good'},
        {kind: 'job', name: 'next'},
      ],
    })
    const after = await glue.send(new GetWorkflowRunsCommand({Name: 'nightly'}))
    expect(after.Runs).toHaveLength(before.Runs?.length ?? NaN)
  })

  it('takes engine and workflow from the configuration, and a job from its flag', async () => {
    const config = join(sandbox.folder, 'glue.yaml')
    writeFileSync(config, 'engine: glue\nworkflow: nightly\n')
    const dry = async (...words: string[]) =>
      answer(await sandbox.run(['lake', 'compact', '--config', config, '--dry-run', '--json', ...words], env))
    expect(await dry()).toMatchObject({workflow: 'nightly'})
    expect(await dry('--job', 'good')).toMatchObject({job: 'good'})
    expect(await dry('--workflow', 'broken')).toMatchObject({workflow: 'broken'})
    writeFileSync(config, 'engine: spark\n')
    expect(await dry()).toMatchObject({exitCode: 2, error: {code: 'BAD_CONFIG'}})
  })

  it.each([
    [[...run, '--workflow', 'none'], 3, 'GLUE_WORK_ABSENT'],
    [[...run, '--workflow', 'none', '--dry-run'], 3, 'GLUE_WORK_ABSENT'],
    [[...run, '--job', 'good', '--run-id', 'jr_none'], 3, 'GLUE_WORK_ABSENT'],
    [run, 2, 'BAD_USAGE'],
    [[...run, '--job', 'good', '--workflow', 'nightly'], 2, 'BAD_USAGE'],
    [[...run, '--job', 'good', '--to', 'now'], 2, 'BAD_USAGE'],
    [['lake', 'compact', '--job', 'good'], 2, 'BAD_USAGE'],
    [['lake', 'compact', '--engine', 'spark'], 2, 'BAD_USAGE'],
  ])('refuses %j', async (words, exitCode, code) => {
    expect(answer(await sandbox.run([...words, '--json'], env))).toMatchObject({exitCode, error: {code}})
  })
})
