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
    const denied = await Promise.all(
      roles.map(({arn, use}) => deniedBy(context, arn, use.needs.filter(isVital))),
    )
    if (denied.includes(undefined)) return skipped('This endpoint does not simulate policies.')
    const words = denied.flatMap((actions, i) =>
      actions?.length ? [`role ${roles[i]?.arn ?? ''} may not ${actions.join(' and ')}`] : [],
    )
    if (words.length === 0) return ok('IAM says that the roles may do what they must.')
    return broken(
      `IAM says that ${words.join(', and ')}.`,
      'Look for a Deny in the policies of the organization (service control policies) and of the resources.',
    )
  },
}

function isVital({action}: RoleUse['needs'][number]): boolean {
  return !action.startsWith('s3:') || action === 's3:PutObject'
}

/** The actions that IAM denies; undefined where the service has no simulation. */
async function deniedBy(
  {clients}: DoctorContext,
  arn: string,
  needs: RoleUse['needs'],
): Promise<string[] | undefined> {
  const {SimulatePrincipalPolicyCommand} = await import('@aws-sdk/client-iam')
  const iam = await clients.iam()
  try {
    const answer = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: arn,
        ActionNames: needs.map(({action}) => action),
        ResourceArns: [...new Set(needs.map(({resource}) => resource))],
      }),
    )
    const results = answer.EvaluationResults ?? []
    return results.flatMap(({EvalDecision: decision, EvalActionName: action}) =>
      decision === 'allowed' || action === undefined ? [] : [action],
    )
  } catch (error) {
    if (isNotOffered(error)) return undefined
    throw toOpError(error, `simulate the policies of role ${arn}`)
  }
}
