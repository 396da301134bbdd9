import {Readable} from 'node:stream'
import type {Row} from '../../core/column'
import {hourMs} from '../../core/time'
import {openObject} from '../../events/open-object'
import {textOf} from '../../events/open-input'
import {splitInput} from '../../events/split-input'
import type {LakeDeps, LakePlace} from '../compact/lake-deps'
import {listRawObjects} from '../raw-objects'
import {fieldFindings} from './field-findings'

/** What the fields of the newest raw events say against the columns of the tables. */
export interface FieldSample {
  eventCount: number
  fields: Row[]
}

/** Looks at the fields of about `count` events, from the newest raw objects of JSON of the day `lastDay` on. Throws what S3 refuses. */
export async function sampleFields(
  deps: LakeDeps,
  {bucket}: LakePlace,
  {count, lastDay}: {count: number; lastDay: string | undefined},
): Promise<FieldSample> {
  if (lastDay === undefined) return {eventCount: 0, fields: []}
  const range = {from: Date.parse(`${lastDay}T00:00:00Z`), to: deps.now() + 24 * hourMs}
  const objects = await listRawObjects({s3: deps.s3, bucket}, range)
  const details: unknown[] = []
  for (const {key} of objects.filter(({format}) => format === 'json').reverse()) {
    if (details.length >= count) break
    const {body} = await openObject(deps.s3, {bucket, key, signal: deps.signal})
    if (body instanceof Readable) await take(body, details, count)
  }
  return {eventCount: details.length, fields: fieldFindings(details)}
}

async function take(body: Readable, details: unknown[], count: number): Promise<void> {
  for await (const {text, problem} of splitInput(textOf(body))) {
    if (details.length >= count) break
    const detail = problem === undefined ? detailOf(text) : undefined
    if (detail !== undefined) details.push(detail)
  }
  body.destroy()
}

/** The detail of an event; undefined where the text is none. */
function detailOf(text: string): unknown {
  try {
    return (JSON.parse(text) as {detail?: unknown} | null)?.detail
  } catch {
    return undefined
  }
}
