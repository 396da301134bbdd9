import type {AwsClients} from '../../aws/clients'
import {allItems} from '../../aws/paginate'
import type {Road} from '../../road/road'
import type {ActualTarget} from './actual-road'
import {parsePolicyText} from './parse-policy-text'
import {readOrAbsent} from './read'

/** The log group, with the account's resource policy of the binding's name. */
export async function readLogGroup(clients: AwsClients, road: Road): Promise<ActualTarget | undefined> {
  const {DescribeLogGroupsCommand} = await import('@aws-sdk/client-cloudwatch-logs')
  const client = await clients.logs()
  const {name} = road.target
  const groups = await readOrAbsent(`read log group ${name}`, () =>
    allItems(
      (token) => client.send(new DescribeLogGroupsCommand({logGroupNamePrefix: name, nextToken: token})),
      (page) => page.nextToken,
      (page) => page.logGroups,
    ),
  )
  // The prefix also finds the groups whose names go on.
  if (!groups?.some((group) => group.logGroupName === name)) return undefined
  return {policy: await readResourcePolicy(clients, road.grant?.name ?? '')}
}

/** The account's resource policy of this name for CloudWatch Logs, parsed. */
export async function readResourcePolicy(clients: AwsClients, name: string): Promise<unknown> {
  const {DescribeResourcePoliciesCommand} = await import('@aws-sdk/client-cloudwatch-logs')
  const client = await clients.logs()
  const policies = await readOrAbsent('read the resource policies of CloudWatch Logs', () =>
    allItems(
      (token) => client.send(new DescribeResourcePoliciesCommand({nextToken: token})),
      (page) => page.nextToken,
      (page) => page.resourcePolicies,
    ),
  )
  const text = policies?.find((policy) => policy.policyName === name)?.policyDocument
  return text === undefined ? undefined : parsePolicyText(text)
}
