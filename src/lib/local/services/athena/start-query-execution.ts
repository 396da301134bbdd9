import {randomUUID} from 'node:crypto'
import type {StartQueryExecutionCommandInput, StartQueryExecutionCommandOutput} from '@aws-sdk/client-athena'
import {holdsSeveralStatements} from '../../athena-sql/statement'
import {statementKind} from '../../athena-sql/statement-kind'
import type {BlobStore} from '../../blob-store'
import type {CallContext, Operation} from '../../platform'
import {notEmulated} from '../../service-error'
import {invalidRequest} from './errors'
import {placeOf} from './place'
import type {QueryRunner} from './query-runner'
import type {QueryRow, QueryStore} from './query-store'
import {reuseMinutes} from './reuse-result'
import {checkLocation} from './work-group-configuration'
import type {WorkGroupRow, WorkGroupStore} from './work-group-store'

type Input = StartQueryExecutionCommandInput

export interface QueryDesk {
  groups: WorkGroupStore
  queries: QueryStore
  runner: QueryRunner
  blobs: BlobStore
}

/**
 * StartQueryExecution: the query stands in the store when this answers, and runs afterwards. A repetition under the same
 * `ClientRequestToken` gets the first one's id. Throws `InvalidRequestException`.
 */
export function startQueryExecution(desk: QueryDesk): Operation<Input, StartQueryExecutionCommandOutput> {
  return (input, ctx) => {
    check(input)
    const {ClientRequestToken: token, ...request} = input
    const asked = JSON.stringify(request)
    const known = token === undefined ? undefined : desk.queries.startedBy(ctx.region, token, asked)
    if (known !== undefined) return {QueryExecutionId: known}
    const row = toRow(input, desk, ctx)
    desk.queries.store.write(() => {
      desk.queries.put(row)
      if (token !== undefined) desk.queries.putToken(row, token, asked)
    })
    desk.runner.start(row)
    return {QueryExecutionId: row.id}
  }
}

function check(input: Input): void {
  const sql = input.QueryString ?? ''
  if (sql.trim() === '') throw invalidRequest('Query string cannot be empty', 'MALFORMED_QUERY')
  if (sql.length > 262_144) throw invalidRequest('Query string must be at most 262144 characters long.')
  if (holdsSeveralStatements(sql)) {
    throw invalidRequest(`Only one sql statement is allowed. Got: ${sql}`, 'MALFORMED_QUERY')
  }
  const token = input.ClientRequestToken
  if (token !== undefined && (token.length < 32 || token.length > 128)) {
    throw invalidRequest('ClientRequestToken must be 32 to 128 characters long.')
  }
  const parameters = input.ExecutionParameters ?? []
  if (parameters.some((parameter) => parameter.length < 1 || parameter.length > 1024)) {
    throw invalidRequest('An execution parameter must be 1 to 1024 characters long.')
  }
  if (input.EngineConfiguration) throw notEmulated('EngineConfiguration', 'InvalidRequestException')
  const catalog = input.QueryExecutionContext?.Catalog
  if (catalog !== undefined && catalog.toLowerCase() !== 'awsdatacatalog') {
    throw notEmulated(`The catalog ${catalog}`, 'InvalidRequestException')
  }
}

function toRow(input: Input, desk: QueryDesk, ctx: CallContext): QueryRow {
  const group = desk.groups.require(ctx.region, input.WorkGroup ?? 'primary')
  if (group.State === 'DISABLED') throw invalidRequest(`WorkGroup ${group.Name} is disabled.`)
  const id = randomUUID()
  const location = outputLocation(input, group, desk.blobs)
  const enforced = group.Configuration?.EnforceWorkGroupConfiguration === true
  const asked = enforced ? group.Configuration?.ResultConfiguration : input.ResultConfiguration
  return {
    id,
    region: ctx.region,
    sql: input.QueryString ?? '',
    parameters: input.ExecutionParameters ?? [],
    workGroup: group.Name,
    context: {...input.QueryExecutionContext},
    resultConfiguration: {
      ...asked,
      OutputLocation: `${location.replace(/\/*$/, '/')}${id}${resultSuffix(input.QueryString ?? '')}`,
    },
    enforcesLocation: enforced,
    reuseMinutes: reuseMinutes(input),
    bytesScannedCutoff: group.Configuration?.BytesScannedCutoffPerQuery,
    state: 'QUEUED',
    reason: undefined,
    error: undefined,
    submittedAt: ctx.now,
    startedAt: undefined,
    completedAt: undefined,
    scannedBytes: 0,
    columns: [],
  }
}

/** A query has a table for its result, a statement over the catalog lines; one that writes has no result file, but a manifest beside this name. */
function resultSuffix(sql: string): string {
  const {type, substatement} = statementKind(sql)
  if (type !== 'DML') return '.txt'
  return substatement === 'SELECT' ? '.csv' : ''
}

/** A workgroup that enforces its configuration overrides the client's silently. */
function outputLocation(input: Input, group: WorkGroupRow, blobs: BlobStore): string {
  const own = group.Configuration?.ResultConfiguration?.OutputLocation
  const asked = input.ResultConfiguration?.OutputLocation
  const location = group.Configuration?.EnforceWorkGroupConfiguration ? own : (asked ?? own)
  if (location === undefined || location === '') {
    throw invalidRequest(
      'No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.',
    )
  }
  checkLocation(location)
  const {bucket} = placeOf(location)
  if (!blobs.bucket(bucket)) throw invalidRequest(`Unable to verify/create output bucket ${bucket}`)
  return location
}
