import type {AwsClients} from '../../aws/clients'
import type {Road} from '../../road/road'
import type {ActualRoad} from './actual-road'
import {readDiscoverer} from './read-discoverer'
import {readArchive, readBus, readRule, readTargets} from './read-events'
import {readBucket, readDatabase, readTable, readWorkgroup} from './read-lake'
import {readQueue} from './read-queue'
import {readRole} from './read-role'
import {readStream} from './read-stream'
import {readTags} from './read-tags'
import {readTarget} from './read-target'

const noLake = {
  bucket: undefined,
  database: false,
  table: undefined,
  formerTable: undefined,
  workgroup: undefined,
}

/**
 * Reads what is there of a road, all services at once. Whatever a service does not find is undefined; every other error
 * is thrown as an `OpError` that says what could not be read.
 */
export async function readActual(clients: AwsClients, road: Road): Promise<ActualRoad> {
  const [events, roles, stream, lake, queue, discovery, target, archive] = await Promise.all([
    readEvents(clients, road),
    Promise.all([
      road.hasLake ? readRole(clients, road.deliveryRole) : undefined,
      road.hasTargetRole ? readRole(clients, road.targetRole) : undefined,
    ]),
    road.hasLake ? readStream(clients, road.stream.name) : undefined,
    road.hasLake ? readLake(clients, road) : noLake,
    road.queue && readQueue(clients, road.queue.name, road.settings.accountId),
    readDiscoverer(clients, road.discoverer.sourceArn),
    road.hasLake ? undefined : readTarget(clients, road),
    road.archive && readArchive(clients, road.archive.name),
  ])
  const [deliveryRole, targetRole] = roles
  const actual: ActualRoad = {
    ...events,
    deliveryRole,
    targetRole,
    stream,
    ...lake,
    queue,
    ...discovery,
    target,
    archive,
  }
  return {...actual, tags: await readTags(clients, road, actual)}
}

async function readEvents(
  clients: AwsClients,
  road: Road,
): Promise<Pick<ActualRoad, 'bus' | 'rule' | 'targets'>> {
  const bus = await readBus(clients, road.bus.name)
  if (!bus) return {bus, rule: undefined, targets: []}
  const rule = await readRule(clients, road.rule.bus, road.rule.name)
  return {bus, rule, targets: rule ? await readTargets(clients, road.rule.bus, road.rule.name) : []}
}

async function readLake(
  clients: AwsClients,
  road: Road,
): Promise<Pick<ActualRoad, 'bucket' | 'database' | 'table' | 'formerTable' | 'workgroup'>> {
  const [bucket, database, table, formerTable, workgroup] = await Promise.all([
    readBucket(clients, road.bucket.name, road.settings),
    readDatabase(clients, road.database.name),
    readTable(clients, road.table.database, road.table.input.Name),
    readTable(clients, road.formerTable.database, road.formerTable.input.Name),
    readWorkgroup(clients, road.workgroup.name),
  ])
  return {bucket, database, table, formerTable, workgroup}
}
