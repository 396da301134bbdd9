import type {DescribeRuleResponse, Target} from '@aws-sdk/client-eventbridge'
import type {AwsClients} from '../../aws/clients'
import {OpError} from '../../core/errors'
import type {RoadSettings} from '../../road/settings'
import type {NamedBinding} from '../choose-bindings'
import {readRule, readTargets} from '../read/read-events'
import {adoptLake} from './adopt-lake'
import type {AdoptedLake} from './adopt-lake'
import {adoptPattern} from './adopt-pattern'
import {adoptSurroundings} from './adopt-surroundings'
import {adoptTarget} from './adopt-target'
import type {AdoptedTarget} from './adopt-target'
import {Remarks} from './remarks'

/** What is deployed around a rule, in the words of the configuration file. */
export interface AdoptedRoad {
  names: {
    bus: string
    rule: string
    source?: string | undefined
    detailType?: string | undefined
  } & Partial<AdoptedLake>
  /** One for each target that can be bound, in the order of the rule. */
  bindings: NamedBinding[]
  /** What could not be read or said, in sentences. */
  remarks: string[]
}

/**
 * Reads a deployed rule and what it leads to, and says it as settings and bindings: `settings` name its bus and the rule itself. What is not
 * there, may not be read or cannot be bound is left out and remarked. Changes nothing. Throws `RULE_ABSENT` and `NO_PATTERN` (absent), `RULE_MANAGED`
 * (usage), and what reading the rule throws.
 */
export async function adoptRule(clients: AwsClients, settings: RoadSettings): Promise<AdoptedRoad> {
  const rule = await readRule(clients, settings.bus, settings.rule)
  const {EventPattern: text} = suitable(rule, settings)
  const targets = await readTargets(clients, settings.bus, settings.rule)
  const remarks = new Remarks()
  const {source, detailType, pattern} = adoptPattern(text)
  const own = {
    ...settings,
    pattern: text,
    source: source ?? settings.source,
    detailType: detailType ?? settings.detailType,
  }
  const found = adoptTargets(targets, own, remarks)
  const inLake = found.find(({road}) => road.hasLake)
  const lake = inLake && (await adoptLake(clients, inLake.road, remarks))
  const recordFormat = lake?.recordFormat
  // What bind-target calls a rule to which nobody gave a description.
  const isStandard = found.some(({road}) => road.rule.description === rule?.Description)
  const description = isStandard ? undefined : rule?.Description
  const bindings: NamedBinding[] = []
  for (const {words, road} of found) {
    // A rule has one target of a kind.
    const name = found.length === 1 ? settings.rule : `${settings.rule}-${road.kind.name}`
    const about = await adoptSurroundings(clients, {road, description}, remarks)
    const form = road.hasLake && recordFormat ? {recordFormat} : {}
    bindings.push({name, ...(pattern && {pattern}), ...words, ...form, ...about})
  }
  const names = {bus: settings.bus, rule: settings.rule, source, detailType, ...lake}
  return {names, bindings, remarks: remarks.all}
}

function suitable(
  rule: DescribeRuleResponse | undefined,
  {bus, rule: name}: RoadSettings,
): {EventPattern: string} {
  if (!rule) {
    throw new OpError('absent', 'RULE_ABSENT', `There is no rule ${name} on the bus ${bus}.`, {
      hint: 'Name its bus with --bus, or list the rules: usage-tracker pattern lint --bus BUS',
    })
  }
  if (rule.ManagedBy) {
    throw new OpError('usage', 'RULE_MANAGED', `Rule ${name} is managed by ${rule.ManagedBy}.`, {
      hint: 'Such a rule belongs to a service and is not bound: name another one.',
    })
  }
  if (!rule.EventPattern) {
    throw new OpError('absent', 'NO_PATTERN', `The rule ${name} runs on a schedule and has no pattern.`, {
      hint: 'Name a rule that matches events.',
    })
  }
  return {EventPattern: rule.EventPattern}
}

function adoptTargets(targets: readonly Target[], settings: RoadSettings, remarks: Remarks): AdoptedTarget[] {
  if (targets.length === 0) remarks.add(`Rule ${settings.rule} has no target.`)
  const found: AdoptedTarget[] = []
  for (const target of targets) {
    const adopted = adoptTarget(target, settings, remarks)
    if (!adopted) continue
    const {words} = adopted.road.kind
    if (found.some(({road}) => road.kind === adopted.road.kind)) {
      remarks.add(`Target ${target.Id ?? ''} is left out: a rule is bound to one ${words}, and has another.`)
    } else found.push(adopted)
  }
  return found
}
