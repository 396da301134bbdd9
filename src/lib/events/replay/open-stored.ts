import type {Readable} from 'node:stream'
import type {S3Client} from '@aws-sdk/client-s3'
import {OpError} from '../../core/errors'
import {parseRange, type TimeRange} from '../../core/time'
import {rawLayouts} from '../../road/layout'
import type {RoadSettings} from '../../road/settings'
import type {InputElement} from '../input-element'
import {openInput} from '../open-input'
import {splitInput} from '../split-input'
import {parseS3Address, storedEvents, storedEventsUnder} from '../stored-events'
import {foldersOf} from './lake-objects'

export interface StoredSource {
  /** What it is called, for a person. */
  name: string
  elements: AsyncIterable<InputElement>
}

export interface StoredFrom {
  settings: RoadSettings
  range: TimeRange | undefined
  now: number
  stdin: Readable
  signal: AbortSignal
  s3: () => Promise<S3Client>
}

/**
 * The range that `--from` and `--to` mean; undefined where neither is given, which only a named source allows. Throws
 * `BAD_USAGE` and `BAD_TIME` (usage).
 */
export function rangeOf(
  file: string | undefined,
  given: {from?: string | undefined; to?: string | undefined},
  now: number,
): TimeRange | undefined {
  if (given.from !== undefined) return parseRange(given, now)
  if (given.to === undefined && file !== undefined) return undefined
  throw rangeMissing()
}

function rangeMissing(): OpError {
  const message = 'It must be said from which time on events are sent again: --from.'
  return new OpError('usage', 'BAD_USAGE', message, {hint: 'usage-tracker events replay lake --from -2h'})
}

/**
 * Opens stored events: a file, standard input (`-`), the objects under `s3://BUCKET/PREFIX`, or those objects of the lake in which events
 * of the range can lie. Throws `INPUT_NOT_READABLE`, `BAD_S3_ADDRESS`, `LAKE_OF_PARQUET`, `NO_LAKE` (usage), and when it is read
 * `OBJECTS_ABSENT` (absent) and what S3 refuses.
 */
export async function openStored(file: string | undefined, from: StoredFrom): Promise<StoredSource> {
  if (file === undefined) return openLake(from)
  const place = parseS3Address(file)
  if (place) return {name: file, elements: storedEvents(await from.s3(), place, from.signal).elements}
  const name = file === '-' ? 'standard input' : file
  return {name, elements: splitInput(await openInput(file, from.stdin, from.signal))}
}

async function openLake({settings, range, now, s3, signal}: StoredFrom): Promise<StoredSource> {
  if (!range) throw rangeMissing()
  const prefixes = foldersOf(settings, range, now)
  const {elements} = storedEventsUnder(await s3(), {bucket: settings.bucket, prefixes}, signal)
  return {name: `s3://${settings.bucket}/${rawLayouts.json.folder}`, elements}
}
