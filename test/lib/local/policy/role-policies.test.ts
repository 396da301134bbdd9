import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {RolePolicies, type Role} from '../../../../src/lib/local/policy/role-policies'
import {Store} from '../../../../src/lib/local/store'

const stream = 'arn:aws:firehose:eu-west-1:000000000000:deliverystream/usage-events'
const use = {
  roleArn: 'arn:aws:iam::000000000000:role/usage',
  service: 'events.amazonaws.com',
  action: 'firehose:PutRecordBatch',
  resource: stream,
}
const allow = (parts: object): string =>
  JSON.stringify({Version: '2012-10-17', Statement: [{Effect: 'Allow', ...parts}]})

const usage: Role = {
  name: 'usage',
  arn: 'arn:aws:iam::000000000000:role/usage',
  id: 'AROAEXAMPLE',
  path: '/',
  createdAt: 0,
  trustPolicy: allow({Principal: {Service: 'events.amazonaws.com'}, Action: 'sts:AssumeRole'}),
  inlinePolicies: {put: allow({Action: ['firehose:PutRecord', 'firehose:PutRecordBatch'], Resource: stream})},
}

let home: string
let store: Store
let roles: RolePolicies

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'roles-'))
  store = new Store(home)
  roles = new RolePolicies(store)
})

afterEach(async () => {
  await store.close()
  rmSync(home, {recursive: true, force: true})
})

describe('RolePolicies', () => {
  it('refuses nothing where trust and permission are there', () => {
    roles.save(usage)

    expect(roles.refusal(use)).toBeUndefined()
  })

  it('says that the role is missing, also where only the path differs', () => {
    roles.save(usage)

    expect(roles.refusal({...use, roleArn: 'arn:aws:iam::000000000000:role/other'})?.reason).toBe(
      'role-missing',
    )
    expect(roles.refusal({...use, roleArn: 'arn:aws:iam::000000000000:role/team/usage'})?.reason).toBe(
      'role-missing',
    )
    expect(roles.refusal({...use, roleArn: 'nonsense'})?.reason).toBe('role-missing')
  })

  it('says that the service may not assume the role', () => {
    roles.save(usage)

    expect(roles.refusal({...use, service: 'firehose.amazonaws.com'})).toEqual({
      reason: 'not-assumable',
      message:
        'The trust policy of arn:aws:iam::000000000000:role/usage does not let firehose.amazonaws.com assume the role.',
    })
  })

  it('says which action no policy allows', () => {
    roles.save({...usage, inlinePolicies: {put: allow({Action: 'firehose:PutRecord', Resource: stream})}})

    expect(roles.refusal(use)).toEqual({
      reason: 'denied',
      message:
        'arn:aws:iam::000000000000:role/usage is not authorized to perform: firehose:PutRecordBatch on resource: ' +
        'arn:aws:firehose:eu-west-1:000000000000:deliverystream/usage-events because no identity-based policy allows the firehose:PutRecordBatch action',
    })
  })

  it('hands Firehose the account as external id, and the source ARN to a trust policy that asks for it', () => {
    const trustOf = (service: string, condition: object): string =>
      allow({Principal: {Service: service}, Action: 'sts:AssumeRole', Condition: condition})
    const asFirehose = {...use, service: 'firehose.amazonaws.com'}

    roles.save({
      ...usage,
      trustPolicy: trustOf('firehose.amazonaws.com', {StringEquals: {'sts:ExternalId': '000000000000'}}),
    })
    expect(roles.refusal(asFirehose)).toBeUndefined()

    roles.save({
      ...usage,
      trustPolicy: trustOf('events.amazonaws.com', {
        ArnEquals: {'aws:SourceArn': 'arn:aws:events:eu-west-1:000000000000:rule/a'},
      }),
    })
    expect(roles.refusal({...use, sourceArn: 'arn:aws:events:eu-west-1:000000000000:rule/a'})).toBeUndefined()
    expect(roles.refusal({...use, sourceArn: 'arn:aws:events:eu-west-1:000000000000:rule/b'})?.reason).toBe(
      'not-assumable',
    )
  })

  it('finds a role whatever the case of its name', () => {
    roles.save(usage)

    expect(roles.role('USAGE')?.name).toBe('usage')
  })

  it('forgets a deleted role', () => {
    roles.save(usage)
    roles.delete('usage')

    expect(roles.refusal(use)?.reason).toBe('role-missing')
    expect(roles.roles()).toEqual([])
  })
})
