import type {AwsClients} from '../../aws/clients'
import {parsePolicyText} from './parse-policy-text'
import type {ActualQueue} from './actual-road'
import {readOrAbsent} from './read'

/** The queue of this name in the account, with its policy. */
export async function readQueue(
  clients: AwsClients,
  name: string,
  accountId: string,
): Promise<ActualQueue | undefined> {
  const {GetQueueAttributesCommand, GetQueueUrlCommand} = await import('@aws-sdk/client-sqs')
  const client = await clients.sqs()
  return readOrAbsent(`read queue ${name}`, async () => {
    const input = {QueueName: name, QueueOwnerAWSAccountId: accountId}
    const {QueueUrl: url = ''} = await client.send(new GetQueueUrlCommand(input))
    const asked = new GetQueueAttributesCommand({QueueUrl: url, AttributeNames: ['Policy']})
    const {Attributes: attributes} = await client.send(asked)
    const text = attributes?.['Policy']
    return {url, policy: text === undefined || text === '' ? undefined : parsePolicyText(text)}
  })
}
