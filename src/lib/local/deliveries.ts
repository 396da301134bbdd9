import type {Route} from './parcel'
import type {Delivery, DeliveryFailure, DeliveryOutcome} from './platform'
import type {Item} from './route-groups'
import {bodyOf} from './target-input/target-input'

type Failed = NonNullable<DeliveryOutcome['failed']>

/** What a route's target is to receive. */
export interface Deliveries {
  deliveries: Delivery[]
  /** By place in `deliveries`: the item that it comes from. */
  places: number[]
  /** Items of which the target's input settings make nothing that could be delivered. */
  failed: Failed
}

/** The items as the route's target receives them: the events, or what its input settings make of them. Never throws. */
export function deliveriesOf(route: Route, items: readonly Item[]): Deliveries {
  const all: Deliveries = {deliveries: [], places: [], failed: []}
  for (const [index, item] of items.entries()) {
    const body = route.input ? transformed(route, route.input, item) : item.event
    if (typeof body !== 'string') {
      all.failed.push({index, failure: body})
      continue
    }
    const {attributes, passedBuses} = item.parcel
    const delivery: Delivery = {body}
    if (route.input) delivery.event = item.event
    if (attributes) delivery.attributes = attributes
    if (passedBuses) delivery.passedBuses = passedBuses
    all.places.push(index)
    all.deliveries.push(delivery)
  }
  return all
}

/** What came of the delivery, said of the items: those that failed before it, and those that the target did not take. */
export function withFailures(
  outcome: DeliveryOutcome,
  places: readonly number[],
  before: Failed,
): DeliveryOutcome {
  if (before.length === 0) return outcome
  const after = (outcome.failed ?? []).map(({index, failure}) => ({index: places[index] ?? index, failure}))
  return {...outcome, failed: [...before, ...after]}
}

function transformed(route: Route, input: NonNullable<Route['input']>, item: Item): string | DeliveryFailure {
  const body = bodyOf(input, {
    event: item.event,
    ruleArn: route.ruleArn,
    ingestedAt: item.parcel.acceptedAt,
  })
  if (body !== undefined) return body
  return {
    code: 'INVALID_JSON',
    message: 'The input transformer of the target made no valid JSON of the event.',
    retryable: false,
  }
}
