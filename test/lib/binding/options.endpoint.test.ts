import {
  DescribeArchiveCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  ListTargetsByRuleCommand,
  PutPermissionCommand,
  UpdateArchiveCommand,
} from '@aws-sdk/client-eventbridge'
import {CreateRoleCommand, GetRoleCommand} from '@aws-sdk/client-iam'
import {ListTagsForDeliveryStreamCommand} from '@aws-sdk/client-firehose'
import type {AwsClients} from '../../../src/lib/aws/clients'
import type {RoadSettings} from '../../../src/lib/road/settings'
import {Account, settings} from './_account'

const rule = {Name: 'api-usage', EventBusName: 'usage'}
const targetsOf = {Rule: 'api-usage', EventBusName: 'usage'}

describe('binding with options on an endpoint', () => {
  let account: Account
  let clients: AwsClients

  beforeEach(async () => {
    account = await Account.open()
    clients = account.clients
  })

  afterEach(() => account.close())

  /** Binds and returns what was changed; of updates with the fields. */
  async function bind(part: Partial<RoadSettings>): Promise<string[]> {
    const done = await account.bind(part)
    return done.map(({action, resource, fields}) => [action, resource, ...(fields ?? [])].join(' '))
  }

  async function unbind(): Promise<string[]> {
    return (await account.unbind({})).map(({action, resource}) => `${action} ${resource}`)
  }

  it('describes the rule, and sets retries and input of the target', async () => {
    await bind({})
    const options = {
      description: 'ours',
      retryAttempts: 3,
      maxEventAgeSeconds: 600,
      inputTemplate: '{"id":<id>}',
      inputMap: {id: '$.id'},
    }

    expect(await bind(options)).toEqual(['update rule description', 'update target input retryPolicy'])
    expect(await bind(options)).toEqual([])
    const events = await clients.eventBridge()
    expect((await events.send(new DescribeRuleCommand(rule))).Description).toBe('ours')
    const {Targets} = await events.send(new ListTargetsByRuleCommand(targetsOf))
    expect(Targets?.[0]).toMatchObject({
      RetryPolicy: {MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 600},
      InputTransformer: {InputTemplate: '{"id":<id>}', InputPathsMap: {id: '$.id'}},
    })
    expect(await bind({inputPath: '$.detail'})).toEqual(['update target input retryPolicy'])
  })

  it('sends with a role that is there and makes none', async () => {
    const trust = {
      Version: '2012-10-17',
      Statement: [{Effect: 'Allow', Principal: {Service: 'events.amazonaws.com'}, Action: 'sts:AssumeRole'}],
    }
    const iam = await clients.iam()
    await iam.send(
      new CreateRoleCommand({RoleName: 'theirs', AssumeRolePolicyDocument: JSON.stringify(trust)}),
    )

    const done = await bind({roleArn: 'arn:aws:iam::000000000000:role/theirs'})

    expect(done.filter((line) => line === 'create role')).toHaveLength(1)
    const {Targets} = await (await clients.eventBridge()).send(new ListTargetsByRuleCommand(targetsOf))
    expect(Targets?.[0]?.RoleArn).toBe('arn:aws:iam::000000000000:role/theirs')
    await unbind()
    expect((await iam.send(new GetRoleCommand({RoleName: 'theirs'}))).Role?.RoleName).toBe('theirs')
  })

  it('tags what it makes', async () => {
    await bind({tags: {team: 'platform'}})

    const asked = new ListTagsForDeliveryStreamCommand({DeliveryStreamName: 'usage-events'})
    expect((await (await clients.firehose()).send(asked)).Tags).toContainEqual({
      Key: 'team',
      Value: 'platform',
    })
  })

  it("archives the rule's events, mends the archive, and keeps it when it is unbound", async () => {
    const events = await clients.eventBridge()
    const name = 'usage-tracker-usage-api-usage'

    expect(await bind({archiveDays: 30})).toContain('create archive')
    expect(await bind({archiveDays: 30})).toEqual([])
    await events.send(new UpdateArchiveCommand({ArchiveName: name, RetentionDays: 1}))
    expect(await bind({archiveDays: 30})).toEqual(['update archive retentionDays'])
    const archive = await events.send(new DescribeArchiveCommand({ArchiveName: name}))
    expect(archive).toMatchObject({RetentionDays: 30, EventPattern: settings.pattern})
    expect(await bind({})).toEqual([])

    const plan = await unbind()
    expect(plan).toContain('keep archive')
    expect(plan).toContain('keep bus')
  })

  it('lets accounts and organizations in, takes back what is no longer asked for, and leaves others', async () => {
    const events = await clients.eventBridge()
    const sids = async (): Promise<(string | undefined)[]> => {
      const {Policy = '{}'} = await events.send(new DescribeEventBusCommand({Name: 'usage'}))
      const statements = (JSON.parse(Policy) as {Statement?: {Sid: string}[]}).Statement ?? []
      return statements.map(({Sid}) => Sid.replace(/usage-tracker-[0-9a-f]{10}-/, 'ours-'))
    }
    await bind({})
    const theirs = {StatementId: 'theirs', Action: 'events:PutEvents', Principal: '777788889999'}
    await events.send(new PutPermissionCommand({EventBusName: 'usage', ...theirs}))

    const options = {allowAccounts: ['444455556666'], allowOrgs: ['o-a1b2c3d4e5']}
    expect(await bind(options)).toEqual(['create bus-policy'])
    expect(await bind(options)).toEqual([])
    expect(await sids()).toEqual(['theirs', 'ours-444455556666', 'ours-o-a1b2c3d4e5'])

    expect(await bind({allowAccounts: ['444455556666']})).toEqual(['update bus-policy policy'])
    expect(await sids()).toEqual(['theirs', 'ours-444455556666'])
    expect(await bind({})).toEqual([])

    await bind({rule: 'other'})
    expect(await unbind()).toContain('delete bus-policy')
    expect(await sids()).toEqual(['theirs'])
  })
})
