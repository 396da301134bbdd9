import {toOpError} from '../../aws/map-sdk-error'
import {layout} from '../../road/layout'
import type {DoctorContext} from '../check'
import {listObjects} from '../lake/raw-objects'
import {objectHolds} from './search-object'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** Firehose: an object stands in the hour of its oldest record, which may have waited for the whole buffering interval. */
const longestBufferMs = 15 * minuteMs

/** Looks for the canary in the raw objects that were written since it was sent. Each object is read once. */
export function storedLook(
  {clients, road, now}: DoctorContext,
  eventId: string,
  sentAt: number,
): () => Promise<string | undefined> {
  const searched = new Set<string>()
  return async () => {
    const client = await clients.s3()
    const {name} = road.bucket
    for (const prefix of hourPrefixes(sentAt - longestBufferMs, now())) {
      const objects = await listObjects(client, name, prefix).catch((error: unknown) => {
        throw toOpError(error, `list the objects of bucket ${name}`)
      })
      for (const {key, writtenAt} of objects) {
        // The clocks of S3 and of this machine may differ a little.
        if (writtenAt < sentAt - minuteMs || searched.has(key)) continue
        if (await objectHolds(clients, name, key, eventId)) return key
        searched.add(key)
      }
    }
    return undefined
  }
}

function hourPrefixes(from: number, to: number): string[] {
  const prefixes: string[] = []
  for (let at = Math.floor(from / hourMs) * hourMs; at <= to; at += hourMs) {
    const text = new Date(at).toISOString()
    prefixes.push(`${layout.eventsFolder}dt=${text.slice(0, 10)}/hour=${text.slice(11, 13)}/`)
  }
  return prefixes
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
  {query, road}: DoctorContext,
  eventId: string,
  sentAt: number,
): Promise<true | undefined> {
  const sql = `SELECT id FROM "${road.table.input.Name}" WHERE dt >= ? AND detail.eventid = ?`
  const day = new Date(sentAt - longestBufferMs).toISOString().slice(0, 10)
  const rows = await query(sql, [`'${day}'`, `'${eventId}'`])
  return rows.length > 0 ? true : undefined
}
