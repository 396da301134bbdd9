import {Readable} from 'node:stream'
import {openObject} from '../../events/open-object'
import {textOf} from '../../events/open-input'
import {splitInput} from '../../events/split-input'
import type {LakeDeps, LakePlace} from '../compact/lake-deps'
import type {RawObject} from '../raw-objects'
import type {FieldTally} from './field-tally'

/** Objects that are opened at once: each is a call that takes its time. */
const atOnce = 8

/** So many objects are looked into at most, however many there are. */
const mostObjects = 96

/**
 * Lets a tally see about `count` events of raw objects: the first of each, where there are not more than 96 of them, else of so many that lie evenly between
 * the first and the last. Objects of Parquet have no fields but those of their table, so they are passed over. Throws what S3 refuses.
 */
export async function lookAtEvents(
  deps: LookDeps,
  bucket: string,
  {objects, count, tally}: {objects: readonly RawObject[]; count: number; tally: FieldTally},
): Promise<void> {
  const chosen = spread(
    objects.filter(({format}) => format === 'json'),
    Math.min(mostObjects, count),
  )
  const each = Math.ceil(count / Math.max(1, chosen.length))
  for (let at = 0; at < chosen.length; at += atOnce) {
    deps.signal.throwIfAborted()
    const some = chosen.slice(at, at + atOnce)
    await Promise.all(some.map(({key}) => lookIntoObject(deps, bucket, {key, count: each, tally})))
  }
}

/** What looking at events needs. */
export type LookDeps = Pick<LakeDeps, 's3' | 'signal'>

/** Lets a tally see the first `count` events of a raw object of JSON. Throws what S3 refuses. */
export async function lookIntoObject(
  deps: LookDeps,
  bucket: LakePlace['bucket'],
  {key, count, tally}: {key: string; count: number; tally: FieldTally},
): Promise<void> {
  const {body} = await openObject(deps.s3, {bucket, key, signal: deps.signal})
  if (!(body instanceof Readable)) return
  let left = count
  for await (const {text, problem} of splitInput(textOf(body))) {
    const detail = problem === undefined ? detailOf(text) : undefined
    if (detail === undefined) continue
    tally.add(detail)
    left -= 1
    if (left <= 0) break
  }
  body.destroy()
}

/** Some of a list, evenly spread, the last always among them. */
function spread<T>(list: readonly T[], count: number): T[] {
  if (list.length <= count) return [...list]
  return Array.from({length: count}, (_, place) => {
    const at = Math.floor(((place + 1) * list.length) / count) - 1
    return list.slice(at, at + 1)
  }).flat()
}

/** The detail of an event; undefined where the text is none. */
function detailOf(text: string): unknown {
  try {
    return (JSON.parse(text) as {detail?: unknown} | null)?.detail
  } catch {
    return undefined
  }
}
