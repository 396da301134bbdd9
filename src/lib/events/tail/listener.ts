import type {AwsClients} from '../../aws/clients'
import {unlessGone} from '../../aws/unless-gone'
import {toOpError} from '../../aws/map-sdk-error'
import {OpError} from '../../core/errors'
import {formatTime} from '../../core/time'
import {document, queueArnOf, ruleArnOf} from '../../road/policies'
import {letIntoQueue} from '../../road/targets/sqs'

/** What all listeners are called by; an id follows. The rule and the queue of a listener have one name. */
export const listenerPrefix = 'usage-tracker-tail-'
/** Says until when a listener is in use: whatever is older has been left behind. ISO-8601, UTC. */
export const expiryTag = 'usage-tracker:expires'
/** How far ahead the expiry is set; a running listener sets it anew long before. */
export const lifeMs = 15 * 60_000

export interface ListenerPlace {
  accountId: string
  region: string
  bus: string
}

/** A rule of a bus and the queue that it sends to, there for as long as somebody listens. */
export interface Listener {
  name: string
  bus: string
  ruleArn: string
  queueUrl: string
}

/** Messages are of use to nobody an hour later, should a listener be left behind. */
const queueAttributes = {MessageRetentionPeriod: '3600', ReceiveMessageWaitTimeSeconds: '20'}

/**
 * Makes a queue, a rule with the pattern, and the permission between them. What was made is removed again where a step fails.
 * Throws what the services refuse.
 */
export async function openListener(
  clients: AwsClients,
  place: ListenerPlace,
  options: {id: string; pattern: string; now: number},
): Promise<Listener> {
  const {bus} = place
  const name = `${listenerPrefix}${options.id}`
  const ruleArn = ruleArnOf({...place, rule: name})
  const queueArn = queueArnOf(place, name)
  const expires = expiryOf(options.now)
  try {
    const queueUrl = await makeQueue(clients, {name, queueArn, ruleArn, expires})
    await makeRule(clients, {name, bus, pattern: options.pattern, expires, queueArn})
    return {name, bus, ruleArn, queueUrl}
  } catch (error) {
    await closeListener(clients, {name, bus}).catch(() => undefined)
    throw toOpError(error, 'make a rule and a queue to listen with')
  }
}

async function makeQueue(
  clients: AwsClients,
  {name, queueArn, ruleArn, expires}: {name: string; queueArn: string; ruleArn: string; expires: string},
): Promise<string> {
  const {CreateQueueCommand} = await import('@aws-sdk/client-sqs')
  const Policy = JSON.stringify(document(letIntoQueue({sid: 'tail', targetArn: queueArn, ruleArn})))
  const sqs = await clients.sqs()
  const {QueueUrl: url} = await sqs.send(
    new CreateQueueCommand({
      QueueName: name,
      Attributes: {...queueAttributes, Policy},
      tags: {[expiryTag]: expires},
    }),
  )
  if (url !== undefined) return url
  throw new OpError('service', 'BAD_ANSWER', 'SQS did not say where the new queue is.')
}

async function makeRule(
  clients: AwsClients,
  rule: {name: string; bus: string; pattern: string; expires: string; queueArn: string},
): Promise<void> {
  const {PutRuleCommand, PutTargetsCommand} = await import('@aws-sdk/client-eventbridge')
  const {bus, expires, name, pattern, queueArn} = rule
  const eventBridge = await clients.eventBridge()
  await eventBridge.send(
    new PutRuleCommand({
      Name: name,
      EventBusName: bus,
      EventPattern: pattern,
      Description: 'Made by "usage-tracker events tail" for as long as it runs',
      Tags: [{Key: expiryTag, Value: expires}],
    }),
  )
  const {FailedEntries: failed} = await eventBridge.send(
    new PutTargetsCommand({Rule: name, EventBusName: bus, Targets: [{Id: 'tail', Arn: queueArn}]}),
  )
  const reason = failed?.[0]?.ErrorMessage
  if (reason !== undefined)
    throw new OpError('service', 'TARGET_REFUSED', `EventBridge refused the queue: ${reason}.`)
}

/** Says that the listener is still in use. */
export async function keepListener(
  clients: AwsClients,
  {ruleArn, queueUrl}: Listener,
  now: number,
): Promise<void> {
  const {TagResourceCommand} = await import('@aws-sdk/client-eventbridge')
  const {TagQueueCommand} = await import('@aws-sdk/client-sqs')
  const expires = expiryOf(now)
  const [eventBridge, sqs] = await Promise.all([clients.eventBridge(), clients.sqs()])
  await Promise.all([
    eventBridge.send(
      new TagResourceCommand({ResourceARN: ruleArn, Tags: [{Key: expiryTag, Value: expires}]}),
    ),
    sqs.send(new TagQueueCommand({QueueUrl: queueUrl, Tags: {[expiryTag]: expires}})),
  ])
}

/** Removes a listener's rule and queue, whichever of them is there. */
export async function closeListener(
  clients: AwsClients,
  {name, bus}: {name: string; bus: string},
): Promise<void> {
  const {DeleteRuleCommand, RemoveTargetsCommand} = await import('@aws-sdk/client-eventbridge')
  const eventBridge = await clients.eventBridge()
  const rule = {EventBusName: bus}
  await unlessGone(() => eventBridge.send(new RemoveTargetsCommand({...rule, Rule: name, Ids: ['tail']})))
  await unlessGone(() => eventBridge.send(new DeleteRuleCommand({...rule, Name: name})))
  await deleteQueue(clients, name)
}

/** Removes a listener's queue where it is there. */
export async function deleteQueue(clients: AwsClients, name: string): Promise<void> {
  const {DeleteQueueCommand, GetQueueUrlCommand} = await import('@aws-sdk/client-sqs')
  const sqs = await clients.sqs()
  const found = await unlessGone(() => sqs.send(new GetQueueUrlCommand({QueueName: name})))
  const url = found?.QueueUrl
  if (url !== undefined) await unlessGone(() => sqs.send(new DeleteQueueCommand({QueueUrl: url})))
}

function expiryOf(now: number): string {
  return formatTime(now + lifeMs)
}
