import {
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
  SimulatePrincipalPolicyCommand,
  type SimulatePrincipalPolicyCommandInput,
} from '@aws-sdk/client-iam'
import {discard, testEndpoint, type TestEndpoint} from '../../../../_helpers/endpoint'

const document = (...statements: object[]): string =>
  JSON.stringify({Version: '2012-10-17', Statement: statements})
const trust = document({
  Effect: 'Allow',
  Principal: {Service: 'events.amazonaws.com'},
  Action: 'sts:AssumeRole',
})
const arn = 'arn:aws:iam::000000000000:role/team/sends'
const [one, other] = ['arn:aws:sqs:eu-west-1:000000000000:one', 'arn:aws:sqs:eu-west-1:000000000000:other']

let endpoint: TestEndpoint
let iam: IAMClient

beforeAll(async () => {
  endpoint = await testEndpoint()
  iam = new IAMClient(endpoint.client)
  const role = {RoleName: 'sends', Path: '/team/', AssumeRolePolicyDocument: trust}
  await iam.send(new CreateRoleCommand(role))
  const policies = {
    some: document({Effect: 'Allow', Action: 'sqs:Send*', Resource: one}),
    more: document(
      {Effect: 'Deny', Action: 'sqs:DeleteQueue', Resource: '*'},
      {
        Effect: 'Allow',
        Action: 'sqs:PurgeQueue',
        Resource: 'arn:aws:sqs:*:*:${aws:PrincipalTag/queue}',
        Condition: {StringEquals: {'aws:SourceVpc': 'vpc-1'}},
      },
    ),
  }
  for (const [PolicyName, PolicyDocument] of Object.entries(policies)) {
    await iam.send(new PutRolePolicyCommand({RoleName: 'sends', PolicyName, PolicyDocument}))
  }
})

afterAll(async () => {
  iam.destroy()
  await discard(endpoint)
})

const simulate = (input: Partial<SimulatePrincipalPolicyCommandInput>) =>
  iam.send(
    new SimulatePrincipalPolicyCommand({PolicySourceArn: arn, ActionNames: ['sqs:SendMessage'], ...input}),
  )

describe('a simulation of a role', () => {
  it('says of each action and resource what the policies of the role say', async () => {
    const ActionNames = ['sqs:SendMessage', 'sqs:DeleteQueue']
    const {EvaluationResults: results, IsTruncated} = await simulate({
      ActionNames,
      ResourceArns: [one, other],
    })

    expect(
      results?.map((result) => [result.EvalActionName, result.EvalResourceName, result.EvalDecision]),
    ).toEqual([
      ['sqs:SendMessage', one, 'allowed'],
      ['sqs:SendMessage', other, 'implicitDeny'],
      ['sqs:DeleteQueue', one, 'explicitDeny'],
      ['sqs:DeleteQueue', other, 'explicitDeny'],
    ])
    expect(IsTruncated).toBe(false)
  })

  it('is of every resource where none is named', async () => {
    const {EvaluationResults: results} = await simulate({ActionNames: ['sqs:SendMessage']})

    expect(results).toMatchObject([{EvalResourceName: '*', EvalDecision: 'implicitDeny'}])
  })

  it('names the keys that the policies ask for, which have no value', async () => {
    const {EvaluationResults: results} = await simulate({
      ActionNames: ['sqs:PurgeQueue'],
      ResourceArns: [one],
    })

    expect(results).toMatchObject([
      {EvalDecision: 'implicitDeny', MissingContextValues: ['aws:SourceVpc', 'aws:PrincipalTag/queue']},
    ])
  })

  it('comes page by page', async () => {
    const all = {ActionNames: ['sqs:SendMessage'], ResourceArns: [one, other], MaxItems: 1}
    const first = await simulate(all)
    const second = await simulate({...all, Marker: first.Marker})

    expect(first).toMatchObject({IsTruncated: true, EvaluationResults: [{EvalResourceName: one}]})
    expect(second).toMatchObject({IsTruncated: false, EvaluationResults: [{EvalResourceName: other}]})
  })

  it('is not made of a role that is not there, or of a user', async () => {
    for (const PolicySourceArn of [
      arn.replace('sends', 'nobody'),
      arn.replace('role/team', 'user'),
      'x'.repeat(20),
    ]) {
      await expect(simulate({PolicySourceArn})).rejects.toMatchObject({
        name: 'NoSuchEntityException',
        $metadata: {httpStatusCode: 404},
      })
    }
  })

  it.each(['SendMessage', 'sqs:*', '*:*', 'sqs:Send Message'])('refuses %s as an action', async (action) => {
    await expect(simulate({ActionNames: [action]})).rejects.toMatchObject({
      name: expect.stringMatching(/^InvalidInput/) as string,
      message: `Invalid Entity Action: ${action}`,
    })
  })

  it.each<Partial<SimulatePrincipalPolicyCommandInput>>([
    {PolicyInputList: [trust]},
    {PermissionsBoundaryPolicyInputList: [trust]},
    {ResourcePolicy: trust},
    {ResourceOwner: 'arn:aws:iam::000000000000:root'},
    {CallerArn: 'arn:aws:iam::000000000000:user/u'},
    {
      ContextEntries: [
        {ContextKeyName: 'aws:SourceVpc', ContextKeyValues: ['vpc-1'], ContextKeyType: 'string'},
      ],
    },
    {ResourceHandlingOption: 'EC2-VPC-InstanceStore'},
  ])('refuses %j, which would change what is said', async (more) => {
    await expect(simulate(more)).rejects.toMatchObject({
      name: expect.stringMatching(/^InvalidInput/) as string,
      message: expect.stringMatching(/not supported by this local endpoint/) as string,
    })
  })
})
