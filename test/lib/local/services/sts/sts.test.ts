import {CreateRoleCommand, IAMClient} from '@aws-sdk/client-iam'
import {AssumeRoleCommand, GetCallerIdentityCommand, STSClient} from '@aws-sdk/client-sts'
import {discard, testEndpoint, type TestEndpoint} from '../../../../_helpers/endpoint'

let endpoint: TestEndpoint
let sts: STSClient
let iam: IAMClient

beforeAll(async () => {
  endpoint = await testEndpoint()
  sts = new STSClient(endpoint.client)
  iam = new IAMClient(endpoint.client)
})

afterAll(async () => {
  sts.destroy()
  iam.destroy()
  await discard(endpoint)
})

const role = (name: string, statement: object): Promise<unknown> =>
  iam.send(
    new CreateRoleCommand({
      RoleName: name,
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: {Effect: 'Allow', Action: 'sts:AssumeRole', ...statement},
      }),
    }),
  )

const assume = (name: string, parts: object = {}) =>
  sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::000000000000:role/${name}`,
      RoleSessionName: 'ann',
      ...parts,
    }),
  )

describe('GetCallerIdentity', () => {
  it('answers the account of the endpoint', async () => {
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: '000000000000',
      Arn: 'arn:aws:iam::000000000000:root',
      UserId: '000000000000',
    })
  })

  it("names the partition of the caller's region", async () => {
    const china = new STSClient({...endpoint.client, region: 'cn-north-1'})

    expect((await china.send(new GetCallerIdentityCommand({}))).Arn).toBe('arn:aws-cn:iam::000000000000:root')
  })
})

describe('AssumeRole', () => {
  it('hands out credentials of a role that trusts the account', async () => {
    await role('open', {Principal: {AWS: '000000000000'}})

    const {Credentials, AssumedRoleUser} = await assume('open')

    expect(AssumedRoleUser?.Arn).toBe('arn:aws:sts::000000000000:assumed-role/open/ann')
    expect(AssumedRoleUser?.AssumedRoleId).toMatch(/^AROA\w{17}:ann$/)
    expect(Credentials?.AccessKeyId).toMatch(/^ASIA[0-9A-F]{16}$/)
    expect(Credentials?.Expiration).toBeInstanceOf(Date)
  })

  it.each([
    ['a role that trusts a service alone', 'service-only', {Principal: {Service: 'events.amazonaws.com'}}],
    [
      'a role that wants an external id',
      'external',
      {Principal: {AWS: '*'}, Condition: {StringEquals: {'sts:ExternalId': 'secret'}}},
    ],
  ])('refuses %s', async (_, name, statement) => {
    await role(name, statement)

    await expect(assume(name)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: arn:aws:iam::000000000000:root is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::000000000000:role/${name}`,
      $metadata: {httpStatusCode: 403},
    })
  })

  it('takes the external id that the role wants', async () => {
    await role('external-right', {
      Principal: {AWS: '*'},
      Condition: {StringEquals: {'sts:ExternalId': 'secret'}},
    })

    expect((await assume('external-right', {ExternalId: 'secret'})).Credentials).toBeDefined()
  })

  it('refuses a role that is not there', async () => {
    await expect(assume('nobody')).rejects.toMatchObject({name: 'AccessDenied'})
  })

  it('refuses a longer session than the role allows, and a session policy', async () => {
    await role('short', {Principal: {AWS: '*'}})

    await expect(assume('short', {DurationSeconds: 3601})).rejects.toMatchObject({name: 'ValidationError'})
    await expect(assume('short', {Policy: '{}'})).rejects.toMatchObject({name: 'ValidationError'})
  })

  it.each([
    ['Tags', {Tags: [{Key: 'team', Value: 'a'}]}],
    ['SourceIdentity', {SourceIdentity: 'ann'}],
  ])('refuses %s, which no session here would have', async (name, parts) => {
    await expect(assume('any', parts)).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining(name),
    })
  })
})
