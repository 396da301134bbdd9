import type {Row} from '../../core/column'
import {hourMs} from '../../core/time'
import type {LakeDeps, LakePlace} from '../compact/lake-deps'
import {FieldTally} from '../fields/field-tally'
import {learntFields, readLakeTables} from '../fields/lake-tables'
import {lookIntoObject} from '../fields/look-at-events'
import {fieldFindings} from '../fields/settle-fields'
import {listRawObjects} from '../raw-objects'

/** What the fields of the newest raw events say against the columns of the tables. */
export interface FieldSample {
  eventCount: number
  fields: Row[]
}

/** Looks at the fields of about `count` events, from the newest raw objects of JSON of the day `lastDay` on. Throws what S3 and Glue refuse. */
export async function sampleFields(
  deps: LakeDeps,
  {bucket, database}: LakePlace,
  {count, lastDay}: {count: number; lastDay: string | undefined},
): Promise<FieldSample> {
  if (lastDay === undefined) return {eventCount: 0, fields: []}
  const range = {from: Date.parse(`${lastDay}T00:00:00Z`), to: deps.now() + 24 * hourMs}
  const objects = await listRawObjects({s3: deps.s3, bucket}, range)
  const learnt = learntFields(await readLakeTables(deps.glue, database))
  const tally = new FieldTally(learnt)
  for (const {key} of objects.filter(({format}) => format === 'json').reverse()) {
    if (tally.eventCount >= count) break
    await lookIntoObject(deps, bucket, {key, count: count - tally.eventCount, tally})
  }
  return {eventCount: tally.eventCount, fields: fieldFindings(tally, learnt)}
}
