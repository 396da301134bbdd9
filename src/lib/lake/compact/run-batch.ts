import {OpError} from '../../core/errors'
import {runQuery, runStatement} from '../../reports/run-query'
import type {RecordFormat} from '../../road/record-format'
import {batchText} from '../ledger/compacted'
import type {Ledger} from '../ledger/ledger'
import type {RawObject} from '../raw-objects'
import type {Batch} from './batches'
import {daysSql, insertSql, summarySql} from './insert-sql'
import type {RawChoice} from './insert-sql'
import type {LakeDeps, LakePlace, LearntLake} from './lake-deps'
import {widenRange} from './widen-range'
import {writtenDays} from './written-days'

/** Rows of a batch that came from one raw object and belong to one day. */
export interface BatchRows {
  key: string
  day: string
  rowCount: number
  /** Lines of the object that are no events. */
  malformedCount: number
}

/** What a batch has written. */
export interface BatchOutcome {
  number: number
  rows: BatchRows[]
  /** Days that it has rows of. */
  days: string[]
  scannedBytes: number
  /** The new range of the table's partitions, where a day lay outside. */
  widenedTo: string | undefined
}

/** Athena writes to 100 partitions in one statement at most ("Considerations for CTAS": HIVE_TOO_MANY_OPEN_PARTITIONS). */
const daysAtOnce = 100

/**
 * Writes the rows of a batch into the curated table, where they do not count yet. Answers what is there. A statement that fails may leave rows of its
 * batch behind, so another attempt is a batch of its own. Throws what the queries throw.
 */
export async function runBatch(
  deps: LakeDeps,
  place: LearntLake,
  ledger: Ledger,
  batch: Batch,
): Promise<BatchOutcome> {
  const choices = choicesOf(batch, ledger.head.objects, place.bucket)
  try {
    return await attempt(
      deps,
      place,
      ledger,
      choices.map((choice) => ({choice})),
    )
  } catch (error) {
    if (!(error instanceof OpError) || !error.message.includes('TOO_MANY_OPEN_PARTITIONS')) throw error
    return attempt(deps, place, ledger, await splitByDay(deps, place, choices))
  }
}

interface Part {
  choice: RawChoice
  days?: readonly string[]
}

async function attempt(
  deps: LakeDeps,
  place: LearntLake,
  ledger: Ledger,
  parts: readonly Part[],
): Promise<BatchOutcome> {
  const number = await ledger.begin()
  const text = batchText(number)
  const days = new Set<string>()
  let scannedBytes = 0
  for (const {choice, days: only} of parts) {
    const sql = insertSql(text, choice, {learnt: place.learnt, days: only})
    const execution = await runStatement(deps, {...place, sql, parameters: []})
    scannedBytes += execution.Statistics?.DataScannedInBytes ?? 0
    for (const day of await writtenDays(deps.s3, execution)) days.add(day)
  }
  const sorted = [...days].sort()
  // Days outside the range are not seen by any query, so this comes first.
  const widenedTo = await widenRange(deps, place, sorted)
  const rows = sorted.length === 0 ? [] : await summaryOf(deps, place, text, sorted)
  return {number, rows, days: sorted, scannedBytes, widenedTo}
}

/** One choice for each form that objects of the batch have. */
function choicesOf({objects}: Batch, compacted: readonly string[], bucket: string): RawChoice[] {
  const formats = [...new Set(objects.map(({format}) => format))]
  return formats.map((format) =>
    choiceOf(
      objects.filter((object) => object.format === format),
      format,
      compacted,
      bucket,
    ),
  )
}

/** Whole hours where nothing of them is compacted; else the objects by name, or those that are not to be read, whichever are fewer. */
function choiceOf(
  objects: readonly RawObject[],
  format: RecordFormat,
  compacted: readonly string[],
  bucket: string,
): RawChoice {
  const firstHour = objects[0]?.hour ?? 0
  const lastHour = objects.at(-1)?.hour ?? firstHour
  const address = (key: string) => `s3://${bucket}/${key}`
  if (compacted.length === 0) return {format, firstHour, lastHour}
  const only = objects.map(({key}) => address(key))
  return compacted.length < only.length
    ? {format, firstHour, lastHour, without: compacted.map(address)}
    : {format, firstHour, lastHour, only}
}

async function splitByDay(deps: LakeDeps, place: LakePlace, choices: readonly RawChoice[]): Promise<Part[]> {
  const parts: Part[] = []
  for (const choice of choices) {
    const {rows} = await runQuery(deps, {...place, sql: daysSql(choice), parameters: []})
    const days = rows.map((row) => row['event_day'] ?? '')
    for (let at = 0; at < days.length; at += daysAtOnce)
      parts.push({choice, days: days.slice(at, at + daysAtOnce)})
  }
  return parts
}

async function summaryOf(
  deps: LakeDeps,
  place: LakePlace,
  batch: string,
  days: readonly string[],
): Promise<BatchRows[]> {
  const sql = summarySql(batch, days[0] ?? '', days.at(-1) ?? '')
  const {rows} = await runQuery(deps, {...place, sql, parameters: []})
  return rows.map((row) => ({
    key: (row['object'] ?? '').replace(`s3://${place.bucket}/`, ''),
    day: row['dt'] ?? '',
    rowCount: Number(row['row_count'] ?? 0),
    malformedCount: Number(row['malformed_count'] ?? 0),
  }))
}
