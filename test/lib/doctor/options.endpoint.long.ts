import {
  DeleteArchiveCommand,
  DisableRuleCommand,
  RemovePermissionCommand,
  UpdateArchiveCommand,
} from '@aws-sdk/client-eventbridge'
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import type {HopFinding} from '../../../src/lib/doctor/finding'
import {archiveName} from '../../../src/lib/road/names'
import {discard, testEndpoint} from '../../_helpers/endpoint'
import type {TestEndpoint} from '../../_helpers/endpoint'
import {runRemedy} from './_helpers/run-words'
import {brokenHops, namesOf, TestRoad} from './_helpers/test-road'

jest.setTimeout(120_000)

let endpoint: TestEndpoint
beforeAll(async () => {
  endpoint = await testEndpoint()
})
afterAll(() => discard(endpoint))

const trustOf = (Service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{Effect: 'Allow', Principal: {Service}, Action: 'sts:AssumeRole'}],
  })

describe('a road whose rule sends with a role that somebody else made', () => {
  const arnOf = (name: string) => `arn:aws:iam::000000000000:role/${name}`

  /** A bound road with a role of its own name that may do all that is needed. */
  async function roadWithRole(id: string): Promise<TestRoad> {
    const test = new TestRoad(endpoint, namesOf(id), undefined)
    const role = {RoleName: `theirs-${id}`}
    await test.iam.send(
      new CreateRoleCommand({...role, AssumeRolePolicyDocument: trustOf('events.amazonaws.com')}),
    )
    const PolicyDocument = JSON.stringify(test.road.targetRole.policy)
    await test.iam.send(new PutRolePolicyCommand({...role, PolicyName: 'theirs', PolicyDocument}))
    await test.bind('--role-arn', arnOf(role.RoleName))
    return test
  }

  /** Breaks it, sees an event lost, mends it by the remedy as it is printed, and sees the next one arrive. */
  async function mended(test: TestRoad, broke: () => Promise<unknown>): Promise<HopFinding[]> {
    await broke()
    await test.send('before')
    expect(await test.billedCalls('before')).toBe(0)
    const found = brokenHops((await test.doctor()).answer)
    for (const {remedy = ''} of found) {
      expect({remedy, exitCode: await runRemedy(remedy)}).toEqual({remedy, exitCode: 0})
    }
    await test.send('after')
    expect(await test.billedCalls('after')).toBe(1)
    expect(brokenHops((await test.doctor()).answer)).toEqual([])
    test.close()
    return found
  }

  it('is healthy, and keeps the role when something else is mended', async () => {
    const test = await roadWithRole('role1')
    const rule = {Name: test.road.rule.name, EventBusName: test.road.rule.bus}

    const found = await mended(test, () => test.eventBridge.send(new DisableRuleCommand(rule)))

    expect(found.map(({hop}) => hop)).toEqual(['rule'])
    expect(found[0]?.remedy).toContain(` --role-arn ${arnOf('theirs-role1')} `)
  })

  it('is mended by a policy of its own where the role lacks a permission', async () => {
    const test = await roadWithRole('role2')
    const role = {RoleName: 'theirs-role2'}

    const found = await mended(test, () =>
      test.iam.send(new DeleteRolePolicyCommand({...role, PolicyName: 'theirs'})),
    )

    expect(found.map(({hop}) => hop)).toEqual(['target-role'])
    expect(found[0]?.remedy).toMatch(/^aws iam put-role-policy --role-name theirs-role2 /)
  })

  it('is mended where the role trusts another service, which goes on to be trusted', async () => {
    const test = await roadWithRole('role3')
    const role = {RoleName: 'theirs-role3'}
    const PolicyDocument = trustOf('lambda.amazonaws.com')

    await mended(test, () => test.iam.send(new UpdateAssumeRolePolicyCommand({...role, PolicyDocument})))

    const {Role} = await test.iam.send(new GetRoleCommand(role))
    const text = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')
    expect(text).toContain('lambda.amazonaws.com')
    expect(text).toContain('events.amazonaws.com')
  })

  it('is mended where the role is gone, by a role of the same name', async () => {
    const test = await roadWithRole('role4')
    const role = {RoleName: 'theirs-role4'}

    await mended(test, async () => {
      await test.iam.send(new DeleteRolePolicyCommand({...role, PolicyName: 'theirs'}))
      await test.iam.send(new DeleteRoleCommand(role))
    })

    const {PolicyNames} = await test.iam.send(new ListRolePoliciesCommand(role))
    expect(PolicyNames).toEqual([`usage-tracker-${test.road.targetRole.policyName}`])
  })
})

describe('what a road is asked to be', () => {
  const bound = async (id: string, ...words: string[]): Promise<TestRoad> => {
    const test = new TestRoad(endpoint, namesOf(id), undefined)
    await test.bind(...words)
    return test
  }
  const hopOf = async (test: TestRoad, hop: string, ...words: string[]) =>
    (await test.doctor(...words)).answer.hops.find((finding) => finding.hop === hop)

  it('has an archive: one that is gone is broken and made, one that keeps less is worth a look', async () => {
    const words = ['--archive-days', '30']
    const test = await bound('kept', ...words)
    const ArchiveName = archiveName(test.road.settings)
    expect(await hopOf(test, 'archive', ...words)).toMatchObject({status: 'ok'})

    await test.eventBridge.send(new UpdateArchiveCommand({ArchiveName, RetentionDays: 1}))
    const less = await hopOf(test, 'archive', ...words)
    expect(less).toMatchObject({
      status: 'warn',
      reason: `Archive ${ArchiveName} keeps events for 1 days, not for 30 days.`,
    })
    await test.eventBridge.send(new DeleteArchiveCommand({ArchiveName}))
    const gone = await hopOf(test, 'archive', ...words)
    expect(gone).toMatchObject({status: 'broken'})
    expect(await runRemedy(gone?.remedy ?? '')).toBe(0)
    expect(await hopOf(test, 'archive', ...words)).toMatchObject({status: 'ok'})
    expect(await hopOf(test, 'archive')).toMatchObject({status: 'ok'})
    test.close()
  })

  it('lets other accounts in: a statement that is gone is broken and given back', async () => {
    const words = ['--allow-account', '444455556666', '--allow-org', 'o-a1b2c3d4e5']
    const test = await bound('open', ...words)
    expect(await hopOf(test, 'bus-policy', ...words)).toMatchObject({
      status: 'ok',
      reason: 'The policy of bus bus-open lets in account 444455556666, organization o-a1b2c3d4e5.',
    })
    expect(await hopOf(test, 'bus-policy')).toBeUndefined()

    const all = {EventBusName: 'bus-open', RemoveAllPermissions: true}
    await test.eventBridge.send(new RemovePermissionCommand(all))
    const shut = await hopOf(test, 'bus-policy', ...words)
    expect(shut).toMatchObject({status: 'broken'})
    expect(await runRemedy(shut?.remedy ?? '')).toBe(0)
    expect(await hopOf(test, 'bus-policy', ...words)).toMatchObject({status: 'ok'})
    test.close()
  })

  it('tries as often as it was bound to, which a remedy keeps, unless it is asked for something else', async () => {
    const test = await bound('tries', '--retry-attempts', '3')

    expect(await hopOf(test, 'target')).toMatchObject({status: 'ok'})
    const asked = await hopOf(test, 'target', '--retry-attempts', '5')
    expect(asked).toMatchObject({status: 'warn', reason: expect.stringContaining('retryPolicy') as string})
    const rule = {Name: test.road.rule.name, EventBusName: test.road.rule.bus}
    await test.eventBridge.send(new DisableRuleCommand(rule))
    const [broken] = brokenHops((await test.doctor()).answer)
    expect(broken?.remedy).toContain(' --retry-attempts 3 ')
    expect(await runRemedy(broken?.remedy ?? '')).toBe(0)
    expect(await hopOf(test, 'target', '--retry-attempts', '3')).toMatchObject({status: 'ok'})
    test.close()
  })
})
