import {existsSync, readFileSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {
  CreateEventBusCommand,
  ListRulesCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import {CreateDeliveryStreamCommand} from '@aws-sdk/client-firehose'
import {CreateDatabaseCommand, CreateTableCommand} from '@aws-sdk/client-glue'
import {CreateBucketCommand} from '@aws-sdk/client-s3'
import {CreateQueueCommand} from '@aws-sdk/client-sqs'
import {CreateWorkGroupCommand} from '@aws-sdk/client-athena'
import {CreateRoleCommand} from '@aws-sdk/client-iam'
import {parse} from 'yaml'
import {AwsClients} from '../../../src/lib/aws/clients'
import type {InitResult} from '../../../src/commands/init'
import {discard, temporaryFolder, testEndpoint, type TestEndpoint} from '../../_helpers/endpoint'
import {runCommand} from '../../_helpers/run-command'
import {faultyProxy} from '../doctor/_helpers/faulty-proxy'

jest.setTimeout(120_000)

const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:000000000000:${resource}`

interface Change {
  action: string
  resource: string
  name: string
  fields?: string[]
}

describe('init --from-rule', () => {
  let endpoint: TestEndpoint
  let clients: AwsClients
  let folder: string
  beforeEach(async () => {
    endpoint = await testEndpoint()
    const {region, credentials} = endpoint.client
    clients = new AwsClients({region, credentials, endpoint: endpoint.url})
    folder = temporaryFolder()
  })
  afterEach(async () => {
    await clients.close()
    await discard(endpoint)
    rmSync(folder, {recursive: true})
  })

  const run = (words: string[], url = endpoint.url) =>
    runCommand([...words, '--json', '--endpoint-url', url, '--region', 'eu-west-1'])

  async function adopt(rule: string, bus: string, url?: string) {
    const file = join(folder, 'usage-tracker.yaml')
    const ran = await run(['init', '--from-rule', rule, '--bus', bus, '--config', file, '--yes'], url)
    const content = existsSync(file) ? (parse(readFileSync(file, 'utf8')) as Record<string, unknown>) : {}
    return {...ran, answer: ran.answer as InitResult, file, content}
  }

  async function check(file: string): Promise<{exitCode: number; changes: Change[]}> {
    const {exitCode, answer} = await run(['bind-target', '--all', '--check', '--config', file])
    if (exitCode !== 0 && exitCode !== 9) throw new Error(JSON.stringify(answer))
    const {changes} = answer as {changes: Change[]}
    return {exitCode, changes: changes.filter(({action}) => action !== 'keep')}
  }

  it('says a road that was bound with many options so that nothing of it differs', async () => {
    await run([
      ...['bind-target', '--yes', '--bus', 'shop', '--rule', 'checkout', '--firehose', 'shop-events'],
      ...['--bucket', 'shop-lake', '--database', 'shop', '--workgroup', 'shop', '--dlq', 'shop-dead'],
      ...['--pattern', '{"source":["shop"],"detail-type":["used"],"detail":{"n":[{"numeric":[">",1]}]}}'],
      ...['--retry-attempts', '5', '--max-event-age', '3600', '--archive-days', '7', '--tag', 'team=pay'],
      ...['--input-template', '{"n": <n>}', '--input-map', 'n=$.detail.n', '--description', 'All: of it'],
      ...['--allow-account', '444455556666', '--allow-org', 'o-a1b2c3d4e5'],
    ])

    const {exitCode, answer, content, file} = await adopt('checkout', 'shop')

    expect({exitCode, answer}).toEqual({
      exitCode: 0,
      answer: {file, created: true, bindings: ['checkout'], remarks: []},
    })
    expect(content).toEqual({
      ...{bus: 'shop', rule: 'checkout', stream: 'shop-events', bucket: 'shop-lake'},
      ...{database: 'shop', workgroup: 'shop', source: 'shop', detailType: 'used'},
      bindings: [
        {
          name: 'checkout',
          pattern: {source: ['shop'], 'detail-type': ['used'], detail: {n: [{numeric: ['>', 1]}]}},
          ...{firehose: 'shop-events', dlq: 'shop-dead', retryAttempts: 5, maxEventAgeSeconds: 3600},
          ...{inputTemplate: '{"n": <n>}', inputMap: {n: '$.detail.n'}, description: 'All: of it'},
          ...{tags: {team: 'pay'}, archiveDays: 7},
          ...{allowAccounts: ['444455556666'], allowOrgs: ['o-a1b2c3d4e5']},
        },
      ],
      environments: {
        dev: {account: '000000000000', region: 'eu-west-1', endpointUrl: endpoint.url},
        local: {local: true},
      },
    })
    expect(await check(file)).toEqual({exitCode: 0, changes: []})
  })

  it('writes nothing but the binding where every name is the default', async () => {
    await run(['bind-target', '--yes'])

    const {content, file} = await adopt('api-usage', 'usage')

    expect(Object.keys(content)).toEqual(['bindings', 'environments'])
    expect(content['bindings']).toEqual([{name: 'api-usage', firehose: 'usage-events'}])
    expect(await check(file)).toEqual({exitCode: 0, changes: []})
  })

  it('makes a binding of each target of a rule', async () => {
    await (await clients.sqs()).send(new CreateQueueCommand({QueueName: 'audit'}))
    await run(['bind-target', '--yes'])
    await run(['bind-target', '--yes', '--target', arn('sqs', 'audit'), '--dlq', 'dead'])

    const {answer, content, file} = await adopt('api-usage', 'usage')

    expect(answer.bindings).toEqual(['api-usage-firehose', 'api-usage-sqs'])
    expect(content['bindings']).toEqual([
      {name: 'api-usage-firehose', firehose: 'usage-events'},
      {name: 'api-usage-sqs', target: arn('sqs', 'audit'), dlq: 'dead'},
    ])
    expect(await check(file)).toEqual({exitCode: 0, changes: []})
  })

  /** A rule that somebody wired: other names, another prefix, a table of another name, a fixed text to a queue. */
  async function wireByHand(): Promise<void> {
    const trust = (service: string) =>
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [{Effect: 'Allow', Principal: {Service: service}, Action: 'sts:AssumeRole'}],
      })
    const iam = await clients.iam()
    for (const [RoleName, service] of [
      ['hand-delivery', 'firehose.amazonaws.com'],
      ['hand-rule', 'events.amazonaws.com'],
    ] as const) {
      await iam.send(new CreateRoleCommand({RoleName, AssumeRolePolicyDocument: trust(service)}))
    }
    await (await clients.s3()).send(new CreateBucketCommand({Bucket: 'hand-lake'}))
    await (
      await clients.firehose()
    ).send(
      new CreateDeliveryStreamCommand({
        DeliveryStreamName: 'hand-stream',
        DeliveryStreamType: 'DirectPut',
        ExtendedS3DestinationConfiguration: {
          RoleARN: 'arn:aws:iam::000000000000:role/hand-delivery',
          BucketARN: 'arn:aws:s3:::hand-lake',
          Prefix: 'events/',
        },
      }),
    )
    const glue = await clients.glue()
    await glue.send(new CreateDatabaseCommand({DatabaseInput: {Name: 'analytics'}}))
    const TableInput = {Name: 'clicks', StorageDescriptor: {Columns: [], Location: 's3://hand-lake/events'}}
    await glue.send(new CreateTableCommand({DatabaseName: 'analytics', TableInput}))
    const ResultConfiguration = {OutputLocation: 's3://hand-lake/answers/'}
    const group = {Name: 'analysts', Configuration: {ResultConfiguration}}
    await (await clients.athena()).send(new CreateWorkGroupCommand(group))
    const sqs = await clients.sqs()
    for (const QueueName of ['hand-queue', 'hand-dead']) await sqs.send(new CreateQueueCommand({QueueName}))
    const events = await clients.eventBridge()
    await events.send(new CreateEventBusCommand({Name: 'hand'}))
    const rule = {Name: 'clicks', EventBusName: 'hand'}
    await events.send(new PutRuleCommand({...rule, EventPattern: '{"source":["web"]}'}))
    const Targets = [
      {
        Id: '1',
        Arn: arn('firehose', 'deliverystream/hand-stream'),
        RoleArn: 'arn:aws:iam::000000000000:role/hand-rule',
        DeadLetterConfig: {Arn: arn('sqs', 'hand-dead')},
      },
      {Id: '2', Arn: arn('sqs', 'hand-queue'), Input: '"fixed"'},
    ]
    await events.send(new PutTargetsCommand({Rule: 'clicks', EventBusName: 'hand', Targets}))
  }

  it('says a rule that was wired by hand, and what of it cannot be said', async () => {
    await wireByHand()

    const {answer, content, file} = await adopt('clicks', 'hand')

    expect(answer.remarks).toEqual([
      'Target 2 gets a fixed text, which a binding cannot say: bind-target would send it the event.',
      expect.stringMatching(
        /^Delivery stream hand-stream writes under events\/; bind-target has it write under /,
      ),
      'Table analytics.clicks lies over s3://hand-lake/events/; reports read analytics.raw_events.',
    ])
    expect(content).toMatchObject({
      ...{bus: 'hand', rule: 'clicks', source: 'web', stream: 'hand-stream', bucket: 'hand-lake'},
      ...{database: 'analytics', workgroup: 'analysts'},
      bindings: [
        {
          ...{name: 'clicks-firehose', pattern: {source: ['web']}, firehose: 'hand-stream', dlq: 'hand-dead'},
          roleArn: 'arn:aws:iam::000000000000:role/hand-rule',
        },
        {name: 'clicks-sqs', pattern: {source: ['web']}, target: arn('sqs', 'hand-queue')},
      ],
    })
    const text = readFileSync(file, 'utf8')
    for (const remark of answer.remarks ?? []) expect(text).toContain(`# - ${remark}\n`)
    const {exitCode, changes} = await check(file)
    expect(exitCode).toBe(9)
    const inWords = changes.map(({action, resource, name, fields = []}) =>
      [action, resource, name, ...fields].join(' '),
    )
    expect(inWords).toEqual([
      'create table analytics.raw_events',
      'create role usage-tracker-eu-west-1-hand-stream-delivery',
      'create policy usage-tracker-eu-west-1-hand-stream-delivery',
      expect.stringMatching(/^update stream hand-stream roleArn prefix errorOutputPrefix /),
      'create queue-policy hand-dead',
      'update workgroup analysts outputLocation',
      'create discoverer hand',
      'create queue-policy hand-queue',
      'update target 2 input',
    ])
  })

  it('leaves at its default what may not be read, and says so', async () => {
    await run(['bind-target', '--yes', '--database', 'shop', '--workgroup', 'shop'])
    const denied = {
      status: 400,
      contentType: 'application/x-amz-json-1.1',
      body: '{"__type":"AccessDeniedException","message":"not authorized to perform: glue:GetTable"}',
    }
    const proxy = await faultyProxy(endpoint.url, {glue: denied})

    const {exitCode, answer, content, file} = await adopt('api-usage', 'usage', proxy.url)
    await proxy.close()

    expect(exitCode).toBe(0)
    expect(answer.remarks).toEqual([
      expect.stringMatching(
        /^The Glue catalog could not be read: .*not authorized to perform: glue:GetTable/,
      ),
    ])
    expect(content).toMatchObject({workgroup: 'shop'})
    expect(content).not.toHaveProperty('database')
    expect(readFileSync(file, 'utf8')).toContain('# database: usage\n')
  })

  it('writes no file for a rule that is absent, or that a service manages', async () => {
    await run(['bind-target', '--yes', '--archive-days', '1'])
    const listed = new ListRulesCommand({EventBusName: 'usage'})
    const {Rules = []} = await (await clients.eventBridge()).send(listed)
    const managed = Rules.find(({ManagedBy}) => ManagedBy !== undefined)?.Name ?? ''

    const absent = await adopt('nope', 'usage')
    const refused = await adopt(managed, 'usage')

    expect(absent).toMatchObject({exitCode: 3, answer: {error: {code: 'RULE_ABSENT'}}})
    expect(refused).toMatchObject({exitCode: 2, answer: {error: {code: 'RULE_MANAGED'}}})
    expect(existsSync(refused.file)).toBe(false)
  })
})
