import type {AwsClients} from '../../aws/clients'
import {allItems} from '../../aws/paginate'
import {toOpError} from '../../aws/map-sdk-error'
import {unlessGone} from '../../aws/unless-gone'
import {closeListener, deleteQueue, expiryTag, listenerPrefix} from './listener'

/**
 * Removes the listeners of a bus that were left behind by a run that could not clean up, known by their name and an expiry that has
 * passed; and queues of that kind whose rule is gone. Answers their names. Throws what the services refuse.
 */
export async function sweepListeners(clients: AwsClients, bus: string, now: number): Promise<string[]> {
  try {
    const rules = await expiredRules(clients, bus, now)
    for (const name of rules) await closeListener(clients, {name, bus})
    const queues = await expiredQueues(clients, now)
    for (const name of queues) await deleteQueue(clients, name)
    return [...new Set([...rules, ...queues])]
  } catch (error) {
    throw toOpError(error, 'look for what earlier runs have left behind')
  }
}

async function expiredRules(clients: AwsClients, bus: string, now: number): Promise<string[]> {
  const {ListRulesCommand, ListTagsForResourceCommand} = await import('@aws-sdk/client-eventbridge')
  const eventBridge = await clients.eventBridge()
  const rules = await allItems(
    (token) =>
      eventBridge.send(
        new ListRulesCommand({EventBusName: bus, NamePrefix: listenerPrefix, NextToken: token}),
      ),
    (page) => page.NextToken,
    (page) => page.Rules,
  )
  const expired: string[] = []
  for (const {Name: name, Arn: arn} of rules) {
    if (name === undefined || arn === undefined) continue
    const answer = await unlessGone(() =>
      eventBridge.send(new ListTagsForResourceCommand({ResourceARN: arn})),
    )
    const tag = answer?.Tags?.find(({Key: key}) => key === expiryTag)
    if (isOver(tag?.Value, now)) expired.push(name)
  }
  return expired
}

async function expiredQueues(clients: AwsClients, now: number): Promise<string[]> {
  const {ListQueuesCommand, ListQueueTagsCommand} = await import('@aws-sdk/client-sqs')
  const sqs = await clients.sqs()
  const urls = await allItems(
    (token) =>
      sqs.send(new ListQueuesCommand({QueueNamePrefix: listenerPrefix, MaxResults: 1000, NextToken: token})),
    (page) => page.NextToken,
    (page) => page.QueueUrls,
  )
  const expired: string[] = []
  for (const url of urls) {
    const answer = await unlessGone(() => sqs.send(new ListQueueTagsCommand({QueueUrl: url})))
    if (isOver(answer?.Tags?.[expiryTag], now)) expired.push(url.slice(url.lastIndexOf('/') + 1))
  }
  return expired
}

/** What carries no expiry is not ours to remove, whatever it is called. */
function isOver(expiry: string | undefined, now: number): boolean {
  return expiry !== undefined && Date.parse(expiry) < now
}
