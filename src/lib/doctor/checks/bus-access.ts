import {hasStatement, statementsOf} from '../../binding/plan/differences'
import type {PolicyStatement} from '../../road/policies'
import type {Check} from '../check'
import {broken, ok, skippedAfter, warn} from '../finding'

/** PutEvents from another account is refused unless the policy of the bus lets it in. */
export const busAccess: Check = {
  hop: 'bus-policy',
  after: ['bus'],
  permissions: ['events:DescribeEventBus'],
  run: async ({reads, road, commands}) => {
    const bus = await reads.bus()
    if (!bus) return skippedAfter('bus')
    const {statements = []} = road.busAccess ?? {}
    const lacking = statements.filter((statement) => !hasStatement(bus.policy, statement))
    if (lacking.length === 0) {
      return ok(`The policy of bus ${road.bus.name} lets in ${statements.map(whoOf).join(', ') || 'nobody'}.`)
    }
    const reason = `The policy of bus ${road.bus.name} has no statement for ${lacking.map(whoOf).join(', ')}`
    return lacking.every((statement) => isLetIn(statement, bus.policy))
      ? warn(`${reason}; another statement lets them in.`, commands.bind())
      : broken(`${reason}: what they send is refused.`, commands.bind())
  },
}

/** `account 111122223333`, `organization o-...`. */
function whoOf({Principal: principal, Condition: condition}: PolicyStatement): string {
  if (principal === '*') return `organization ${String(condition?.['StringEquals']?.['aws:PrincipalOrgID'])}`
  return `account ${String(principal?.['AWS']).split(':')[4] ?? ''}`
}

/** Whether everybody is let in, or the account under another name of it: an ARN of its root is the same as its number. */
function isLetIn(wanted: PolicyStatement, policy: unknown): boolean {
  const account = wanted.Principal === '*' ? undefined : whoOf(wanted).replace('account ', '')
  return (statementsOf(policy) as PolicyStatement[]).some(
    ({Effect: effect, Principal: principal, Condition: condition}) => {
      if (effect !== 'Allow' || condition) return false
      const names = principal === '*' ? ['*'] : [principal?.['AWS'] ?? []].flat()
      return names.includes('*') || (account !== undefined && names.includes(account))
    },
  )
}
