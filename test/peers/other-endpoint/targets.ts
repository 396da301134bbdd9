import {CreateLogGroupCommand} from '@aws-sdk/client-cloudwatch-logs'
import {
  CreateApiDestinationCommand,
  CreateConnectionCommand,
  CreateEventBusCommand,
} from '@aws-sdk/client-eventbridge'
import {CreateRoleCommand} from '@aws-sdk/client-iam'
import {CreateStreamCommand} from '@aws-sdk/client-kinesis'
import {CreateFunctionCommand} from '@aws-sdk/client-lambda'
import {CreateStateMachineCommand} from '@aws-sdk/client-sfn'
import {CreateQueueCommand, GetQueueAttributesCommand} from '@aws-sdk/client-sqs'
import type {AwsClients} from '../../../src/lib/aws/clients'
import {formatArn} from '../../../src/lib/core/arn'
import type {TargetKindName} from '../../../src/lib/road/targets/target-kind'

type Maker = (clients: AwsClients, name: string) => Promise<string>

/** Makes one target of a kind, and answers its ARN as the endpoint tells it. `bind-target` makes a delivery stream itself. */
export const makeTarget: Readonly<Record<Exclude<TargetKindName, 'firehose'>, Maker>> = {
  sqs: async (clients, QueueName) => {
    const sqs = await clients.sqs()
    const {QueueUrl} = await sqs.send(new CreateQueueCommand({QueueName}))
    const asked = new GetQueueAttributesCommand({QueueUrl, AttributeNames: ['QueueArn']})
    return (await sqs.send(asked)).Attributes?.['QueueArn'] ?? ''
  },
  'event-bus': async (clients, Name) => {
    const made = await (await clients.eventBridge()).send(new CreateEventBusCommand({Name}))
    return made.EventBusArn ?? ''
  },
  kinesis: async (clients, StreamName) => {
    await (await clients.kinesis()).send(new CreateStreamCommand({StreamName, ShardCount: 1}))
    return arnOf(clients, await accountOf(clients), 'kinesis', `stream/${StreamName}`)
  },
  'log-group': async (clients, name) => {
    await (await clients.logs()).send(new CreateLogGroupCommand({logGroupName: `/aws/events/${name}`}))
    return arnOf(clients, await accountOf(clients), 'logs', `log-group:/aws/events/${name}`)
  },
  lambda: async (clients, FunctionName) => {
    const input = {FunctionName, Runtime: 'nodejs20.x', Handler: 'index.handler'} as const
    const Role = await makeRole(clients, `${FunctionName}-runs`)
    const made = await (
      await clients.lambda()
    ).send(new CreateFunctionCommand({...input, Role, Code: {ZipFile: emptyZip}}))
    return made.FunctionArn ?? ''
  },
  'state-machine': async (clients, name) => {
    const definition = '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}'
    const roleArn = await makeRole(clients, `${name}-steps`)
    const made = await (
      await clients.stepFunctions()
    ).send(new CreateStateMachineCommand({name, roleArn, definition}))
    return made.stateMachineArn ?? ''
  },
  'api-destination': async (clients, Name) => {
    const events = await clients.eventBridge()
    const key = {ApiKeyAuthParameters: {ApiKeyName: 'k', ApiKeyValue: 'v'}}
    const {ConnectionArn} = await events.send(
      new CreateConnectionCommand({Name, AuthorizationType: 'API_KEY', AuthParameters: key}),
    )
    const where = {InvocationEndpoint: 'https://example.com/usage', HttpMethod: 'POST'} as const
    const made = await events.send(new CreateApiDestinationCommand({Name, ConnectionArn, ...where}))
    return made.ApiDestinationArn ?? ''
  },
}

/** A zip archive without files: its end of central directory alone. */
const emptyZip = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)])

async function makeRole(clients: AwsClients, RoleName: string): Promise<string> {
  const trust = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: {Service: ['lambda.amazonaws.com', 'states.amazonaws.com']},
        Action: 'sts:AssumeRole',
      },
    ],
  }
  const made = await (
    await clients.iam()
  ).send(new CreateRoleCommand({RoleName, AssumeRolePolicyDocument: JSON.stringify(trust)}))
  return made.Role?.Arn ?? ''
}

/** The account that the endpoint takes every caller for. */
export async function accountOf(clients: AwsClients): Promise<string> {
  const {GetCallerIdentityCommand} = await import('@aws-sdk/client-sts')
  const {Account: account = ''} = await (await clients.sts()).send(new GetCallerIdentityCommand({}))
  return account
}

function arnOf(clients: AwsClients, accountId: string, service: string, resource: string): string {
  return formatArn({service, region: clients.connection.region, accountId, resource})
}
