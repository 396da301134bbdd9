import {PutRolePolicyCommand} from '@aws-sdk/client-iam'
import type {DoctorResult} from '../../../src/lib/doctor/doctor-result'
import {discard, testEndpoint} from '../../_helpers/endpoint'
import type {TestEndpoint} from '../../_helpers/endpoint'
import {faultyProxy} from './_helpers/faulty-proxy'
import {runWords} from './_helpers/run-words'
import {brokenHops, namesOf, TestRoad} from './_helpers/test-road'

jest.setTimeout(120_000)

let endpoint: TestEndpoint
let test: TestRoad
beforeAll(async () => {
  endpoint = await testEndpoint()
  test = new TestRoad(endpoint, namesOf('said'), undefined)
  await test.bind()
})
afterAll(async () => {
  test.close()
  await discard(endpoint)
})

const flags = (road: TestRoad): string[] =>
  Object.entries(road.names).flatMap(([flag, name]) => [`--${flag}`, name as string])

async function diagnose(url: string, road = test): Promise<DoctorResult> {
  const place = ['--endpoint-url', url, '--region', 'eu-west-1', '--json']
  return (await runWords(['doctor', ...flags(road), ...place])).answer as DoctorResult
}

const hopOf = ({hops}: DoctorResult, hop: string) => hops.find((finding) => finding.hop === hop)

describe("IAM's own word on the roles", () => {
  it('is that they may do what they must', async () => {
    expect(hopOf(await diagnose(endpoint.url), 'simulation')).toMatchObject({
      status: 'ok',
      reason: 'IAM says that the roles may do what they must.',
    })
  })

  it('breaks the road where it denies what the policies of the role allow', async () => {
    const member =
      '<member><EvalActionName>s3:PutObject</EvalActionName><EvalDecision>explicitDeny</EvalDecision></member>'
    const results = `<SimulatePrincipalPolicyResult><EvaluationResults>${member}</EvaluationResults></SimulatePrincipalPolicyResult>`
    const body = `<SimulatePrincipalPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">${results}</SimulatePrincipalPolicyResponse>`
    const denied = {status: 200, contentType: 'text/xml', body}
    const proxy = await faultyProxy(endpoint.url, {'iam:SimulatePrincipalPolicy': denied})

    const found = brokenHops(await diagnose(proxy.url))
    await proxy.close()

    expect(found.map(({hop}) => hop)).toEqual(['simulation'])
    expect(found[0]?.reason).toContain(`role ${test.road.deliveryRole.arn} may not s3:PutObject`)
  })

  it('is none where the endpoint does not simulate', async () => {
    const page = {
      status: 500,
      contentType: 'text/html; charset=utf-8',
      body: '<!doctype html><title>500</title>',
    }
    const proxy = await faultyProxy(endpoint.url, {'iam:SimulatePrincipalPolicy': page})

    const found = hopOf(await diagnose(proxy.url), 'simulation')
    await proxy.close()

    expect(found).toMatchObject({status: 'skipped', reason: 'This endpoint does not simulate policies.'})
  })

  it('is none where it hangs on what only a call has', async () => {
    const asking = new TestRoad(endpoint, namesOf('asks'), undefined)
    await asking.bind()
    const {name, policy, policyName} = asking.road.targetRole
    const Condition = {StringEquals: {'aws:SourceVpc': 'vpc-1'}}
    const Statement = policy.Statement.map((statement) => ({...statement, Condition}))
    const PolicyDocument = JSON.stringify({...policy, Statement})
    await asking.iam.send(new PutRolePolicyCommand({RoleName: name, PolicyName: policyName, PolicyDocument}))

    const answer = await diagnose(endpoint.url, asking)
    asking.close()

    expect(brokenHops(answer)).toEqual([])
    expect(hopOf(answer, 'target-role')?.status).toBe('warn')
    expect(hopOf(answer, 'simulation')).toMatchObject({
      status: 'skipped',
      reason: 'IAM cannot tell without the values of aws:SourceVpc, which only a real call has.',
    })
  })
})
