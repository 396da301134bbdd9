import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListInstanceProfilesForRoleCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam'
import {discard, testEndpoint, type TestEndpoint} from '../../../../_helpers/endpoint'

const document = (statement: object): string =>
  JSON.stringify({Version: '2012-10-17', Statement: [statement]})
const trust = document({
  Effect: 'Allow',
  Principal: {Service: 'events.amazonaws.com'},
  Action: 'sts:AssumeRole',
})
const permission = document({Effect: 'Allow', Action: 'firehose:PutRecord*', Resource: '*'})

let endpoint: TestEndpoint
let iam: IAMClient

const createRole = (name: string, parts: object = {}): Promise<unknown> =>
  iam.send(new CreateRoleCommand({RoleName: name, AssumeRolePolicyDocument: trust, ...parts}))

beforeAll(async () => {
  endpoint = await testEndpoint()
  iam = new IAMClient(endpoint.client)
})

afterAll(async () => {
  iam.destroy()
  await discard(endpoint)
})

describe('roles', () => {
  it('are made with ARN, id, path and tags, and answered with their trust policy URL-encoded', async () => {
    await createRole('made', {Path: '/team/', Description: 'a role', Tags: [{Key: 'stage', Value: 'dev'}]})

    const {Role} = await iam.send(new GetRoleCommand({RoleName: 'made'}))

    expect(Role).toMatchObject({
      RoleName: 'made',
      Path: '/team/',
      Arn: 'arn:aws:iam::000000000000:role/team/made',
      Description: 'a role',
      MaxSessionDuration: 3600,
      Tags: [{Key: 'stage', Value: 'dev'}],
    })
    expect(Role?.RoleId).toMatch(/^AROA[A-Z2-7]{17}$/)
    expect(Role?.CreateDate).toBeInstanceOf(Date)
    expect(Role?.AssumeRolePolicyDocument).toMatch(/^%7B%22Version%22%3A%222012-10-17%22/)
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(trust)
  })

  it('are there once', async () => {
    await createRole('twice')

    await expect(createRole('Twice')).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
      message: 'Role with name Twice already exists.',
      $metadata: {httpStatusCode: 409},
    })
  })

  it('are missing with 404', async () => {
    await expect(iam.send(new GetRoleCommand({RoleName: 'nobody'}))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The role with name nobody cannot be found.',
      $metadata: {httpStatusCode: 404},
    })
  })

  it.each([
    ['{', 'This policy contains invalid Json'],
    ['{"Version":"2012-10-17"}', 'Syntax errors in policy.'],
    [permission.replace('firehose:PutRecord*', 'sts:AssumeRole'), 'Missing required field Principal'],
    [
      trust.replace('sts:AssumeRole', 's3:GetObject'),
      'AssumeRole policy may only specify STS AssumeRole actions.',
    ],
    [trust.replace('"Action"', '"Resource":"*","Action"'), 'Has prohibited field Resource'],
  ])('are refused with the trust policy %s', async (text, message) => {
    await expect(createRole('refused', {AssumeRolePolicyDocument: text})).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
      message,
      $metadata: {httpStatusCode: 400},
    })
  })

  it.each(['a b', 'x'.repeat(65)])('are refused with the name %s', async (name) => {
    await expect(createRole(name)).rejects.toMatchObject({name: 'ValidationError'})
  })

  it('are listed by path, page by page', async () => {
    await createRole('page-a', {Path: '/pages/'})
    await createRole('page-b', {Path: '/pages/'})

    const first = await iam.send(new ListRolesCommand({PathPrefix: '/pages/', MaxItems: 1}))
    const second = await iam.send(
      new ListRolesCommand({PathPrefix: '/pages/', MaxItems: 1, Marker: first.Marker}),
    )

    expect([first.Roles?.[0]?.RoleName, first.IsTruncated]).toEqual(['page-a', true])
    expect([second.Roles?.[0]?.RoleName, second.IsTruncated, second.Marker]).toEqual([
      'page-b',
      false,
      undefined,
    ])
  })

  it('change description and trust', async () => {
    await createRole('changing')
    const other = trust.replace('events', 'firehose')

    await iam.send(
      new UpdateRoleCommand({RoleName: 'changing', Description: 'new', MaxSessionDuration: 7200}),
    )
    await iam.send(new UpdateAssumeRolePolicyCommand({RoleName: 'changing', PolicyDocument: other}))

    const {Role} = await iam.send(new GetRoleCommand({RoleName: 'changing'}))
    expect(Role).toMatchObject({Description: 'new', MaxSessionDuration: 7200})
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(other)
  })

  it('go only without policies', async () => {
    await createRole('going')
    await iam.send(new PutRolePolicyCommand({RoleName: 'going', PolicyName: 'p', PolicyDocument: permission}))

    await expect(iam.send(new DeleteRoleCommand({RoleName: 'going'}))).rejects.toMatchObject({
      name: 'DeleteConflictException',
      message: 'Cannot delete entity, must delete policies first.',
      $metadata: {httpStatusCode: 409},
    })
    await iam.send(new DeleteRolePolicyCommand({RoleName: 'going', PolicyName: 'p'}))
    await iam.send(new DeleteRoleCommand({RoleName: 'going'}))

    await expect(iam.send(new GetRoleCommand({RoleName: 'going'}))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    })
  })

  it('carry tags that can be changed and removed', async () => {
    await createRole('tagged')
    await iam.send(
      new TagRoleCommand({
        RoleName: 'tagged',
        Tags: [
          {Key: 'a', Value: '1'},
          {Key: 'b', Value: ''},
        ],
      }),
    )
    await iam.send(new TagRoleCommand({RoleName: 'tagged', Tags: [{Key: 'a', Value: '2'}]}))
    await iam.send(new UntagRoleCommand({RoleName: 'tagged', TagKeys: ['b', 'never']}))

    expect((await iam.send(new ListRoleTagsCommand({RoleName: 'tagged'}))).Tags).toEqual([
      {Key: 'a', Value: '2'},
    ])
  })

  it('are there after a restart', async () => {
    await createRole('lasting')

    await endpoint.close()
    endpoint = await testEndpoint(endpoint.dataDir)
    iam = new IAMClient(endpoint.client)

    expect((await iam.send(new GetRoleCommand({RoleName: 'lasting'}))).Role?.RoleName).toBe('lasting')
  })
})

describe('inline policies', () => {
  it('are written, listed and read URL-encoded', async () => {
    await createRole('inline')
    await iam.send(
      new PutRolePolicyCommand({RoleName: 'inline', PolicyName: 'put', PolicyDocument: permission}),
    )

    const {PolicyDocument} = await iam.send(new GetRolePolicyCommand({RoleName: 'inline', PolicyName: 'put'}))
    expect((await iam.send(new ListRolePoliciesCommand({RoleName: 'inline'}))).PolicyNames).toEqual(['put'])
    expect(PolicyDocument).toContain('PutRecord%2A')
    expect(decodeURIComponent(PolicyDocument ?? '')).toBe(permission)
  })

  it('are missing with 404', async () => {
    await createRole('inline-less')

    await expect(
      iam.send(new GetRolePolicyCommand({RoleName: 'inline-less', PolicyName: 'constructor'})),
    ).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The role policy with name constructor cannot be found.',
    })
  })

  it.each([
    [trust, 'Policy document should not specify a principal.'],
    [document({Effect: 'Allow', Action: 's3:GetObject'}), 'Policy statement must contain resources.'],
    [document({Effect: 'Allow', Resource: '*'}), 'Policy statement must contain actions.'],
    [
      document({Effect: 'Allow', Action: 's3:GetObject', Resource: 'lake'}),
      'Resource lake must be in ARN format or "*".',
    ],
  ])('are refused as %s', async (text, message) => {
    await createRole('inline-bad').catch(() => undefined)

    await expect(
      iam.send(new PutRolePolicyCommand({RoleName: 'inline-bad', PolicyName: 'put', PolicyDocument: text})),
    ).rejects.toMatchObject({name: 'MalformedPolicyDocumentException', message})
  })

  it('have a limit of size together', async () => {
    await createRole('inline-big')
    const big = document({
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${'x'.repeat(6000)}`,
    })
    await iam.send(new PutRolePolicyCommand({RoleName: 'inline-big', PolicyName: 'one', PolicyDocument: big}))

    await expect(
      iam.send(new PutRolePolicyCommand({RoleName: 'inline-big', PolicyName: 'two', PolicyDocument: big})),
    ).rejects.toMatchObject({name: 'LimitExceededException'})
  })
})

describe('managed policies', () => {
  it('cannot be attached, and none are', async () => {
    await createRole('managed')
    const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess'

    await expect(
      iam.send(new AttachRolePolicyCommand({RoleName: 'managed', PolicyArn})),
    ).rejects.toMatchObject({
      name: 'InvalidInputException',
    })
    expect(
      (await iam.send(new ListAttachedRolePoliciesCommand({RoleName: 'managed'}))).AttachedPolicies,
    ).toEqual([])
    expect(
      (await iam.send(new ListInstanceProfilesForRoleCommand({RoleName: 'managed'}))).InstanceProfiles,
    ).toEqual([])
  })
})
