import type {AwsClients} from '../../aws/clients'
import {OpError} from '../../core/errors'
import type {Pattern} from '../../pattern/pattern'
import {RuleSet} from '../../pattern/rule-set'
import type {ReportDeps, ReportPlace} from '../../reports/run-report'
import {layout} from '../../road/layout'
import type {RoadSettings} from '../../road/settings'
import {deadLetterQueues} from './dead-letter-queues'
import {findInErrors} from './find-in-errors'
import {findInQuarantine} from './find-in-quarantine'
import {findInQueue} from './find-in-queue'
import {findRows, type FindQuestion, type FoundRow} from './find-rows'
import {billsOf, type FoundEvent} from './found-event'
import {readObjectEvents} from './object-events'

export interface FindPorts extends Pick<
  ReportDeps,
  'athena' | 'results' | 'sleep' | 'signal' | 'lakeSource' | 'sqlFolder'
> {
  clients: Pick<AwsClients, 'eventBridge' | 's3' | 'sqs'>
}

export interface FindPlace extends Pick<ReportPlace, 'database' | 'workgroup'> {
  settings: RoadSettings
}

/**
 * Finds events in the lake, in the order of their arrival. Ids that are not there are also sought in quarantine, among what the stream
 * could not write and among dead letters; from `missing`, the ids that are asked for, those that were found are taken away. `pattern` is asked of whole events, so copies in objects of Parquet never meet one. Throws what the services
 * refuse.
 */
export async function* findEvents(
  ports: FindPorts,
  question: FindQuestion & {pattern?: Pattern | undefined},
  place: FindPlace,
  missing: Set<string>,
): AsyncGenerator<FoundEvent> {
  for await (const found of inLake(ports, question, place)) {
    strikeOut(missing, found)
    yield found
  }
  if (missing.size === 0) return
  for await (const found of elsewhere(ports, missing, place)) {
    strikeOut(missing, found)
    yield found
  }
}

/** Takes away the ids that an event has. */
function strikeOut(ids: Set<string>, {eventId, id}: FoundEvent): void {
  for (const found of [eventId, id]) if (found !== undefined) ids.delete(found)
}

async function* inLake(
  ports: FindPorts,
  question: FindQuestion & {pattern?: Pattern | undefined},
  place: FindPlace,
): AsyncGenerator<FoundEvent> {
  const rows = rowsOrNone(ports, question, place)
  const rules = question.pattern && RuleSet.compile([{key: 0, pattern: question.pattern}])
  const s3 = await ports.clients.s3()
  for await (const group of byObject(rows)) {
    const {bucket, key} = group[0]
    const ids = new Set(group.map(({id}) => id))
    const object = await readObjectEvents(s3, {bucket, key, ids, signal: ports.signal})
    for (const row of group) {
      const text = object.texts.get(row.id)
      if (rules && (text === undefined || rules.match(text).length === 0)) continue
      yield {
        ...{hop: 'lake', eventId: row.eventId, id: row.id, place: `s3://${bucket}/${key}`},
        ...{arrivedAt: object.arrivedAt, billingTime: row.billingTime},
        ...{bills: billsOf(row, object.arrivedAt), text},
      }
    }
  }
}

/** Whoever has no lake yet may still have lost events on the way there. */
async function* rowsOrNone(
  ports: FindPorts,
  question: FindQuestion,
  place: FindPlace,
): AsyncGenerator<FoundRow> {
  try {
    yield* findRows(ports, question, place)
  } catch (error) {
    const hasOtherPlaces = question.ids.length > 0
    if (hasOtherPlaces && error instanceof OpError && error.code === 'NOT_BOUND') return
    throw error
  }
}

/** Rows of one object stand together: they are in the order of their objects. */
async function* byObject(rows: AsyncIterable<FoundRow>): AsyncGenerator<[FoundRow, ...FoundRow[]]> {
  let group: [FoundRow, ...FoundRow[]] | undefined
  for await (const row of rows) {
    const isNext = group && group[0].bucket === row.bucket && group[0].key === row.key
    if (group && isNext) group.push(row)
    else {
      if (group) yield group
      group = [row]
    }
  }
  if (group) yield group
}

/** Looks for those of the ids that are not struck out meanwhile. */
async function* elsewhere(
  {clients, signal}: FindPorts,
  ids: ReadonlySet<string>,
  {settings}: FindPlace,
): AsyncGenerator<FoundEvent> {
  const {bucket} = settings
  yield* findInQuarantine(await clients.s3(), {bucket, signal}, ids)
  if (ids.size === 0) return
  yield* findInErrors(await clients.s3(), {bucket, prefix: layout.errorsFolder, signal}, ids)
  if (ids.size === 0) return
  for (const queueUrl of await deadLetterQueues(clients, settings)) {
    yield* findInQueue(await clients.sqs(), {queueUrl, signal}, ids)
  }
}
