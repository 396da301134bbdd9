import type {RecordFormat} from '../../road/record-format'
import type {Road, RoleResource} from '../../road/road'
import type {ActualRoad, ActualRole} from '../read/actual-road'
import type {Change, ResourceKind} from '../change'
import {refuseImpossible} from './conflicts'
import * as differ from './differences'
import {convertsToParquet, recordFormatOf, streamDifferences} from './stream-differences'
import {keepOwned} from './keep-owned'
import {ownTarget} from '../read/own-target'
import {withTagChanges} from './tag-changes'

/**
 * The changes that turn what is there into the road, in the order in which they must be made: what is written to before
 * what writes to it, and the target last, so that no event is sent to something unfinished. Resources that are right
 * already, and what CloudFormation owns, are listed as `keep`. `adopt`: what is there without the tag of a binding gets
 * this one's. Pure. Throws what `refuseImpossible` throws.
 */
export function planBinding(road: Road, actual: ActualRoad, adopt = false): Change[] {
  refuseImpossible(road, actual)
  const changes = withTagChanges(changesOf(road, actual), road, actual, adopt)
  return keepOwned(changes, road, actual.tags ?? {})
}

function changesOf(road: Road, actual: ActualRoad): Change[] {
  return [
    change('bus', road.bus.name, actual.bus, () => []),
    ...busAccessChanges(road, actual),
    ...archiveChanges(road, actual),
    ...(road.hasLake ? storeChanges(road, actual) : []),
    ...(road.hasTargetRole ? roleChanges(road.targetRole, actual.targetRole) : []),
    ...grantChanges(road, actual),
    ...queueChanges(road, actual),
    ...(road.hasLake ? [workgroupChange(road, actual)] : []),
    discovererChange(road, actual),
    change('rule', road.rule.name, actual.rule, (rule) => differ.ruleDifferences(road.rule, rule)),
    targetChange(road, actual),
  ]
}

/** A road does without a discoverer where the endpoint can have none: schemas are then not found, and events arrive. */
function discovererChange({bus}: Road, {discoverer, lacksSchemas}: ActualRoad): Change {
  if (lacksSchemas) {
    const note = 'left out, as this endpoint does not have EventBridge Schemas'
    return {action: 'keep', resource: 'discoverer', name: bus.name, note}
  }
  return change('discoverer', bus.name, discoverer, (d) => (d.state === 'STOPPED' ? ['state'] : []))
}

/** What others are let do; nothing is planned where nobody asks for it and nothing is there. */
function busAccessChanges({bus, busAccess}: Road, actual: ActualRoad): Change[] {
  if (!busAccess) return []
  const own = differ.ownStatements(busAccess.sidPrefix, actual.bus?.policy)
  if (own.length === 0 && busAccess.statements.length === 0) return []
  return [
    change('bus-policy', bus.name, own.length === 0 ? undefined : own, () =>
      differ.busAccessDifferences(busAccess, actual.bus?.policy),
    ),
  ]
}

function archiveChanges({archive}: Road, actual: ActualRoad): Change[] {
  if (!archive) return []
  return [
    change('archive', archive.name, actual.archive, (there) => differ.archiveDifferences(archive, there)),
  ]
}

/** Bucket, table and stream, and what lets the stream write to the one by the other: Firehose refuses a table that is not there. */
function storeChanges(road: Road, actual: ActualRoad): Change[] {
  return [
    change('bucket', road.bucket.name, actual.bucket, (b) =>
      b.publicAccessBlocked ? [] : ['publicAccessBlock'],
    ),
    change('database', road.database.name, actual.database || undefined, () => []),
    change('table', `${road.table.database}.${road.table.input.Name}`, actual.table, (table) =>
      differ.tableDifferences(road.table.input, table),
    ),
    ...deliveryChanges(road, actual),
  ]
}

/** What a stream needs it is given before, and what it needs no more is taken away behind it. */
function deliveryChanges(road: Road, actual: ActualRoad): Change[] {
  const [role, policy] = roleChanges(road.deliveryRole, actual.deliveryRole)
  const stream = streamChange(road, actual)
  const {destination} = actual.stream ?? {}
  const stopsConverting = road.recordFormat === 'json' && destination && convertsToParquet(destination)
  return stopsConverting ? [role, stream, policy] : [role, policy, stream]
}

function workgroupChange({workgroup}: Road, actual: ActualRoad): Change {
  return change('workgroup', workgroup.name, actual.workgroup, (there) =>
    differ.workgroupDifferences(workgroup, there),
  )
}

/** What lets EventBridge send to the target as itself. */
function grantChanges({grant}: Road, actual: ActualRoad): Change[] {
  if (!grant) return []
  const policy = actual.target?.policy
  return [
    change(grant.resource, grant.name, policy === undefined ? undefined : {policy}, (there) =>
      differ.grantDifferences(grant, there.policy),
    ),
  ]
}

function change<T>(
  resource: ResourceKind,
  name: string,
  actual: T | undefined,
  differences: (actual: T) => string[],
): Change {
  if (actual === undefined) return {action: 'create', resource, name}
  const fields = differences(actual)
  return fields.length === 0 ? {action: 'keep', resource, name} : {action: 'update', resource, name, fields}
}

function roleChanges(role: RoleResource, actual: ActualRole | undefined): [role: Change, policy: Change] {
  const withPolicy = actual?.policy === undefined ? undefined : actual
  return [
    change('role', role.name, actual, (r) => differ.roleDifferences(role, r)),
    change('policy', role.name, withPolicy, (r) => differ.policyDifferences(role, r)),
  ]
}

function streamChange(road: Road, actual: ActualRoad): Change {
  const {destination} = actual.stream ?? {}
  const line = change('stream', road.stream.name, actual.stream, () =>
    destination ? streamDifferences(road.stream.destination, destination) : [],
  )
  const note = destination && formNote(road, recordFormatOf(destination))
  return note === undefined ? line : {...line, note}
}

/** What becomes of the objects of a stream that is to write another form from now on. */
function formNote({recordFormat, formerTable}: Road, before: RecordFormat): string | undefined {
  if (before === recordFormat) return undefined
  const [from, to] = [before, recordFormat].map((format) => wordsOfForm[format])
  const table = `${formerTable.database}.${formerTable.input.Name}`
  return `writes ${to} from now on; what it wrote as ${from} stays in table ${table}, and reports count both`
}

const wordsOfForm: Readonly<Record<RecordFormat, string>> = {json: 'JSON', parquet: 'Parquet'}

function queueChanges(road: Road, actual: ActualRoad): Change[] {
  const {queue} = road
  if (!queue) return []
  const withPolicy = actual.queue?.policy === undefined ? undefined : actual.queue
  return [
    change('queue', queue.name, actual.queue, () => []),
    change('queue-policy', queue.name, withPolicy, (q) => differ.queuePolicyDifferences(queue, q)),
  ]
}

function targetChange(road: Road, actual: ActualRoad): Change {
  const target = ownTarget(road, actual.targets)
  return change('target', target?.Id ?? road.target.id, target, (t) =>
    differ.targetDifferences(road.target, t),
  )
}
