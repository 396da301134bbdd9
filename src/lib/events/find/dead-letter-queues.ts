import type {AwsClients} from '../../aws/clients'
import {isAbsent, toOpError} from '../../aws/map-sdk-error'
import type {RoadSettings} from '../../road/settings'

/** Addresses of the queues in which dead letters of a rule lie. What is not there is left out. Throws what the services say otherwise. */
export async function deadLetterQueues(
  clients: Pick<AwsClients, 'eventBridge' | 'sqs'>,
  {bus, rule}: Pick<RoadSettings, 'bus' | 'rule'>,
): Promise<string[]> {
  const {ListTargetsByRuleCommand} = await import('@aws-sdk/client-eventbridge')
  const events = await clients.eventBridge()
  const {Targets: targets = []} = await events
    .send(new ListTargetsByRuleCommand({Rule: rule, EventBusName: bus}))
    .catch((error: unknown) => {
      if (isAbsent(error)) return {Targets: []}
      throw toOpError(error, `list the targets of the rule ${rule}`)
    })
  const arns = targets.map(({DeadLetterConfig: config}) => config?.Arn)
  const names = new Set(
    arns.flatMap((arn) => (arn === undefined ? [] : [arn.slice(arn.lastIndexOf(':') + 1)])),
  )
  const urls = await Promise.all([...names].map((name) => urlOf(clients, name)))
  return urls.filter((url) => url !== undefined)
}

async function urlOf(clients: Pick<AwsClients, 'sqs'>, QueueName: string): Promise<string | undefined> {
  const {GetQueueUrlCommand} = await import('@aws-sdk/client-sqs')
  try {
    return (await (await clients.sqs()).send(new GetQueueUrlCommand({QueueName}))).QueueUrl
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw toOpError(error, `find the queue ${QueueName}`)
  }
}
