import {toOpError} from '../../aws/map-sdk-error'
import {isNotOffered} from '../../aws/not-offered'
import type {Check, DoctorContext} from '../check'
import {broken, ok, skipped} from '../finding'
import type {RoleUse} from '../policy/role-verdict'
import {deliveryRoleArn, deliveryRoleUse} from './delivery-role'
import {targetRoleArn, targetRoleUse} from './target-role'

/** IAM's own word on the roles: it also knows the limits of the organization, which no policy of the role shows. */
export const simulation: Check = {
  hop: 'simulation',
  after: ['target-role', 'delivery-role'],
  permissions: ['iam:SimulatePrincipalPolicy'],
  run: async (context) => {
    const roles = [{arn: await targetRoleArn(context), use: targetRoleUse(context)}]
    if (context.road.hasLake) {
      roles.push({arn: await deliveryRoleArn(context), use: deliveryRoleUse(context)})
    }
    const verdicts = await Promise.all(
      roles.map(({arn, use}) => simulated(context, arn, use.needs.filter(isVital))),
    )
    if (verdicts.includes(undefined)) return skipped('This endpoint does not simulate policies.')
    const denied = verdicts.flatMap((verdict, i) =>
      verdict?.denied.length ? [`role ${roles[i]?.arn ?? ''} may not ${verdict.denied.join(' and ')}`] : [],
    )
    if (denied.length > 0) {
      return broken(
        `IAM says that ${denied.join(', and ')}.`,
        'Look for a Deny in the policies of the organization (service control policies) and of the resources.',
      )
    }
    const keys = [...new Set(verdicts.flatMap((verdict) => verdict?.keysWithoutValue ?? []))]
    return keys.length > 0
      ? skipped(`IAM cannot tell without the values of ${keys.join(', ')}, which only a real call has.`)
      : ok('IAM says that the roles may do what they must.')
  },
}

function isVital({action}: RoleUse['needs'][number]): boolean {
  return !action.startsWith('s3:') || action === 's3:PutObject'
}

interface Verdict {
  /** Actions that IAM denies whatever the call. */
  denied: string[]
  /** Keys of conditions on which the other denials hang. */
  keysWithoutValue: string[]
}

/** IAM's word on a role; undefined where the service has no simulation. Each resource is asked about by itself. */
async function simulated(
  context: DoctorContext,
  arn: string,
  needs: RoleUse['needs'],
): Promise<Verdict | undefined> {
  const resources = [...new Set(needs.map(({resource}) => resource))]
  const verdicts = await Promise.all(
    resources.map((resource) => {
      const needed = needs.filter((need) => need.resource === resource)
      return simulatedOn(context, arn, resource, needed)
    }),
  )
  if (verdicts.includes(undefined)) return undefined
  const all = (key: keyof Verdict): string[] => [
    ...new Set(verdicts.flatMap((verdict) => verdict?.[key] ?? [])),
  ]
  return {denied: all('denied'), keysWithoutValue: all('keysWithoutValue')}
}

async function simulatedOn(
  {clients}: DoctorContext,
  arn: string,
  resource: string,
  needs: RoleUse['needs'],
): Promise<Verdict | undefined> {
  const {SimulatePrincipalPolicyCommand} = await import('@aws-sdk/client-iam')
  const iam = await clients.iam()
  try {
    const {EvaluationResults: results = []} = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: arn,
        ActionNames: needs.map(({action}) => action),
        ResourceArns: [resource],
      }),
    )
    const denials = results.filter(({EvalDecision: decision}) => decision !== 'allowed')
    const isSure = ({MissingContextValues: keys}: (typeof denials)[number]): boolean => !keys?.length
    return {
      denied: denials.filter(isSure).flatMap(({EvalActionName: action}) => action ?? []),
      keysWithoutValue: denials.flatMap(({MissingContextValues: keys}) => keys ?? []),
    }
  } catch (error) {
    if (isNotOffered(error)) return undefined
    throw toOpError(error, `simulate the policies of role ${arn}`)
  }
}
