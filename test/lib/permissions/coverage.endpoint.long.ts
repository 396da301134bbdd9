import {rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {UpdateWorkGroupCommand} from '@aws-sdk/client-athena'
import {CreateLogGroupCommand} from '@aws-sdk/client-cloudwatch-logs'
import {
  CreateEventBusCommand,
  DeleteArchiveCommand,
  PutEventsCommand,
  PutRuleCommand,
} from '@aws-sdk/client-eventbridge'
import {UpdateDestinationCommand} from '@aws-sdk/client-firehose'
import {
  CreateJobCommand,
  CreateTriggerCommand,
  CreateWorkflowCommand,
  DeleteTableCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-glue'
import {CreateRoleCommand, PutRolePolicyCommand, UpdateAssumeRolePolicyCommand} from '@aws-sdk/client-iam'
import {CreateStreamCommand} from '@aws-sdk/client-kinesis'
import {
  DeleteObjectCommand,
  DeletePublicAccessBlockCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import {CreateRegistryCommand, CreateSchemaCommand, StopDiscovererCommand} from '@aws-sdk/client-schemas'
import {
  CreateQueueCommand,
  GetQueueUrlCommand,
  PurgeQueueCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs'
import {AwsClients} from '../../../src/lib/aws/clients'
import {planAsking} from '../../../src/lib/binding/questions/plan-asking'
import {callLog} from '../../../src/lib/cli/call-log'
import {terminalAsker} from '../../../src/lib/cli/terminal-asker'
import type {Asker} from '../../../src/lib/core/asker'
import {matchesWildcard} from '../../../src/lib/core/iam-wildcard'
import {permissionsOf} from '../../../src/lib/permissions/permissions-of'
import {settings as anyAccount} from '../binding/_settings'
import {questionsOf} from '../../_helpers/authorize'
import type {Question} from '../../_helpers/authorize'
import {readCalls} from '../../_helpers/calls'
import {discard, temporaryFolder, testEndpoint, type TestEndpoint} from '../../_helpers/endpoint'
import {foreignEndpoint} from '../../_helpers/foreign-endpoint'
import {parquetOf} from '../../_helpers/parquet'
import {notOnEndpoint} from '../../_helpers/not-on-endpoint'
import {runCommand} from '../../_helpers/run-command'
import type {WatchedRun} from '../../_helpers/run-command'

jest.setTimeout(1_800_000)

const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:000000000000:${resource}`
const lake = {bucket: 'usage-000000000000-eu-west-1'}
const role = (middle: string) => ({RoleName: `usage-tracker-eu-west-1-usage-${middle}`})

const boundary = ['--permissions-boundary', 'arn:aws:iam::000000000000:policy/limit']
const keys = {AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test'}

/** Roads differ in names alone: what is asked of one is asked of all. */
const anyRoad = (resource: string): string =>
  resource
    .replace(/(usage|nowhere)([/-])(api-usage|second|audit)/, 'BUS$2RULE')
    .replace(/event-bus\/(usage|nowhere)$/, 'event-bus/BUS')
    .replace(/:(dead|second)$/, ':QUEUE')
    .replace(/deliverystream\/(usage-events|second)$/, 'deliverystream/STREAM')
    .replace(/(usage-events|second)-delivery$/, 'STREAM-delivery')

const isUsed = (on: string, resource: string): boolean =>
  matchesWildcard(on, resource) || matchesWildcard(anyRoad(on), anyRoad(resource))

const targets = [
  arn('sqs', 'audit'),
  arn('events', 'event-bus/audit'),
  arn('kinesis', 'stream/audit'),
  arn('logs', 'log-group:audit'),
  arn('lambda', 'function:audit'),
  arn('states', 'stateMachine:audit'),
  arn('events', 'api-destination/audit/01234567-89ab-cdef-0123-456789abcdef'),
]

/**
 * Runs every command in every way that its permissions tell apart, on roads that are new, broken, complete and gone. `runCommand` fails where a
 * call is not allowed; this looks for the other half, a permission that nobody uses.
 */
describe('the permissions of every command', () => {
  let endpoint: TestEndpoint
  let clients: AwsClients
  const folder = temporaryFolder()
  const runs: WatchedRun[] = []

  async function watch(...words: string[]): Promise<WatchedRun> {
    const place = words.includes('--endpoint-url') ? [] : ['--endpoint-url', endpoint.url]
    const ran = await runCommand([...words, ...place, '--region', 'eu-west-1'])
    runs.push(ran)
    return ran
  }

  /** As on AWS: the endpoint has no controls, and the caller has keys. */
  async function watchAfar(words: string[], interruptAt?: string): Promise<WatchedRun> {
    Object.assign(process.env, keys)
    const foreign = await foreignEndpoint(endpoint.url, interruptAt)
    const ran = await watch(...words, '--endpoint-url', foreign.url)
    await foreign.close()
    return ran
  }

  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }

  beforeAll(async () => {
    endpoint = await testEndpoint()
    const {region, credentials} = endpoint.client
    clients = new AwsClients({region, credentials, endpoint: endpoint.url})
    await roadIntoLake()
    await otherTargets()
    await patternsAndSchemas()
    await letGo()
    await watch('unbind-target', '--yes', '--rule', 'second', '--firehose', 'second')
    await watch('unbind-target', '--yes', '--dlq', 'dead')
  })

  afterAll(async () => {
    for (const name of Object.keys(keys)) delete process.env[name]
    await clients.close()
    await discard(endpoint)
    rmSync(folder, {recursive: true})
  })

  async function roadIntoLake(): Promise<void> {
    const options = ['--dlq', 'dead', '--archive-days', '7', '--allow-account', '444455556666']
    await watch('bind-target', '--yes', ...options)
    await watch('init', '--from-rule', 'api-usage', '--config', join(folder, 'usage-tracker.yaml'))
    const other = ['--rule', 'other', '--firehose', 'other', '--bucket', 'other-lake', '--database', 'other']
    const place = ['--workgroup', 'other', '--endpoint-url', endpoint.url, '--region', 'eu-west-1']
    await runCommand(['bind-target', '--yes', ...other, ...place])
    await watch('init', '--from-rule', 'other', '--yes', '--config', join(folder, 'usage-tracker.yaml'))
    await runCommand(['unbind-target', '--yes', ...other, ...place])
    await watch('events', 'send', '--count', '1')
    await watch('events', 'send', '--count', '1', '--confirm')
    await watch('events', 'import', file('access.log', accessLog))
    await endpoint.flush()
    await replay()
    await find()
    await watch('doctor', '--canary')
    await watch('doctor', '--archive-days', '7')
    await watch('doctor', '--bus', 'nowhere')
    for (const report of ['billing', 'bottlenecks', 'customers', 'features', 'trending']) {
      await watch('report', report, '--from', '-1d')
      await watchAfar(['report', report, '--from', '-1d'])
      await interrupted('report', report, '--from', '-1d')
    }
    const prices = file('prices.yaml', 'currency: EUR\nplans: {}\ndefault: {pricePerUnit: 1}')
    const bill = ['report', 'billing', '--month', 'last', '--prices', prices]
    await watch(...bill, '--close', '--yes')
    await watch(...bill)
    await watch('report', 'billing', '--month', 'this')
    const query = ['report', 'run', file('own.sql', 'SELECT count(*) AS n FROM {{events}}'), '--from', '-1d']
    await watch(...query)
    await watchAfar(query)
    await interrupted(...query)
    await interrupted('doctor')
    await breakRoad()
    const changed = ['--archive-days', '3', '--allow-account', '555566667777']
    await watch('bind-target', '--yes', '--dlq', 'dead', ...changed)
    await watch('bind-target', '--yes', ...boundary)
    const parquet = ['--rule', 'second', '--firehose', 'second', '--record-format', 'parquet']
    await watch('bind-target', '--yes', ...parquet, '--dlq', 'second')
    await breakTable('raw_events_parquet')
    await watch('bind-target', '--yes', ...parquet)
    await putConversionError()
    await watch('doctor', '--rule', 'second', '--firehose', 'second')
    await ask()
    await watch('bind-target', '--check')
    await compactLake()
  }

  /** A lake that is made, compacted with a line that is no event and an object without line ends, left half done, and rid of a user. */
  async function compactLake(): Promise<void> {
    const s3 = await clients.s3()
    const [day, hour] = new Date().toISOString().split(/[T:]/)
    const folder = `dt=${day}/hour=${hour}`
    const torn = {
      Bucket: lake.bucket,
      Key: `events/${folder}/torn`,
      Body: [
        `{"id":"1","time":"1999-01-01T00:00:00Z","detail":{"user":{"id":"ann"}}}`,
        `{"id":"3","time":"${day}T00:00:00Z","detail":{"user":{"id":"ann"},"team":"a field that is new"}}`,
        '{"user":{"id":"ann"}\n',
      ].join('\n'),
    }
    await s3.send(new PutObjectCommand(torn))
    const joined = {...torn, Key: `events/${folder}/joined`, Body: '{"id":"4"}{"id":"5"}\nnot json\n'}
    await s3.send(new PutObjectCommand(joined))
    const parquet =
      await parquetOf(`SELECT '2' AS id, {'user': {'id': 'ann'}, 'client': {'address': 'a', 'useragent': 'b'},
      'attributes': MAP {'a': 'b'}} AS detail`)
    await s3.send(new PutObjectCommand({...torn, Key: `events-parquet/${folder}/one.parquet`, Body: parquet}))
    await watch('lake', 'init', '--yes', '--scan-limit-gb', '10')
    await watch('lake', 'compact', '--to', 'now')
    await s3.send(new PutObjectCommand({...torn, Key: `${torn.Key}-again`}))
    await watch('lake', 'compact', '--to', 'now', '--dry-run')
    await compactByGlue()
    await interrupted('lake', 'compact', '--to', 'now')
    const head = {Bucket: lake.bucket, Key: 'ledger/head.json'}
    const {Body} = await s3.send(new GetObjectCommand(head))
    const stored = JSON.parse((await Body?.transformToString()) ?? '') as object
    await s3.send(new PutObjectCommand({...head, Body: JSON.stringify({...stored, lost: [1]})}))
    await watch('lake', 'compact', '--to', 'now')
    await watch('lake', 'status', '--queries', '5', '--sample', '5')
    await watch('report', 'reconcile', '--from', '-1d')
    await watchAfar(['report', 'reconcile', '--by', 'service', '--from', '-1d'])
    await interrupted('report', 'reconcile', '--from', '-1d')
    const TableInput = {
      Name: 'events',
      // A field that no raw table has yet.
      StorageDescriptor: {
        Columns: [{Name: 'squad', Type: 'string', Comment: 'detail.squad'}],
        Location: `s3://${lake.bucket}/curated/`,
      },
    }
    const glue = await clients.glue()
    await glue.send(new UpdateTableCommand({DatabaseName: 'usage', TableInput}))
    await watch('lake', 'init', '--yes')
    await glue.send(new DeleteTableCommand({DatabaseName: 'usage', Name: 'usage_events'}))
    await interrupted('lake', 'init', '--yes')
    await watch('lake', 'init', '--yes')
    await interrupted('lake', 'erase', '--user', 'ann', '--yes')
    await watch('lake', 'erase', '--user', 'ann', '--yes')
    for (const Name of ['events', 'usage_events']) {
      await glue.send(new DeleteTableCommand({DatabaseName: 'usage', Name}))
    }
  }

  /** A workflow of one job, and the job alone, are looked at and run to their end. */
  async function compactByGlue(): Promise<void> {
    const glue = await clients.glue()
    const s3 = await clients.s3()
    const script = {Bucket: lake.bucket, Key: 'scripts/nightly.sql'}
    await s3.send(new PutObjectCommand({...script, Body: 'SELECT 1'}))
    const Command = {Name: 'glueetl', ScriptLocation: `s3://${script.Bucket}/${script.Key}`}
    const DefaultArguments = {'--workgroup': 'usage'}
    await glue.send(new CreateJobCommand({Name: 'nightly', Role: 'nightly', Command, DefaultArguments}))
    await allowGlue('nightly')
    await glue.send(new CreateWorkflowCommand({Name: 'nightly'}))
    const start = {Name: 'nightly', WorkflowName: 'nightly', Actions: [{JobName: 'nightly'}]}
    await glue.send(new CreateTriggerCommand({...start, Type: 'ON_DEMAND'}))
    for (const kind of ['--workflow', '--job']) {
      const words = ['lake', 'compact', '--engine', 'glue', kind, 'nightly']
      await watch(...words, '--dry-run')
      await watch(...words)
    }
    await s3.send(new DeleteObjectCommand(script))
  }

  async function allowGlue(RoleName: string): Promise<void> {
    const iam = await clients.iam()
    const document = (statement: object) =>
      JSON.stringify({Version: '2012-10-17', Statement: [{Effect: 'Allow', ...statement}]})
    const trust = document({Principal: {Service: 'glue.amazonaws.com'}, Action: 'sts:AssumeRole'})
    await iam.send(new CreateRoleCommand({RoleName, AssumeRolePolicyDocument: trust}))
    const PolicyDocument = document({Action: ['s3:*', 'athena:*'], Resource: '*'})
    await iam.send(new PutRolePolicyCommand({RoleName, PolicyName: 'work', PolicyDocument}))
  }

  async function interrupted(...words: string[]): Promise<void> {
    const ran = await watchAfar(words, 'GetQueryExecution')
    // A second Ctrl-C would end the process.
    process.removeAllListeners('SIGINT')
    expect(ran.calls.map(({operation}) => operation)).toContain('StopQueryExecution')
  }

  /** Everything that bind-target can mend differs. */
  async function breakRoad(): Promise<void> {
    const DiscovererId = 'events-event-bus-usage'
    await (await clients.schemas()).send(new StopDiscovererCommand({DiscovererId}))
    await breakTable('raw_events')
    await (await clients.athena()).send(new UpdateWorkGroupCommand({WorkGroup: 'usage', State: 'DISABLED'}))
    const iam = await clients.iam()
    const statement = {
      Effect: 'Allow',
      Principal: {Service: 'lambda.amazonaws.com'},
      Action: 'sts:AssumeRole',
    }
    const PolicyDocument = JSON.stringify({Version: '2012-10-17', Statement: [statement]})
    for (const name of [role('events-delivery'), role('api-usage-target')]) {
      await iam.send(new UpdateAssumeRolePolicyCommand({...name, PolicyDocument}))
    }
    await (
      await clients.firehose()
    ).send(
      new UpdateDestinationCommand({
        DeliveryStreamName: 'usage-events',
        CurrentDeliveryStreamVersionId: '1',
        DestinationId: 'destinationId-000000000001',
        ExtendedS3DestinationUpdate: {BufferingHints: {IntervalInSeconds: 60, SizeInMBs: 64}},
      }),
    )
    await (await clients.s3()).send(new DeletePublicAccessBlockCommand({Bucket: lake.bucket}))
  }

  /** Takes away what keeps parts of a road, and puts a dead letter where one does. */
  async function letGo(): Promise<void> {
    const sqs = await clients.sqs()
    const {QueueUrl} = await sqs.send(new GetQueueUrlCommand({QueueName: 'second'}))
    await sqs.send(new SendMessageCommand({QueueUrl, MessageBody: 'not delivered'}))
    const ArchiveName = 'usage-tracker-usage-api-usage'
    await (await clients.eventBridge()).send(new DeleteArchiveCommand({ArchiveName}))
    const s3 = await clients.s3()
    const {Contents} = await s3.send(new ListObjectsV2Command({Bucket: lake.bucket}))
    for (const {Key} of Contents ?? []) await s3.send(new DeleteObjectCommand({Bucket: lake.bucket, Key}))
  }

  async function breakTable(Name: string): Promise<void> {
    const TableInput = {Name, StorageDescriptor: {Columns: [], Location: 's3://elsewhere/'}}
    await (await clients.glue()).send(new UpdateTableCommand({DatabaseName: 'usage', TableInput}))
  }

  async function putConversionError(): Promise<void> {
    const Key = 'errors/format-conversion-failed/dt=2026-01-01/one'
    await (await clients.s3()).send(new PutObjectCommand({Bucket: lake.bucket, Key, Body: '{}'}))
  }

  /** As on a terminal, where the stream that is there is chosen for a new rule of a new bus. */
  async function ask(): Promise<void> {
    const file = join(folder, 'calls.ndjson')
    const {region, credentials} = endpoint.client
    const onCall = callLog(file, 'bind-target')
    const asked = new AwsClients({region, credentials, endpoint: endpoint.url, onCall})
    const asker: Asker = {
      ...terminalAsker,
      choose: async (_, choices) => choices.find(({value}) => value.includes('/'))?.value ?? '',
      say: () => undefined,
    }
    const open = {bus: true, rule: true, target: true, bucket: true, pattern: true}
    const settings = {...anyAccount, accountId: '000000000000', bucket: lake.bucket}
    for (const names of [
      {bus: 'new', rule: 'new', stream: 'new'},
      {bus: 'usage', rule: 'new', stream: 'new'},
    ]) {
      const now = () => Date.now()
      await planAsking({clients: asked, asker, open, now}, [{...settings, ...names}], false)
    }
    await asked.close()
    const calls = readCalls(file)
    runs.push({command: 'bind-target', exitCode: 0, stdout: '', answer: undefined, calls, policy: undefined})
  }

  async function otherTargets(): Promise<void> {
    await (await clients.sqs()).send(new CreateQueueCommand({QueueName: 'audit'}))
    await (await clients.eventBridge()).send(new CreateEventBusCommand({Name: 'audit'}))
    await (await clients.kinesis()).send(new CreateStreamCommand({StreamName: 'audit', ShardCount: 1}))
    await (await clients.logs()).send(new CreateLogGroupCommand({logGroupName: 'audit'}))
    for (const target of targets) {
      await watch('bind-target', '--rule', 'audit', '--yes', '--target', target)
      await watch('doctor', '--rule', 'audit', '--target', target)
      await watch('bind-target', '--rule', 'audit', '--yes', '--target', target, ...boundary)
      await watch('unbind-target', '--rule', 'audit', '--yes', '--target', target)
    }
  }

  async function patternsAndSchemas(): Promise<void> {
    const event = file('event.ndjson', '{"eventId":"e","service":{"name":"s"},"api":{"operation":"o"}}\n')
    await watch('pattern', 'test', event, '--remote')
    await watch('pattern', 'test', event, '--all-rules')
    await watch('pattern', 'lint')
    await tail()
    const schemas = await clients.schemas()
    await schemas.send(new CreateRegistryCommand({RegistryName: 'own'}))
    const Content = JSON.stringify({
      openapi: '3.0.0',
      info: {title: 'orders', version: '1'},
      paths: {},
      components: {schemas: {orders: {type: 'object'}}},
    })
    const schema = {RegistryName: 'own', SchemaName: 'orders', Type: 'OpenApi3', Content} as const
    await schemas.send(new CreateSchemaCommand(schema))
    await openedSchemas(event)
    await discover(event)
    await watch('schemas', 'list')
    await watch('schemas', 'list', '--registry', 'own')
    await watch('schemas', 'export', 'orders', '--as', 'jsonschema4')
    await watch('schemas', 'export', 'my-applications@ApiUsageEvent', '--as', 'jsonschema4')
    await watch('schemas', 'export', 'orders', '--registry', 'own')
  }

  async function openedSchemas(event: string): Promise<void> {
    for (const schema of ['orders', 'my-applications@ApiUsageEvent']) {
      await watch('schemas', 'show', schema)
      await watch('schemas', 'sample', schema, '--count', '1')
      await watch('schemas', 'diff', schema, 'usage-event')
      await watch('schemas', 'validate', schema, event)
    }
    await watch('schemas', 'diff', 'orders')
    const send = ['events', 'send', '--bus', 'audit', '--count', '1', '--schema', 'orders']
    await watch(...send)
    await watch(...send, '--registry', 'own')
    const line = `usage-tracker schemas show --endpoint-url ${endpoint.url} --region eu-west-1`
    for (const words of ['orders:', '--registry o', '--registry own o'])
      await watch('complete', `${line} ${words}`)
    await watch('schemas', 'validate', 'usage-event', `s3://${lake.bucket}/events/`)
  }

  async function discover(event: string): Promise<void> {
    const other = file('other.ndjson', '{"eventId":7,"unlike":[true]}\n')
    await watch('schemas', 'discover', event)
    await watch('schemas', 'discover', `s3://${lake.bucket}/events/`)
    for (const input of [event, other])
      await watch('schemas', 'discover', input, '--registry', 'learned', '--yes')
    await watch('schemas', 'discover', '--stop', '--yes')
    await watch('schemas', 'discover', '--start', '--yes')
    await watch('schemas', 'discover', '--start', '--yes', '--bus', 'audit')
    await watch('schemas', 'discover', '--status')
  }

  /** An id that is nowhere is sought everywhere. */
  async function find(): Promise<void> {
    const sqs = await clients.sqs()
    const {QueueUrl} = await sqs.send(new GetQueueUrlCommand({QueueName: 'dead'}))
    await sqs.send(new SendMessageCommand({QueueUrl, MessageBody: '{}'}))
    const place = {Bucket: lake.bucket, Key: 'errors/format-conversion-failed/dt=2026-11-01/a'}
    const aside = {Bucket: lake.bucket, Key: 'quarantine/dt=2026-11-01/hour=00/a.ndjson'}
    for (const one of [place, aside])
      await (await clients.s3()).send(new PutObjectCommand({...one, Body: '{}'}))
    await watch('events', 'find', 'nobody')
    await interrupted('events', 'find', 'nobody')
    for (const one of [place, aside]) await (await clients.s3()).send(new DeleteObjectCommand(one))
    await sqs.send(new PurgeQueueCommand({QueueUrl}))
  }

  async function replay(): Promise<void> {
    const range = ['--from', '-1d', '--yes']
    await watch('events', 'replay', 'lake', ...range)
    await watch('events', 'replay', 'lake', `s3://${lake.bucket}/events/`, '--yes')
    await watch('events', 'replay', 'lake', ...range, '--dry-run')
    await watch('events', 'replay', 'archive', ...range, '--rule', 'api-usage', '--name', 'again')
    await watch('events', 'replay', 'archive', ...range, '--all-rules', '--dry-run')
    // It has ended, which the service says to whoever may ask for it.
    await watch('events', 'replay', 'archive', '--cancel', 'again')
  }

  /** Sweeps what a killed run has left, and receives one event. */
  async function tail(): Promise<void> {
    const events = await clients.eventBridge()
    const expired = {Key: 'usage-tracker:expires', Value: '2026-01-01T00:00:00Z'}
    const queue = {QueueName: 'usage-tracker-tail-a', tags: {[expired.Key]: expired.Value}}
    await (await clients.sqs()).send(new CreateQueueCommand(queue))
    const rule = {Name: 'usage-tracker-tail-b', EventBusName: 'usage', EventPattern: '{"source":["x"]}'}
    await events.send(new PutRuleCommand({...rule, Tags: [expired]}))
    await watch('events', 'tail', '--sweep')
    const running = watch('events', 'tail', '--count', '1', '--timeout', '60')
    const entry = {EventBusName: 'usage', Source: 's', DetailType: 't', Detail: '{}'}
    for (let isOver = false; !isOver;) {
      await events.send(new PutEventsCommand({Entries: [entry]}))
      await endpoint.flush()
      isOver = await Promise.race([
        running.then(() => true),
        new Promise<false>((go) => setImmediate(go, false)),
      ])
    }
  }

  const askedBy = (command: string): Question[] =>
    runs.filter((one) => one.command === command).flatMap(({calls}) => questionsOf(calls, lake))

  it.each(Object.keys(permissionsOf))('of %s are all used', (command) => {
    const asked = new Set(askedBy(command).map(({action}) => action))
    const listed = new Set((permissionsOf[command] ?? []).flatMap(({actions}) => actions))
    const idle = [...listed].filter((action) => !asked.has(action) && !notOnEndpoint.has(action))

    expect(idle).toEqual([])
  })

  it.each(Object.keys(permissionsOf))(
    'of %s are used on every resource that its policies name',
    (command) => {
      const questions = askedBy(command)
      const grants = runs
        .filter((one) => one.command === command)
        .flatMap(({policy}) => policy?.Statement ?? [])
        .flatMap(({Action, Resource}) => Action.flatMap((action) => Resource.map((on) => ({action, on}))))
      const idle = grants.filter(
        ({action, on}) =>
          !notOnEndpoint.has(action) &&
          !questions.some((one) => one.action === action && isUsed(on, one.resource)),
      )

      expect([...new Set(idle.map(({action, on}) => `${action} ${on}`))]).toEqual([])
    },
  )

  it('are those of commands that can be asked for them, and of no other', () => {
    expect([...new Set(runs.map(({command}) => command))].sort()).toEqual(Object.keys(permissionsOf).sort())
  })
})

const accessLog =
  '10.0.0.1 - ada [01/Mar/2026:00:00:00 +0000] "GET /orders/1 HTTP/1.1" 200 512 "-" "curl/8"\n'
