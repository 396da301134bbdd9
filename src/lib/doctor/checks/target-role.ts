import type {Check, DoctorContext} from '../check'
import type {RoleUse} from '../policy/role-verdict'
import {roleFinding} from './role-findings'

/** EventBridge delivers with PutRecord or with PutRecordBatch as it sees fit; a role with one of them loses events. */
export const targetRole: Check = {
  hop: 'target-role',
  after: ['credentials'],
  permissions: [
    ...['events:ListTargetsByRule', 'iam:GetRole', 'iam:ListRolePolicies', 'iam:GetRolePolicy'],
    ...['iam:ListAttachedRolePolicies', 'iam:GetPolicy', 'iam:GetPolicyVersion'],
  ],
  run: async (context) => {
    const arn = await targetRoleArn(context)
    const use = targetRoleUse(context)
    const {policyName, trustPolicy, policy, arn: ownArn} = context.road.targetRole
    return roleFinding({
      arn,
      role: await context.reads.role(arn),
      use,
      loss: 'EventBridge cannot deliver, and does not try again',
      vital: use.needs.map(({action}) => action),
      ownPolicy: policyName,
      commands: context.commands,
      needed: arn === ownArn ? undefined : {trustPolicy, policy, policyName: `usage-tracker-${policyName}`},
    })
  },
}

/** The role that the target uses; where there is no target, the one that binding would give it. */
export async function targetRoleArn({reads, road}: DoctorContext): Promise<string> {
  const target = (await reads.bus()) && (await reads.target())
  return target?.RoleArn ?? road.target.roleArn ?? road.targetRole.arn
}

/** What EventBridge does with the role: all that the kind of target takes. */
export function targetRoleUse({road}: DoctorContext): RoleUse {
  const actions = [road.kind.role?.policy(road.target.arn).Action ?? []].flat()
  return {
    service: 'events.amazonaws.com',
    trustContext: {'aws:SourceArn': road.rule.arn, 'aws:SourceAccount': road.settings.accountId},
    needs: actions.map((action) => ({action, resource: road.target.arn})),
  }
}
