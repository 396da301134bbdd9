import {ListWorkGroupsCommand} from '@aws-sdk/client-athena'
import {DescribeLogGroupsCommand, DescribeResourcePoliciesCommand} from '@aws-sdk/client-cloudwatch-logs'
import {ListArchivesCommand, ListEventBusesCommand, ListRulesCommand} from '@aws-sdk/client-eventbridge'
import {ListDeliveryStreamsCommand} from '@aws-sdk/client-firehose'
import {GetDatabasesCommand, GetTablesCommand} from '@aws-sdk/client-glue'
import {ListRolesCommand} from '@aws-sdk/client-iam'
import {ListStreamsCommand} from '@aws-sdk/client-kinesis'
import {ListBucketsCommand} from '@aws-sdk/client-s3'
import {ListDiscoverersCommand} from '@aws-sdk/client-schemas'
import {ListQueuesCommand} from '@aws-sdk/client-sqs'
import type {AwsClients} from '../../../src/lib/aws/clients'

/** Every resource of the account by its kind, as names. */
export async function everything(clients: AwsClients): Promise<Record<string, unknown[]>> {
  const [events, glue, logs] = await Promise.all([clients.eventBridge(), clients.glue(), clients.logs()])
  const buses = names((await events.send(new ListEventBusesCommand({}))).EventBuses, 'Name')
  const rules = await Promise.all(
    buses.map(async (EventBusName) => names((await events.send(new ListRulesCommand({EventBusName}))).Rules)),
  )
  const databases = names((await glue.send(new GetDatabasesCommand({}))).DatabaseList)
  const tables = await Promise.all(
    databases.map(async (DatabaseName) =>
      names((await glue.send(new GetTablesCommand({DatabaseName}))).TableList),
    ),
  )
  return {
    ...{buses, rules, databases, tables},
    archives: names((await events.send(new ListArchivesCommand({}))).Archives, 'ArchiveName'),
    roles: names((await (await clients.iam()).send(new ListRolesCommand({}))).Roles, 'RoleName'),
    streams: [
      ...((await (await clients.firehose()).send(new ListDeliveryStreamsCommand({}))).DeliveryStreamNames ??
        []),
    ],
    buckets: names((await (await clients.s3()).send(new ListBucketsCommand({}))).Buckets),
    // The address of an endpoint is not the account's.
    queues: ((await (await clients.sqs()).send(new ListQueuesCommand({}))).QueueUrls ?? []).map((url) =>
      url.split('/').at(-1),
    ),
    workgroups: names((await (await clients.athena()).send(new ListWorkGroupsCommand({}))).WorkGroups),
    discoverers: names(
      (await (await clients.schemas()).send(new ListDiscoverersCommand({}))).Discoverers,
      'SourceArn',
    ),
    kinesisStreams: (await (await clients.kinesis()).send(new ListStreamsCommand({}))).StreamNames ?? [],
    logGroups: names((await logs.send(new DescribeLogGroupsCommand({}))).logGroups, 'logGroupName'),
    logPolicies: names(
      (await logs.send(new DescribeResourcePoliciesCommand({}))).resourcePolicies,
      'policyName',
    ),
  }
}

function names(list: readonly object[] | undefined, key = 'Name'): string[] {
  return (list ?? []).map((item) => (item as Record<string, string>)[key] ?? '')
}
