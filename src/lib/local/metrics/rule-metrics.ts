import {tryParseArn} from '../../core/arn'
import type {Parcel} from '../parcel'
import type {Meter, Metrics} from './metrics'

/** What EventBridge counts about rules. */
export type RuleMetric =
  | 'MatchedEvents'
  | 'TriggeredRules'
  | 'Invocations'
  | 'InvocationAttempts'
  | 'SuccessfulInvocationAttempts'
  | 'RetryInvocationAttempts'
  | 'FailedInvocations'
  | 'InvocationsSentToDlq'
  | 'InvocationsFailedToBeSentToDlq'
  | 'IngestionToInvocationSuccessLatency'

/** Metrics that there are also with `EventBusName` alone (EventBridge user guide, "Monitoring Amazon EventBridge"). */
const perBus: ReadonlySet<RuleMetric> = new Set([
  'TriggeredRules',
  'InvocationAttempts',
  'SuccessfulInvocationAttempts',
  'RetryInvocationAttempts',
  'IngestionToInvocationSuccessLatency',
])

/** Metrics that there are also without any dimension, for the whole region. */
const perRegion: ReadonlySet<RuleMetric> = new Set([
  'TriggeredRules',
  'Invocations',
  'InvocationAttempts',
  'SuccessfulInvocationAttempts',
  'RetryInvocationAttempts',
  'IngestionToInvocationSuccessLatency',
])

export const eventsNamespace = 'AWS/Events'

interface Meters {
  rule: Meter
  bus: Meter
  region: Meter
}

/** Counts `AWS/Events` for a rule under each set of dimensions that AWS has for the metric. */
export class RuleMetrics {
  private readonly byRule = new Map<string, Meters>()

  constructor(private readonly metrics: Metrics) {}

  /** `times` samples of `value` for the rule of `route` at the moment `at`; nothing where `times` is 0. */
  count(
    route: {ruleArn: string; region: string},
    metric: RuleMetric,
    at: number,
    {value = 1, times = 1}: {value?: number; times?: number} = {},
  ): void {
    if (times === 0) return
    const meters = this.metersOf(route)
    meters.rule.count(metric, value, at, times)
    if (perBus.has(metric)) meters.bus.count(metric, value, at, times)
    if (perRegion.has(metric)) meters.region.count(metric, value, at, times)
  }

  /**
   * Counts the events of a parcel for the rules that they have matched, at the moment `at`. All routes of a rule take the same
   * events, and stand together.
   */
  matched({routes}: Parcel, at: number): void {
    const onBus = new Map<Meter, Set<number>>()
    let last = ''
    for (const {route, indexes} of routes) {
      const meters = this.metersOf(route)
      meters.region.count('InvocationsCreated', 1, at, indexes.length)
      if (route.ruleArn === last) continue
      last = route.ruleArn
      this.count(route, 'MatchedEvents', at, {times: indexes.length})
      this.count(route, 'TriggeredRules', at, {times: indexes.length})
      let events = onBus.get(meters.bus)
      if (!events) onBus.set(meters.bus, (events = new Set()))
      for (const index of indexes) events.add(index)
    }
    // With the bus alone it is the number of events that any of its rules has matched.
    for (const [bus, events] of onBus) bus.count('MatchedEvents', 1, at, events.size)
  }

  private metersOf({ruleArn, region}: {ruleArn: string; region: string}): Meters {
    let meters = this.byRule.get(ruleArn)
    if (!meters) {
      const {bus, rule} = ruleOf(ruleArn)
      const onBus = [{name: 'EventBusName', value: bus}]
      const ofRule = [{name: 'RuleName', value: rule}]
      const meter = (dimensions: {name: string; value: string}[]) =>
        this.metrics.meter({region, namespace: eventsNamespace, dimensions})
      // A rule of the default bus is known by its name alone.
      meters = {
        rule: meter(bus === 'default' ? ofRule : [...onBus, ...ofRule]),
        bus: meter(onBus),
        region: meter([]),
      }
      this.byRule.set(ruleArn, meters)
    }
    return meters
  }
}

/** `rule/NAME` on the default bus, `rule/BUS/NAME` on others, whose names may hold slashes. */
function ruleOf(ruleArn: string): {bus: string; rule: string} {
  const path = (tryParseArn(ruleArn)?.resource ?? ruleArn).replace(/^rule\//, '')
  const slash = path.lastIndexOf('/')
  return slash < 0 ? {bus: 'default', rule: path} : {bus: path.slice(0, slash), rule: path.slice(slash + 1)}
}
