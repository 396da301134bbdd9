import {dayMs, formatDay} from '../../core/time'
import type {AnswerRow, Check} from '../check'
import {ok, skipped, warn} from '../finding'

const days = 7

/**
 * Services of the last days, when each was last heard of, and how many numbers are missing in the sequences of its instances.
 * Requests that overlap end in another order than they began, so a run of numbers is looked at as a whole; a new run
 * begins where the numbers fall far back, as they do when an instance starts again. `dt` is the day of arrival.
 */
const sql = `WITH seen AS (
  SELECT
    detail.service.name AS service,
    detail.service.instance AS instance,
    "time" AS sent_at,
    COALESCE(detail.occurredat, "time") AS occurred_at,
    detail.sequence AS sequence,
    lag(detail.sequence) OVER (
      PARTITION BY detail.service.name, detail.service.instance
      ORDER BY COALESCE(detail.occurredat, "time"), detail.sequence
    ) AS previous
  FROM "{{table}}"
  WHERE dt >= ? AND COALESCE(detail.test, FALSE) = FALSE AND detail.service.name IS NOT NULL
), numbered AS (
  SELECT
    service,
    instance,
    sent_at,
    sequence,
    sum(CASE WHEN previous - sequence > 16 AND sequence * 2 < previous THEN 1 ELSE 0 END) OVER (
      PARTITION BY service, instance
      ORDER BY occurred_at, sequence
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS run
  FROM seen
), runs AS (
  SELECT
    service,
    max(sent_at) AS last_seen,
    CASE WHEN instance IS NULL THEN 0 ELSE max(sequence) - min(sequence) + 1 - count(DISTINCT sequence) END AS missing
  FROM numbered
  GROUP BY service, instance, run
)
SELECT
  service,
  max(last_seen) AS last_seen,
  CAST(sum(COALESCE(missing, 0)) AS VARCHAR) AS missing
FROM runs
GROUP BY service
ORDER BY service`

/** Services that fell silent, and numbers that never came: what only the lake can tell. */
export const producers: Check = {
  hop: 'producers',
  after: ['bucket', 'database', 'table', 'projection', 'workgroup'],
  permissions: [
    ...['athena:StartQueryExecution', 'athena:GetQueryExecution', 'athena:GetQueryResults'],
    ...['glue:GetTable', 's3:GetObject', 's3:ListBucket', 's3:PutObject'],
  ],
  run: async ({query, road, now}) => {
    const text = sql.replace('{{table}}', road.table.input.Name)
    const rows = await query(text, [`'${formatDay(now() - days * dayMs)}'`])
    if (rows.length === 0) return skipped(`No service has sent a usage event in ${days} days.`)
    const silent = rows.filter((row) => now() - Date.parse(row['last_seen'] ?? '') > dayMs)
    const gappy = rows.filter((row) => BigInt(row['missing'] ?? '0') > 0n)
    const seen = `${countOf(rows, 'service')} sent usage events in ${days} days`
    if (silent.length === 0 && gappy.length === 0)
      return ok(`${seen}, none silent for 24 hours, no gap in a sequence.`)
    const faults = [
      ...(silent.length > 0 ? [`silent for 24 hours: ${namesOf(silent, lastSeen)}`] : []),
      ...(gappy.length > 0 ? [`events missing in a sequence: ${namesOf(gappy, missing)}`] : []),
    ]
    return warn(`${seen}; ${faults.join('; ')}.`)
  },
}

function countOf(rows: readonly AnswerRow[], noun: string): string {
  return rows.length === 1 ? `1 ${noun}` : `${rows.length} ${noun}s`
}

function lastSeen(row: AnswerRow): string {
  return `${row['service'] ?? ''} (last ${row['last_seen'] ?? 'unknown'})`
}

function missing(row: AnswerRow): string {
  return `${row['service'] ?? ''} (${row['missing'] ?? ''})`
}

const shown = 10

function namesOf(rows: readonly AnswerRow[], words: (row: AnswerRow) => string): string {
  const names = rows.slice(0, shown).map(words)
  const left = rows.length - shown
  return left > 0 ? `${names.join(', ')} and ${left} more` : names.join(', ')
}
