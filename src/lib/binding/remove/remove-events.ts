import {OpError} from '../../core/errors'
import type {Change} from '../change'
import {unlessGone} from '../../aws/unless-gone'
import type {RemovalContext} from './remove'

/** Takes the target out of the rule. Throws `TARGET_REFUSED` (service) where EventBridge answers so. */
export async function removeTarget({clients, road}: RemovalContext, change: Change): Promise<void> {
  const {RemoveTargetsCommand} = await import('@aws-sdk/client-eventbridge')
  const client = await clients.eventBridge()
  const {bus, name} = road.rule
  const command = new RemoveTargetsCommand({Rule: name, EventBusName: bus, Ids: [change.name]})
  const answer = await unlessGone(() => client.send(command))
  const failed = answer?.FailedEntries?.[0]
  if (failed) {
    const reason = `${failed.ErrorMessage ?? 'no reason given'} (${failed.ErrorCode ?? 'no code'})`
    throw new OpError('service', 'TARGET_REFUSED', `EventBridge refused to remove ${change.name}: ${reason}.`)
  }
}

/** Deletes the rule. EventBridge refuses that as long as it has targets. */
export async function removeRule({clients, road}: RemovalContext): Promise<void> {
  const {DeleteRuleCommand} = await import('@aws-sdk/client-eventbridge')
  const client = await clients.eventBridge()
  const {bus, name} = road.rule
  await unlessGone(() => client.send(new DeleteRuleCommand({Name: name, EventBusName: bus})))
}

/** Deletes the schema discoverer. The schemas that it found stay. */
export async function removeDiscoverer({clients, actual}: RemovalContext): Promise<void> {
  const {DeleteDiscovererCommand} = await import('@aws-sdk/client-schemas')
  const client = await clients.schemas()
  await unlessGone(() => client.send(new DeleteDiscovererCommand({DiscovererId: actual.discoverer?.id})))
}

/** Deletes the bus. EventBridge refuses that as long as it has rules. */
export async function removeBus({clients, road}: RemovalContext): Promise<void> {
  const {DeleteEventBusCommand} = await import('@aws-sdk/client-eventbridge')
  const client = await clients.eventBridge()
  await unlessGone(() => client.send(new DeleteEventBusCommand({Name: road.bus.name})))
}
