import {everyRoad, policiesOf} from '../../_helpers/every-policy'
import type {PolicyStatement} from '../../../src/lib/road/policies'
import {targetKinds} from '../../../src/lib/road/targets/find-kind'

const policies = everyRoad().flatMap(policiesOf)
const statements = policies.flatMap(({name, form, document}) =>
  document.Statement.map((statement) => ({...statement, name, form, partition: partitionIn(name)})),
)
const list = (value: string | readonly string[] | undefined): readonly string[] => [value ?? []].flat()

function partitionIn(name: string): string {
  return name.startsWith('cn-') ? 'aws-cn' : name.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
}

describe('the policies that binding makes, for every kind of target in every partition', () => {
  it('are there: of roles and of who takes them on, of queues, buses, functions and logs', () => {
    const places = new Set(policies.map(({name, form}) => `${form} ${name.split(' ').slice(3).join(' ')}`))
    expect([...places].sort()).toEqual([
      'identity deliveryRole.policy',
      'identity targetRole.policy',
      'resource busAccess.statements.0',
      'resource busAccess.statements.1',
      'resource busAccess.statements.2',
      'resource grant.statements.0',
      'resource grant.statements.1',
      'resource queue.statement',
      'trust deliveryRole.trustPolicy',
      'trust targetRole.trustPolicy',
    ])
    for (const {name, role} of targetKinds) {
      const part = role ? 'targetRole.policy' : 'grant.statements.0'
      const ofKind = policies.filter(
        (policy) => policy.name.includes(` ${name} `) && policy.name.endsWith(part),
      )
      // Three regions and three sets of options; a delivery stream has one more, for Parquet.
      expect({name, count: ofKind.length}).toEqual({name, count: name === 'firehose' ? 12 : 9})
    }
  })

  it('name every action in full, and allow it', () => {
    for (const {Action: action, Effect: effect} of statements) {
      expect(effect).toBe('Allow')
      for (const one of list(action)) expect(one).toMatch(/^[a-z0-9]+:[A-Za-z]+$/)
      expect(list(action)).not.toHaveLength(0)
    }
  })

  it('name every resource that has a name, in the partition of the region', () => {
    /** What has none: objects that are yet to come, streams of a log group, the id of an API destination. */
    const nameless = [
      /^arn:[\w-]+:s3:::acme-usage\/\*$/,
      /:log-group:\/aws\/events\/audit:\*$/,
      /:api-destination\/audit\/\*$/,
    ]
    const named = statements.filter(({form}) => form !== 'trust')
    const all = named.flatMap(({partition, Resource}) => list(Resource).map((arn) => ({partition, arn})))

    expect(named.filter(({Resource}) => list(Resource).length === 0)).toEqual([])
    expect(all.filter(({arn, partition}) => !arn.startsWith(`arn:${partition}:`))).toEqual([])
    expect(all.filter(({arn}) => /[*?]/.test(arn) && !nameless.some((form) => form.test(arn)))).toEqual([])
  })

  it('let in services on behalf of one rule or account, named accounts, and members of an organization', () => {
    const shut = statements.filter(({form}) => form !== 'identity')
    const ways = new Set(shut.map(({Principal, Condition}) => `${who(Principal)}${given(Condition)}`))

    expect([...ways].sort()).toEqual([
      'account',
      'events.amazonaws.com',
      'events.amazonaws.com given aws:sourcearn',
      'events.amazonaws.com,delivery.logs.amazonaws.com',
      'events.amazonaws.com,delivery.logs.amazonaws.com given aws:sourcearn',
      'everybody given aws:principalorgid',
      'firehose.amazonaws.com given sts:externalid',
    ])
    // A role is handed to a rule by whoever may pass it; the streams of a log group are made without the rule being named.
    const open = shut.filter(({Condition, Principal}) => !Condition && who(Principal) !== 'account')
    const places = new Set(open.map(({name}) => name.split(' ').at(-1)))
    expect([...places].sort()).toEqual(['grant.statements.0', 'targetRole.trustPolicy'])
  })
})

function who(principal: PolicyStatement['Principal']): string {
  if (principal === '*') return 'everybody'
  const {AWS: account, Service: services} = principal ?? {}
  if (services !== undefined) return list(services).join()
  return /^arn:[\w-]+:iam::\d{12}:root$/.test(list(account).join()) ? 'account' : 'somebody'
}

function given(condition: PolicyStatement['Condition']): string {
  const keys = Object.values(condition ?? {}).flatMap((values) => Object.keys(values))
  return keys.length === 0 ? '' : ` given ${keys.join().toLowerCase()}`
}
