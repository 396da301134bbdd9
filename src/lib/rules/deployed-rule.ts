import type {Rule} from '@aws-sdk/client-eventbridge'
import type {AwsClients} from '../aws/clients'
import {readRule, readTargets} from '../binding/read/read-events'
import {listRules} from '../binding/read/read-rules'
import {OpError} from '../core/errors'

/** A rule as it stands on a bus. */
export interface DeployedRule {
  name: string
  arn: string
  /** Name of its bus. */
  bus: string
  /** Its event pattern, JSON text; undefined for a rule that runs on a schedule alone. */
  pattern: string | undefined
  enabled: boolean
}

/** A rule and the ARNs of its targets. */
export interface BoundRule extends DeployedRule {
  targetArns: string[]
}

function toDeployedRule(bus: string, rule: Rule): DeployedRule {
  return {
    name: rule.Name ?? '',
    arn: rule.Arn ?? '',
    bus,
    pattern: rule.EventPattern === '' ? undefined : rule.EventPattern,
    enabled: rule.State !== 'DISABLED',
  }
}

/** One rule of a bus. Throws `RULE_ABSENT` (absent), and what the service says otherwise. */
export async function deployedRule(clients: AwsClients, bus: string, name: string): Promise<DeployedRule> {
  const rule = await readRule(clients, bus, name)
  if (rule) return toDeployedRule(bus, rule)
  throw new OpError('absent', 'RULE_ABSENT', `There is no rule ${name} on the bus ${bus}.`, {
    hint: 'Name another with --rule or --bus, or make it: usage-tracker bind-target',
  })
}

/** All rules of a bus, in the service's order, which is by name. Throws `BUS_ABSENT` (absent) where there is no such bus. */
export async function deployedRules(clients: AwsClients, bus: string): Promise<DeployedRule[]> {
  const rules = await listRules(clients, bus)
  if (rules) return rules.map((rule) => toDeployedRule(bus, rule))
  throw new OpError('absent', 'BUS_ABSENT', `There is no event bus ${bus}.`, {
    hint: 'Name another with --bus, or make it: usage-tracker bind-target',
  })
}

/** How many rules are asked for their targets at once; the service allows some 50 such requests a second. */
const concurrency = 5

/** Adds the targets to rules. Throws what the service says. */
export async function withTargets(clients: AwsClients, rules: readonly DeployedRule[]): Promise<BoundRule[]> {
  const bound: BoundRule[] = []
  for (let from = 0; from < rules.length; from += concurrency) {
    const some = rules.slice(from, from + concurrency)
    bound.push(...(await Promise.all(some.map((rule) => withItsTargets(clients, rule)))))
  }
  return bound
}

async function withItsTargets(clients: AwsClients, rule: DeployedRule): Promise<BoundRule> {
  const targets = await readTargets(clients, rule.bus, rule.name)
  return {...rule, targetArns: targets.flatMap(({Arn: arn}) => (arn === undefined ? [] : [arn]))}
}
