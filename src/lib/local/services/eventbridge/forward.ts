import type {Delivery, DeliveryFailure, DeliveryOutcome, DeliveryRequest, Platform} from '../../platform'
import {showToDiscoverer} from './discoverer'
import {RoutedEvents} from './routed-events'
import type {BusRules, RuleIndex} from './rule-index'
import {routesFor} from './rule-index'
import type {Tables} from './rows'

/**
 * Takes events that a rule sends to another bus, if the rule's role lets it: the same id, source, time and account. They are matched
 * there at once and go into the outbox again in the transaction that takes them out. An event that comes to a bus for the second time
 * ends there.
 */
export function forwardTo(platform: Platform, tables: Tables, rules: RuleIndex) {
  return (request: DeliveryRequest): DeliveryOutcome => {
    const busRules = rules.of(request.region, busOf(request.targetArn))
    const refused = busRules ? refusal(platform, request) : missing(request.targetArn)
    if (!busRules || refused) {
      const failure = refused ?? missing(request.targetArn)
      return {failed: request.deliveries.map((_, index) => ({index, failure}))}
    }
    const arrived = new Arrived(busRules, request)
    const now = platform.clock.now()
    const joined = arrived.parcels(now).map((parcel) => platform.outbox.join(parcel))
    const seen = {region: request.region, busArn: request.targetArn, events: arrived.events}
    return {
      stage: () => joined.forEach(({stage}) => stage()),
      committed: () => {
        for (const {committed} of joined) committed()
        showToDiscoverer(platform, tables, seen).catch(() => platform.log('schema discovery is not there'))
      },
      failed: arrived.failed,
    }
  }
}

/** Events that have come to a bus, by the way they came. */
class Arrived {
  readonly events: unknown[] = []
  readonly failed: NonNullable<DeliveryOutcome['failed']> = []
  private readonly byWay = new Map<string, {passedBuses: string[]; routed: RoutedEvents}>()

  constructor(rules: BusRules, request: DeliveryRequest) {
    const from = busArnOf(request)
    for (const [index, delivery] of request.deliveries.entries()) {
      const passedBuses = [...(delivery.passedBuses ?? []), from]
      if (passedBuses.includes(request.targetArn)) {
        this.failed.push({index, failure: loop(request.targetArn)})
        continue
      }
      const problem = this.take(rules, delivery, passedBuses)
      if (problem === undefined) continue
      this.failed.push({index, failure: {code: 'INVALID_PARAMETER', message: problem, retryable: false}})
    }
  }

  parcels(acceptedAt: number) {
    return [...this.byWay.values()].flatMap(({routed, passedBuses}) => {
      const parcel = routed.parcel(acceptedAt)
      return parcel ? [{...parcel, passedBuses}] : []
    })
  }

  /** Takes an event, or answers why it cannot be taken. */
  private take(rules: BusRules, {body}: Delivery, passedBuses: string[]): string | undefined {
    const parsed = JSON.parse(body) as unknown
    const matched = routesFor(rules, {parsed, text: body})
    if ('problem' in matched) return matched.problem
    const way = passedBuses.join(' ')
    let arrived = this.byWay.get(way)
    if (!arrived) this.byWay.set(way, (arrived = {passedBuses, routed: new RoutedEvents()}))
    this.events.push(parsed)
    arrived.routed.add(body, matched)
    return undefined
  }
}

function busOf(arn: string): string {
  return arn.slice(arn.indexOf(':event-bus/') + ':event-bus/'.length)
}

/** The bus of the rule: `rule/NAME` on the default bus, `rule/BUS/NAME` on others. */
function busArnOf({ruleArn, targetArn}: DeliveryRequest): string {
  const path = ruleArn.slice(ruleArn.indexOf(':rule/') + ':rule/'.length)
  const bus = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : 'default'
  return `${targetArn.slice(0, targetArn.indexOf(':event-bus/'))}:event-bus/${bus}`
}

function refusal(platform: Platform, request: DeliveryRequest): DeliveryFailure | undefined {
  const refused = platform.roles.refusal({
    roleArn: request.roleArn ?? '',
    service: 'events.amazonaws.com',
    action: 'events:PutEvents',
    resource: request.targetArn,
    sourceArn: request.ruleArn,
  })
  const code = refused?.reason === 'denied' ? 'NO_PERMISSIONS' : 'FAILED_TO_ASSUME_ROLE'
  return refused && {code, message: refused.message, retryable: false}
}

function missing(arn: string): DeliveryFailure {
  return {code: 'NO_RESOURCE', message: `The event bus ${arn} does not exist.`, retryable: false}
}

function loop(arn: string): DeliveryFailure {
  return {
    code: 'INVALID_PARAMETER',
    message: `The event has come over ${arn} before. The local endpoint ends the loop here.`,
    retryable: false,
  }
}
