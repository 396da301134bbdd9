import type {Rule} from '@aws-sdk/client-eventbridge'
import type {AwsClients} from '../../aws/clients'
import {allItems} from '../../aws/paginate'
import {readOrAbsent} from './read'

/** A rule by its bus and name. */
export interface BusRule {
  bus: string
  name: string
  /** The service that made the rule and looks after it, such as the schema registry. */
  managedBy?: string | undefined
}

/** Every rule of a bus as the service lists it; undefined where there is no such bus. */
export async function listRules(clients: AwsClients, bus: string): Promise<Rule[] | undefined> {
  const {ListRulesCommand} = await import('@aws-sdk/client-eventbridge')
  const client = await clients.eventBridge()
  return readOrAbsent(`list the rules of bus ${bus}`, () =>
    allItems(
      (token) => client.send(new ListRulesCommand({EventBusName: bus, NextToken: token})),
      (page) => page.NextToken,
      (page) => page.Rules,
    ),
  )
}

/** Every rule of a bus; none where the bus has gone. */
export async function readRulesOfBus(clients: AwsClients, bus: string): Promise<BusRule[]> {
  const rules = (await listRules(clients, bus)) ?? []
  return rules.map((rule) => ({bus, name: rule.Name ?? '', managedBy: rule.ManagedBy}))
}

/** Every rule, of any bus, that has the target with this ARN. */
export async function readRulesOfTarget(clients: AwsClients, targetArn: string): Promise<BusRule[]> {
  const found: BusRule[] = []
  for (const bus of await busNames(clients)) {
    for (const name of await ruleNamesOfTarget(clients, bus, targetArn)) found.push({bus, name})
  }
  return found
}

/** The names of all event buses. */
export async function busNames(clients: AwsClients): Promise<string[]> {
  const {ListEventBusesCommand} = await import('@aws-sdk/client-eventbridge')
  const client = await clients.eventBridge()
  const buses = await readOrAbsent('list the event buses', () =>
    allItems(
      (token) => client.send(new ListEventBusesCommand({NextToken: token})),
      (page) => page.NextToken,
      (page) => page.EventBuses,
    ),
  )
  return (buses ?? []).map((bus) => bus.Name ?? '')
}

async function ruleNamesOfTarget(clients: AwsClients, bus: string, targetArn: string): Promise<string[]> {
  const {ListRuleNamesByTargetCommand} = await import('@aws-sdk/client-eventbridge')
  const client = await clients.eventBridge()
  const names = await readOrAbsent(`list the rules of bus ${bus} with target ${targetArn}`, () =>
    allItems(
      (token) =>
        client.send(
          new ListRuleNamesByTargetCommand({EventBusName: bus, TargetArn: targetArn, NextToken: token}),
        ),
      (page) => page.NextToken,
      (page) => page.RuleNames,
    ),
  )
  return names ?? []
}
