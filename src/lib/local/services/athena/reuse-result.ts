import type {StartQueryExecutionCommandInput} from '@aws-sdk/client-athena'
import {statementKind} from '../../athena-sql/statement-kind'
import {tokensOf} from '../../athena-sql/words/tokens'
import type {BlobStore} from '../../blob-store'
import {invalidRequest} from './errors'
import {placeOf} from './place'
import type {QueryRow, QueryStore} from './query-store'

/** Seven days. */
const maxMinutes = 10_080

/** Functions that give another answer each time; a query with one of them is always run. */
const changing = new Set(
  `now current_date current_time current_timestamp localtime localtimestamp current_user rand random uuid shuffle`.split(
    ' ',
  ),
)

/** How old a result may be that is taken in place of a new one, in minutes: 60 unless said otherwise; undefined where none may. Throws `InvalidRequestException`. */
export function reuseMinutes(input: StartQueryExecutionCommandInput): number | undefined {
  const {Enabled, MaxAgeInMinutes = 60} = input.ResultReuseConfiguration?.ResultReuseByAgeConfiguration ?? {}
  if (MaxAgeInMinutes < 0 || MaxAgeInMinutes > maxMinutes) {
    const rule = MaxAgeInMinutes < 0 ? 'greater than or equal to 0' : `less than or equal to ${maxMinutes}`
    throw invalidRequest(
      `1 validation error detected: Value '${MaxAgeInMinutes}' at 'resultReuseConfiguration.resultReuseByAgeConfiguration.maxAgeInMinutes' failed to satisfy constraint: Member must have value ${rule}`,
    )
  }
  return Enabled === true ? MaxAgeInMinutes : undefined
}

/**
 * The newest execution whose result is taken for this query: the same text and parameters in the same workgroup and database, with results in
 * the same place, ended within the age that the query allows, its file still there. As on Athena nobody looks whether data have changed
 * since. Undefined where there is none.
 */
export function reusableResult(
  row: QueryRow,
  now: number,
  {queries, blobs}: {queries: QueryStore; blobs: BlobStore},
): QueryRow | undefined {
  if (row.reuseMinutes === undefined || !isReusable(row.sql)) return undefined
  const since = now - row.reuseMinutes * 60_000
  const asked = askedOf(row)
  return queries.newestFirst(row.region, row.workGroup).find((other) => {
    if (other.state !== 'SUCCEEDED' || other.reused || (other.completedAt ?? 0) < since) return false
    const {bucket, key} = placeOf(other.resultConfiguration.OutputLocation ?? '')
    return askedOf(other) === asked && blobs.head(bucket, key) !== undefined
  })
}

function isReusable(sql: string): boolean {
  if (statementKind(sql).substatement !== 'SELECT') return false
  for (const {kind, raw} of tokensOf(sql, 'trino')) {
    if (kind === 'word' && changing.has(raw.toLowerCase())) return false
  }
  return true
}

function askedOf({sql, parameters, context, resultConfiguration}: QueryRow): string {
  const {OutputLocation = '', ...configuration} = resultConfiguration
  const folder = OutputLocation.replace(/[^/]*$/, '')
  return JSON.stringify([sql, parameters, context.Database?.toLowerCase(), folder, configuration])
}
