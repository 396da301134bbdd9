import {toOpError} from '../../aws/map-sdk-error'
import {readMetrics, ruleMetric, sumOf} from '../../aws/metric-values'
import {keysWrittenSince} from '../../events/keys-written-since'
import {longestBufferMs, rawLayouts} from '../../road/layout'
import type {AnswerRow, DoctorContext} from '../check'
import {objectHolds} from './search-object'

const minuteMs = 60_000

/** Looks for the canary in the raw objects that were written since it was sent. Each object is searched once. */
export function storedLook(
  context: DoctorContext,
  eventId: string,
  sentAt: number,
): () => Promise<string | undefined> {
  const searched = new Set<string>()
  const search = context.road.recordFormat === 'parquet' ? askForKey : searchLines
  return async () => {
    const keys = (await keysSince(context, sentAt)).filter((key) => !searched.has(key))
    const found = keys.length === 0 ? undefined : await search(context, keys, eventId, sentAt)
    for (const key of keys) searched.add(key)
    return found
  }
}

async function keysSince({clients, road, now}: DoctorContext, sentAt: number): Promise<string[]> {
  const {folder} = rawLayouts[road.recordFormat]
  return keysWrittenSince({s3: await clients.s3(), now}, {bucket: road.bucket.name, folder, sentAt})
}

async function searchLines(
  {clients, road}: DoctorContext,
  keys: readonly string[],
  eventId: string,
): Promise<string | undefined> {
  for (const key of keys) if (await objectHolds(clients, road.bucket.name, key, eventId)) return key
  return undefined
}

/** Parquet is compressed column by column, and no text can be sought in it: Athena says in which object an event lies. */
async function askForKey(
  context: DoctorContext,
  _keys: readonly string[],
  eventId: string,
  sentAt: number,
): Promise<string | undefined> {
  const [row] = await askForEvent(context, '"$path" AS path', eventId, sentAt)
  return row?.['path']?.replace(`s3://${context.road.bucket.name}/`, '')
}

/** How many events CloudWatch counted for the rule since the minute in which the canary was sent; undefined for none yet. */
export async function matchedLook(
  {clients, road, now}: DoctorContext,
  sentAt: number,
): Promise<number | undefined> {
  const range = {from: Math.floor(sentAt / minuteMs) * minuteMs, to: now() + minuteMs}
  try {
    const metrics = [ruleMetric('MatchedEvents', road.rule)]
    const [values = []] = await readMetrics(await clients.cloudWatch(), metrics, range)
    const sum = sumOf(values)
    return sum > 0 ? sum : undefined
  } catch (error) {
    throw toOpError(error, 'read the metrics of the rule')
  }
}

/** Whether Athena sees the canary; undefined while it does not. */
export async function queryLook(
  context: DoctorContext,
  eventId: string,
  sentAt: number,
): Promise<true | undefined> {
  const rows = await askForEvent(context, 'id', eventId, sentAt)
  return rows.length > 0 ? true : undefined
}

function askForEvent(
  {query, road}: DoctorContext,
  column: string,
  eventId: string,
  sentAt: number,
): Promise<readonly AnswerRow[]> {
  const sql = `SELECT ${column} FROM "${road.table.input.Name}" WHERE dt >= ? AND detail.eventid = ?`
  const day = new Date(sentAt - longestBufferMs).toISOString().slice(0, 10)
  return query(sql, [`'${day}'`, `'${eventId}'`])
}
