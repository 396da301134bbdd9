import {usageEventColumns} from '../usage-event/columns'
import type {RecordFormat} from './record-format'

/** A column of the curated table and of the view over the lake, and how it comes from a row of a raw table. */
export interface EventColumn {
  name: string
  /** Hive type, as Glue's catalog has it. */
  type: string
  /** What it is of a row of a raw table: a column or a member of one. Undefined for a column that is made of others. */
  raw?: string
  /** SQL over the other columns, where it is not what the raw table has; in the common subset of Athena and DuckDB. */
  made?: string
  comment?: string
}

/**
 * A field of events that the contract does not name and that has a column all the same, because a compaction came upon it. Which there are the catalog
 * says and nothing else: `learnt-fields.ts` reads them out of its tables.
 */
export interface LearntField {
  /** From the detail on, as events spell it: `['billing', 'regionCode']`. */
  path: readonly string[]
  hiveType: string
}

/**
 * Which of the learnt fields a raw table has. One of Parquet has none: its columns are what Firehose converts events to, and an event with one value that
 * does not fit its column is put aside as a whole (Firehose, "Record format conversion": `format-conversion-failed`), so that it would not be billed.
 */
export function learntOf(format: RecordFormat, learnt: readonly LearntField[]): readonly LearntField[] {
  return format === 'json' ? learnt : []
}

/** ISO-8601 as both engines read it; each alone takes more (a leap second, an offset of 18 hours), and the bill must not depend on the engine. */
const isoTime =
  '^[0-9]{4}(-[0-9]{2}){2}T([01][0-9]|2[0-3])(:[0-5][0-9]){2}([.][0-9]{1,9}|)' +
  '(Z|[+-](0[0-9]|1[0-3])(:[0-5][0-9]|[0-5][0-9]|)|[+-]14(:00|00|)|)$'

/**
 * The time that is billed: `occurredAt`, else (absent or malformed) the envelope's time. AT TIME ZONE 'UTC' comes before the cast, because Trino's
 * cast keeps the wall clock of the offset. CASE keeps out what only one engine would read as a time, and keeps DuckDB from pushing the cast of a
 * struct's field into the scan, where TRY does not hold.
 */
const billingTime = `date_trunc('millisecond', COALESCE(${['"occurred_at"', '"envelope_time"'].map(timeOf).join(', ')}))`

function timeOf(text: string): string {
  const isoText = `CASE WHEN regexp_like(${text}, '${isoTime}') THEN ${text} END`
  return `TRY(CAST(from_iso8601_timestamp(${isoText}) AT TIME ZONE 'UTC' AS TIMESTAMP))`
}

/** What the envelope and the lake say of an event; what the producer says comes after it. */
const envelope: readonly EventColumn[] = [
  {name: 'object', type: 'string', raw: '"$path"', comment: 'The raw object that the event arrived in.'},
  {name: 'envelope_id', type: 'string', raw: '"id"', comment: 'The id that EventBridge gave the event.'},
  {name: 'envelope_time', type: 'string', raw: '"time"', comment: 'When EventBridge took it, ISO-8601.'},
  {name: 'source', type: 'string', raw: '"source"'},
  {name: 'detail_type', type: 'string', raw: '"detail_type"'},
  {name: 'account', type: 'string', raw: '"account"'},
  {name: 'region', type: 'string', raw: '"region"'},
  {
    name: 'billing_time',
    type: 'timestamp',
    made: billingTime,
    comment: 'The time that is billed (UTC): occurredAt, else the time of the envelope.',
  },
]

/** A quantity beyond these bounds, or that is no plain number (DuckDB alone reads `1_000`), is none; every report counts such an event as one unit. */
const quantity = {
  type: 'decimal(38,9)',
  made: `TRY_CAST(CASE WHEN regexp_like("quantity", '^[0-9+.eE-]+$') THEN "quantity" END AS DECIMAL(38, 9))`,
}

/**
 * Every column of an event in the lake, in order: the envelope, the billing time, each leaf of the contract (`service.name` is `service_name`), then the
 * fields that were learnt, each with where it comes from as its comment.
 */
export function eventColumns(learnt: readonly LearntField[] = []): EventColumn[] {
  const leaves = usageEventColumns().map(({path, hiveType}): EventColumn => {
    const name = columnName(path)
    const raw = rawMember(path)
    return name === 'quantity' ? {name, raw, ...quantity} : {name, type: hiveType, raw}
  })
  return [...envelope, ...leaves, ...learnt.map(learntColumn)]
}

/** What the column of a field is called: `['service', 'name']` is `service_name`, `['userID']` is `user_id`. */
export function columnName(path: readonly string[]): string {
  return path.map(snakeCase).join('_')
}

function learntColumn({path, hiveType}: LearntField): EventColumn {
  return {name: columnName(path), type: hiveType, raw: rawMember(path), comment: `detail.${path.join('.')}`}
}

function rawMember(path: readonly string[]): string {
  return `detail.${path.map((step) => `"${step.toLowerCase()}"`).join('.')}`
}

/**
 * The events of a raw table as those columns, and its `dt`: a SELECT. Members are taken out first and looked at then: Trino 483 fails to plan TRY over
 * a member of a column ("Invalid node. Expression dependencies are not in source plan output").
 */
export function rawEvents(table: string, where: string, learnt: readonly LearntField[] = []): string {
  const columns = eventColumns(learnt)
  const taken = columns.flatMap(({name, raw}) => (raw === undefined ? [] : [`${raw} AS "${name}"`]))
  const made = columns.map(({name, made: sql}) => (sql === undefined ? `"${name}"` : `${sql} AS "${name}"`))
  return `SELECT ${made.join(', ')}, "dt"
FROM (
SELECT ${taken.join(', ')}, "dt"
FROM "${table}"${where}
) AS taken`
}

function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
}
