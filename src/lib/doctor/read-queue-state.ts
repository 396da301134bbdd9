import type {AwsClients} from '../aws/clients'
import {readOrAbsent} from '../binding/read/read'
import {parseArn} from '../core/arn'

export interface QueueState {
  url: string
  /** JSON text; undefined where the queue has no policy. */
  policyText: string | undefined
  /** Messages that wait, as SQS counts them: about. */
  messageCount: number
}

/** The queue with this ARN, or undefined where there is none. Throws what SQS says otherwise. */
export async function readQueueState(clients: AwsClients, arn: string): Promise<QueueState | undefined> {
  const {GetQueueAttributesCommand, GetQueueUrlCommand} = await import('@aws-sdk/client-sqs')
  const client = await clients.sqs()
  const {resource: name, accountId} = parseArn(arn)
  return readOrAbsent(`read queue ${name}`, async () => {
    const asked = new GetQueueUrlCommand({QueueName: name, QueueOwnerAWSAccountId: accountId})
    const {QueueUrl: url = ''} = await client.send(asked)
    const {Attributes: attributes} = await client.send(
      new GetQueueAttributesCommand({
        QueueUrl: url,
        AttributeNames: ['Policy', 'ApproximateNumberOfMessages'],
      }),
    )
    const text = attributes?.['Policy']
    return {
      url,
      policyText: text === '' ? undefined : text,
      messageCount: Number(attributes?.['ApproximateNumberOfMessages'] ?? 0),
    }
  })
}
