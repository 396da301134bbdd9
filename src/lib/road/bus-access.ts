import {busSidPrefix} from './names'
import {busArnOf} from './policies'
import type {PolicyStatement} from './policies'
import type {RoadSettings} from './settings'

/** Who else may put events on the bus: each a statement of the bus's policy. */
export interface BusAccess {
  /** What the Sids of the binding's statements begin with; all others are their owners'. */
  sidPrefix: string
  statements: readonly PolicyStatement[]
}

/** What `allowAccounts` and `allowOrgs` ask for, in the form in which EventBridge keeps it; undefined where neither is said. */
export function busAccessOf(settings: RoadSettings): BusAccess | undefined {
  const {allowAccounts, allowOrgs} = settings
  if (allowAccounts === undefined && allowOrgs === undefined) return undefined
  const sidPrefix = busSidPrefix(settings)
  const common = {Effect: 'Allow', Action: 'events:PutEvents', Resource: busArnOf(settings)} as const
  const partition = common.Resource.split(':')[1] ?? 'aws'
  const accounts = (allowAccounts ?? []).map((id) => ({
    Sid: `${sidPrefix}${id}`,
    ...common,
    Principal: {AWS: `arn:${partition}:iam::${id}:root`},
  }))
  const organizations = (allowOrgs ?? []).map((id) => ({
    Sid: `${sidPrefix}${id}`,
    ...common,
    Principal: '*' as const,
    Condition: {StringEquals: {'aws:PrincipalOrgID': id}},
  }))
  return {sidPrefix, statements: [...accounts, ...organizations]}
}
