import type {DescribeRuleResponse, Target} from '@aws-sdk/client-eventbridge'
import type {AwsClients} from '../../aws/clients'
import {allItems} from '../../aws/paginate'
import type {ActualArchive, ActualRoad} from './actual-road'
import {parsePolicyText} from './parse-policy-text'
import {readOrAbsent} from './read'

/** The event bus of this name, with its policy. */
export async function readBus(
  clients: AwsClients,
  name: string,
): Promise<NonNullable<ActualRoad['bus']> | undefined> {
  const {DescribeEventBusCommand} = await import('@aws-sdk/client-eventbridge')
  const client = await clients.eventBridge()
  const bus = await readOrAbsent(`read event bus ${name}`, () =>
    client.send(new DescribeEventBusCommand({Name: name})),
  )
  return (
    bus && {
      arn: bus.Arn,
      description: bus.Description,
      policy: bus.Policy ? parsePolicyText(bus.Policy) : undefined,
    }
  )
}

/** The rule of this name on the bus. */
export async function readRule(
  clients: AwsClients,
  bus: string,
  name: string,
): Promise<DescribeRuleResponse | undefined> {
  const {DescribeRuleCommand} = await import('@aws-sdk/client-eventbridge')
  const client = await clients.eventBridge()
  return readOrAbsent(`read rule ${name}`, () =>
    client.send(new DescribeRuleCommand({Name: name, EventBusName: bus})),
  )
}

/** The archive of this name. */
export async function readArchive(clients: AwsClients, name: string): Promise<ActualArchive | undefined> {
  const {DescribeArchiveCommand} = await import('@aws-sdk/client-eventbridge')
  const client = await clients.eventBridge()
  const archive = await readOrAbsent(`read archive ${name}`, () =>
    client.send(new DescribeArchiveCommand({ArchiveName: name})),
  )
  return archive && {pattern: archive.EventPattern, retentionDays: archive.RetentionDays ?? 0}
}

/** All targets of the rule; none where the rule has gone meanwhile. */
export async function readTargets(clients: AwsClients, bus: string, rule: string): Promise<Target[]> {
  const {ListTargetsByRuleCommand} = await import('@aws-sdk/client-eventbridge')
  const client = await clients.eventBridge()
  const targets = await readOrAbsent(`read the targets of rule ${rule}`, () =>
    allItems(
      (token) => client.send(new ListTargetsByRuleCommand({Rule: rule, EventBusName: bus, NextToken: token})),
      (page) => page.NextToken,
      (page) => page.Targets,
    ),
  )
  return targets ?? []
}
