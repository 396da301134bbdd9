import {toOpError} from '../../aws/map-sdk-error'
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
  const {GetMetricDataCommand} = await import('@aws-sdk/client-cloudwatch')
  const {name, bus} = road.rule
  const onBus = bus === 'default' ? [] : [{Name: 'EventBusName', Value: bus}]
  const Metric = {
    Namespace: 'AWS/Events',
    MetricName: 'MatchedEvents',
    Dimensions: [...onBus, {Name: 'RuleName', Value: name}],
  }
  try {
    const client = await clients.cloudWatch()
    const answer = await client.send(
      new GetMetricDataCommand({
        MetricDataQueries: [{Id: 'matched', MetricStat: {Metric, Period: 60, Stat: 'Sum'}}],
        StartTime: new Date(Math.floor(sentAt / minuteMs) * minuteMs),
        EndTime: new Date(now() + minuteMs),
      }),
    )
    const sum = (answer.MetricDataResults?.[0]?.Values ?? []).reduce((a, b) => a + b, 0)
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
