import {
  CreateRoleCommand,
  GetRoleCommand,
  IAMClient,
  ListRoleTagsCommand,
  ListUsersCommand,
  TagRoleCommand,
  UntagRoleCommand,
} from '@aws-sdk/client-iam'
import {discard, testEndpoint, type TestEndpoint} from '../../../_helpers/endpoint'
import {call, signedFor} from './_call'

let endpoint: TestEndpoint
let iam: IAMClient

beforeAll(async () => {
  endpoint = await testEndpoint()
  iam = new IAMClient(endpoint.client)
})

afterAll(async () => {
  iam.destroy()
  await discard(endpoint)
})

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: {
    ...{Sid: 'Für & <alle> + 100%', Effect: 'Allow', Action: 'sts:AssumeRole'},
    Principal: {Service: 'events.amazonaws.com'},
  },
})

const form = (body: string, headers: Record<string, string> = {}) =>
  call(endpoint.url, {headers: {'content-type': 'application/x-www-form-urlencoded', ...headers}, body})

describe('AWS Query', () => {
  it('carries lists both ways, in order', async () => {
    const Tags = ['b', 'a', 'ü &<>"\''].map((Key, n) => ({Key: `k${n}`, Value: Key}))
    await iam.send(new CreateRoleCommand({RoleName: 'tagged', AssumeRolePolicyDocument: trust}))
    await iam.send(
      new TagRoleCommand({
        RoleName: 'tagged',
        Tags: [
          {Key: 'k0', Value: 'b'},
          {Key: 'k1', Value: 'a'},
        ],
      }),
    )

    expect((await iam.send(new ListRoleTagsCommand({RoleName: 'tagged'}))).Tags).toEqual(Tags.slice(0, 2))
    await iam.send(new UntagRoleCommand({RoleName: 'tagged', TagKeys: ['k0', 'k1']}))
    expect((await iam.send(new ListRoleTagsCommand({RoleName: 'tagged'}))).Tags).toEqual([])
  })

  it('answers documents URL-encoded, whatever stands in them, and text of XML escaped', async () => {
    const made = {RoleName: 'doc', AssumeRolePolicyDocument: trust, Description: 'a & b <c> "d" ü'}
    await iam.send(new CreateRoleCommand(made))

    const {Role} = await iam.send(new GetRoleCommand({RoleName: 'doc'}))

    expect(Role?.AssumeRolePolicyDocument).not.toContain('{')
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(trust)
    expect(Role?.Description).toBe('a & b <c> "d" ü')
    expect(Role?.CreateDate).toBeInstanceOf(Date)
  })

  it('writes errors as the protocol has them', async () => {
    const {status, headers, body} = await form('Action=GetRole&Version=2010-05-08&RoleName=none')

    expect(status).toBe(404)
    expect(headers['content-type']).toBe('text/xml')
    expect(body).toContain('<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">')
    expect(body).toContain('<Code>NoSuchEntity</Code>')
    expect(body).toContain('<Message>The role with name none cannot be found.</Message>')
  })

  it('finds the service by its signature and, without one, by its version', async () => {
    const signed = await form('Action=GetCallerIdentity&Version=2011-06-15', {
      authorization: signedFor('sts'),
    })
    const unsigned = await form('Action=GetCallerIdentity&Version=2011-06-15')

    expect(signed.body).toContain('<GetCallerIdentityResponse')
    expect(unsigned.body).toContain('<Account>000000000000</Account>')
  })

  it('refuses an operation that is not here, and one that nobody has', async () => {
    await expect(iam.send(new ListUsersCommand({}))).rejects.toMatchObject({
      name: 'InvalidAction',
      message: expect.stringContaining('ListUsers'),
    })
    const {status, body} = await form('Action=MakeCoffee&Version=2010-05-08')
    expect(status).toBe(400)
    expect(body).toContain('<Code>InvalidAction</Code>')
  })

  it('refuses a missing member', async () => {
    const {status, body} = await form('Action=GetRole&Version=2010-05-08')

    expect(status).toBe(400)
    expect(body).toMatch(/<Code>Validation(Error|Exception)<\/Code>/)
  })
})
