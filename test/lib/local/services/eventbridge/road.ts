import {
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import type {PutEventsRequestEntry, Target} from '@aws-sdk/client-eventbridge'
import {CreateRoleCommand, IAMClient, PutRolePolicyCommand} from '@aws-sdk/client-iam'
import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import type {Message} from '@aws-sdk/client-sqs'
import type {TestEndpoint} from '../../../../_helpers/endpoint'

const place = 'eu-west-1:000000000000'

export const queueArn = (name: string) => `arn:aws:sqs:${place}:${name}`
export const busArn = (name: string) => `arn:aws:events:${place}:event-bus/${name}`
export const roleArn = (name: string) => `arn:aws:iam::000000000000:role/${name}`

/** Rules, queues and roles of an endpoint, made with the SDK's own clients. */
export class Road {
  readonly events: EventBridgeClient
  private readonly sqs: SQSClient
  private readonly iam: IAMClient

  constructor(private readonly endpoint: TestEndpoint) {
    this.events = new EventBridgeClient(endpoint.client)
    this.sqs = new SQSClient(endpoint.client)
    this.iam = new IAMClient(endpoint.client)
  }

  /** A queue that takes what any rule of the account sends; answers its ARN. */
  async queue(name: string): Promise<string> {
    const {QueueUrl} = await this.sqs.send(new CreateQueueCommand({QueueName: name}))
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          ...{Effect: 'Allow', Principal: {Service: 'events.amazonaws.com'}},
          ...{Action: 'sqs:SendMessage', Resource: queueArn(name)},
        },
      ],
    })
    await this.sqs.send(new SetQueueAttributesCommand({QueueUrl, Attributes: {Policy}}))
    return queueArn(name)
  }

  /** A role for EventBridge that may do `action` on `resource`; answers its ARN. */
  async role(name: string, action: string, resource: string): Promise<string> {
    const document = (statement: object) =>
      JSON.stringify({Version: '2012-10-17', Statement: [{Effect: 'Allow', ...statement}]})
    const trust = document({Principal: {Service: 'events.amazonaws.com'}, Action: 'sts:AssumeRole'})
    await this.iam.send(new CreateRoleCommand({RoleName: name, AssumeRolePolicyDocument: trust}))
    const policy = document({Action: action, Resource: resource})
    await this.iam.send(new PutRolePolicyCommand({RoleName: name, PolicyName: 'p', PolicyDocument: policy}))
    return roleArn(name)
  }

  /** A rule on `bus` for events of the source `shop`, with these targets. */
  async rule(name: string, targets: Target[], bus = 'default'): Promise<void> {
    const on = {EventBusName: bus}
    await this.events.send(new PutRuleCommand({...on, Name: name, EventPattern: '{"source":["shop"]}'}))
    await this.events.send(new PutTargetsCommand({...on, Rule: name, Targets: targets}))
  }

  async put(entry: Partial<PutEventsRequestEntry> = {}): Promise<string> {
    const Entries = [{Source: 'shop', DetailType: 'order', Detail: '{"n":1}', ...entry}]
    const answer = await this.events.send(new PutEventsCommand({Entries}))
    return answer.Entries?.[0]?.EventId ?? ''
  }

  /** The messages of a queue, once everything has been delivered. */
  async messages(name: string): Promise<Message[]> {
    await this.endpoint.flush()
    const {Messages = []} = await this.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: `${this.endpoint.url}/000000000000/${name}`,
        ...{MaxNumberOfMessages: 10, MessageAttributeNames: ['All']},
      }),
    )
    return Messages
  }

  async bodies(name: string): Promise<string[]> {
    return (await this.messages(name)).map((message) => message.Body ?? '')
  }
}
