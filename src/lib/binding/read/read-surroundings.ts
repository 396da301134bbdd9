import type {Table} from '@aws-sdk/client-glue'
import type {AwsClients} from '../../aws/clients'
import {allItems} from '../../aws/paginate'
import {isNotOffered} from '../../aws/not-offered'
import {bindingTag} from '../../road/names'
import {ruleArnOf} from '../../road/policies'
import type {Road} from '../../road/road'
import type {ActualRoad, RoadTags} from './actual-road'
import {readOrAbsent} from './read'
import {readRulesOfBus, readRulesOfTarget} from './read-rules'
import type {BusRule} from './read-rules'
import {eventTags} from './read-tags'
import {readStream, streamNames} from './read-stream'

/** A delivery stream of the account and region: where it writes, and as whom. */
export interface StreamUse {
  name: string
  bucketArn: string | undefined
  roleArn: string | undefined
}

/** What stands around a road and decides which of its parts may go. */
export interface Surroundings {
  tags: RoadTags
  /** Every rule of the binding's bus. */
  rulesOfBus: readonly BusRule[]
  /** The other rules of the bus that carry the tag of a binding. */
  boundRules: readonly BusRule[]
  /** Every rule of any bus that has the binding's target. */
  rulesOfTarget: readonly BusRule[]
  /** Every delivery stream of account and region. */
  streams: readonly StreamUse[]
  /** Names of the database's tables. */
  tablesOfDatabase: readonly string[]
  databaseDescription: string | undefined
  /** Names of queries that somebody saved in the workgroup. */
  savedQueryCount: number
  /** Messages of the dead-letter queue, those in flight and delayed ones included. */
  messageCount: number
  bucketIsEmpty: boolean
}

/** Reads what stands around a road. Throws what reading throws. */
export async function readSurroundings(
  clients: AwsClients,
  road: Road,
  actual: ActualRoad,
): Promise<Surroundings> {
  const rulesOfBus = actual.bus ? await readRulesOfBus(clients, road.bus.name) : []
  const [boundRules, rulesOfTarget, streams, database, savedQueryCount, messageCount, bucketIsEmpty] =
    await Promise.all([
      readBoundRules(clients, road, rulesOfBus),
      road.hasLake ? readRulesOfTarget(clients, road.target.arn) : [],
      road.hasLake ? readStreams(clients) : [],
      road.hasLake ? readDatabaseUse(clients, road.database.name) : noDatabase,
      actual.workgroup ? countSavedQueries(clients, road.workgroup.name) : 0,
      actual.queue ? countMessages(clients, actual.queue.url) : 0,
      actual.bucket ? isBucketEmpty(clients, road.bucket.name) : true,
    ])
  return {
    tags: actual.tags ?? {},
    rulesOfBus,
    boundRules,
    rulesOfTarget,
    streams,
    ...database,
    savedQueryCount,
    messageCount,
    bucketIsEmpty,
  }
}

const noDatabase = {tablesOfDatabase: [], databaseDescription: undefined}

/** One after the other, because EventBridge allows few calls a second. */
async function readBoundRules(
  clients: AwsClients,
  road: Road,
  rules: readonly BusRule[],
): Promise<BusRule[]> {
  const bound: BusRule[] = []
  for (const rule of rules) {
    if (rule.managedBy !== undefined || rule.name === road.rule.name) continue
    const tags = await eventTags(clients, ruleArnOf({...road.settings, rule: rule.name}))
    if (tags?.[bindingTag] !== undefined) bound.push(rule)
  }
  return bound
}

/** One after the other: Firehose allows five descriptions a second. */
async function readStreams(clients: AwsClients): Promise<StreamUse[]> {
  const streams: StreamUse[] = []
  for (const name of await streamNames(clients)) {
    const destination = (await readStream(clients, name))?.destination
    streams.push({name, bucketArn: destination?.BucketARN, roleArn: destination?.RoleARN})
  }
  return streams
}

async function readDatabaseUse(
  clients: AwsClients,
  name: string,
): Promise<Pick<Surroundings, 'tablesOfDatabase' | 'databaseDescription'>> {
  const {GetDatabaseCommand} = await import('@aws-sdk/client-glue')
  const client = await clients.glue()
  const found = await readOrAbsent(`read database ${name}`, () =>
    client.send(new GetDatabaseCommand({Name: name})),
  )
  const tables = found ? await readTableNames(clients, name) : []
  return {tablesOfDatabase: tables, databaseDescription: found?.Database?.Description}
}

/** The names of all tables of a Glue database; none where it has gone. */
export async function readTableNames(clients: AwsClients, database: string): Promise<string[]> {
  return (await readTables(clients, database)).map((table) => table.Name ?? '')
}

/** All tables of a Glue database; none where it has gone. */
export async function readTables(clients: AwsClients, database: string): Promise<Table[]> {
  const {GetTablesCommand} = await import('@aws-sdk/client-glue')
  const client = await clients.glue()
  const tables = await readOrAbsent(`list the tables of database ${database}`, () =>
    allItems(
      (token) => client.send(new GetTablesCommand({DatabaseName: database, NextToken: token})),
      (page) => page.NextToken,
      (page) => page.TableList,
    ),
  )
  return tables ?? []
}

/** An endpoint that does not have saved queries has none. */
async function countSavedQueries(clients: AwsClients, workgroup: string): Promise<number> {
  const {ListNamedQueriesCommand} = await import('@aws-sdk/client-athena')
  const client = await clients.athena()
  const ids = await readOrAbsent(
    `list the saved queries of workgroup ${workgroup}`,
    () =>
      allItems(
        (token) => client.send(new ListNamedQueriesCommand({WorkGroup: workgroup, NextToken: token})),
        (page) => page.NextToken,
        (page) => page.NamedQueryIds,
      ),
    isNotOffered,
  )
  return ids?.length ?? 0
}

/** Messages of the queue at this URL, those in flight and delayed ones included. */
export async function countMessages(clients: AwsClients, url: string): Promise<number> {
  const {GetQueueAttributesCommand} = await import('@aws-sdk/client-sqs')
  const client = await clients.sqs()
  const names = [
    'ApproximateNumberOfMessages',
    'ApproximateNumberOfMessagesNotVisible',
    'ApproximateNumberOfMessagesDelayed',
  ] as const
  const answer = await readOrAbsent(`count the messages of queue ${url}`, () =>
    client.send(new GetQueueAttributesCommand({QueueUrl: url, AttributeNames: [...names]})),
  )
  return names.reduce((sum, name) => sum + Number(answer?.Attributes?.[name] ?? 0), 0)
}

async function isBucketEmpty(clients: AwsClients, bucket: string): Promise<boolean> {
  const {ListObjectsV2Command} = await import('@aws-sdk/client-s3')
  const client = await clients.s3()
  const answer = await readOrAbsent(`list the objects of bucket ${bucket}`, () =>
    client.send(new ListObjectsV2Command({Bucket: bucket, MaxKeys: 1})),
  )
  return (answer?.Contents?.length ?? 0) === 0
}
