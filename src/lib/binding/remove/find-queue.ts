import type {AwsClients} from '../../aws/clients'
import {allItems} from '../../aws/paginate'
import {tryParseArn} from '../../core/arn'
import {bindingName, bindingTag} from '../../road/names'
import type {Road} from '../../road/road'
import {ownTarget} from '../read/own-target'
import {readOrAbsent} from '../read/read'
import {readTargets} from '../read/read-events'
import {queueTags} from '../read/read-tags'

/**
 * The name of a binding's dead-letter queue where nobody says it: that of the rule's target, else the queue that carries
 * the binding's tag (the target may be gone already). Undefined where there is none. Throws what reading throws.
 */
export async function findQueue(clients: AwsClients, road: Road): Promise<string | undefined> {
  const {accountId, region, bus, rule} = road.settings
  const target = ownTarget(road, await readTargets(clients, bus, rule))
  const arn = tryParseArn(target?.DeadLetterConfig?.Arn ?? '')
  if (arn) return arn.accountId === accountId && arn.region === region ? arn.resource : undefined
  return findTaggedQueue(clients, bindingName(road.settings))
}

async function findTaggedQueue(clients: AwsClients, binding: string): Promise<string | undefined> {
  const {ListQueuesCommand} = await import('@aws-sdk/client-sqs')
  const client = await clients.sqs()
  const urls = await readOrAbsent('list the queues', () =>
    allItems(
      (token) => client.send(new ListQueuesCommand({NextToken: token, MaxResults: 1000})),
      (page) => page.NextToken,
      (page) => page.QueueUrls,
    ),
  )
  for (const url of urls ?? []) {
    const tags = await queueTags(clients, url)
    if (tags?.[bindingTag] === binding) return url.split('/').at(-1)
  }
  return undefined
}
