import {OpError} from '../../../core/errors'
import {parsePattern} from '../../../pattern/parse-pattern'
import {RuleSet} from '../../../pattern/rule-set'
import type {Route} from '../../parcel'
import {inputOf} from './target-inputs'
import {busKey, ruleKey, type RuleRow, type Tables} from './rows'

/** The rules of one bus, compiled: an event in, the routes that it takes out. */
export type BusRules = RuleSet<readonly Route[]>

/**
 * The routes that an event takes, by rule; or why it cannot be matched, as a sentence: it nests too deep, or its arrays would take too
 * long. What the service does with such events is not known; here they are refused rather than accepted and lost.
 */
export function routesFor(
  rules: BusRules,
  {parsed, text}: {parsed: unknown; text: string},
): (readonly Route[])[] | {problem: string} {
  try {
    return rules.matchParsed(parsed, text)
  } catch (error) {
    if (error instanceof OpError && error.code === 'BAD_EVENT') return {problem: error.message}
    throw error
  }
}

/** Compiled rules by bus, made anew when the bus, a rule or a target of it has changed. */
export class RuleIndex {
  private readonly byBus = new Map<string, BusRules>()

  constructor(private readonly tables: Tables) {}

  /** The bus's rules, or undefined where there is no such bus. */
  of(region: string, bus: string): BusRules | undefined {
    const key = `${region}/${bus}`
    const known = this.byBus.get(key)
    if (known) return known
    if (bus !== 'default' && this.tables.buses.get(busKey(region, bus)) === undefined) return undefined
    const rules = this.compile(region, bus)
    this.byBus.set(key, rules)
    return rules
  }

  changed(region: string, bus: string): void {
    this.byBus.delete(`${region}/${bus}`)
  }

  private compile(region: string, bus: string): BusRules {
    const rows = [...this.tables.rules.list(ruleKey(region, bus, ''))].map(({value}) => value)
    return RuleSet.compile(
      rows
        .filter((rule) => rule.state === 'ENABLED' && rule.targets.length > 0)
        .map((rule) => ({key: routesOf(rule, region), pattern: parsePattern(rule.eventPattern)})),
    )
  }
}

function routesOf(rule: RuleRow, region: string): Route[] {
  return rule.targets.map((target) => ({
    ruleArn: rule.arn,
    targetArn: rule.archiveArn ?? target.Arn ?? '',
    roleArn: target.RoleArn,
    region,
    deadLetterArn: target.DeadLetterConfig?.Arn,
    maximumRetryAttempts: target.RetryPolicy?.MaximumRetryAttempts,
    maximumEventAgeInSeconds: target.RetryPolicy?.MaximumEventAgeInSeconds,
    input: inputOf(target),
    partitionKeyPath: target.KinesisParameters?.PartitionKeyPath,
  }))
}
