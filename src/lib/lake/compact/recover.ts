import {toOpError} from '../../aws/map-sdk-error'
import {waitUntil} from '../../aws/wait'
import {runQuery} from '../../reports/run-query'
import {batchText} from '../ledger/compacted'
import type {Ledger} from '../ledger/ledger'
import {objectsOfBatchesSql} from './insert-sql'
import type {LakeDeps, LakePlace} from './lake-deps'

/** Athena ends a statement after so long at most, unless its quota was raised. */
const longestQueryMs = 30 * 60_000

/**
 * Takes away what batches have left that never came to their end: their statements are stopped, then the objects with their rows deleted. The
 * view leaves these rows out all the while. Throws what Athena and S3 refuse.
 */
export async function recover(
  deps: LakeDeps,
  place: LakePlace,
  ledger: Ledger,
): Promise<{deletedCount: number}> {
  const batches = ledger.head.lost.map(batchText)
  if (batches.length === 0) return {deletedCount: 0}
  await stopStatements(deps, place, batches)
  const {rows} = await runQuery(deps, {...place, sql: objectsOfBatchesSql(batches), parameters: []})
  const keys = rows.map((row) => (row['object'] ?? '').replace(`s3://${place.bucket}/`, ''))
  await deleteObjects(deps, place, keys)
  await ledger.save({lost: []})
  return {deletedCount: keys.length}
}

/** A run that was killed may have left its statement running. */
async function stopStatements(
  {athena, now, sleep, signal}: LakeDeps,
  {workgroup}: LakePlace,
  batches: readonly string[],
) {
  const {BatchGetQueryExecutionCommand, ListQueryExecutionsCommand, StopQueryExecutionCommand} =
    await import('@aws-sdk/client-athena')
  const running = async () => {
    const {QueryExecutionIds = []} = await athena.send(new ListQueryExecutionsCommand({WorkGroup: workgroup}))
    if (QueryExecutionIds.length === 0) return []
    const {QueryExecutions = []} = await athena.send(new BatchGetQueryExecutionCommand({QueryExecutionIds}))
    return QueryExecutions.filter(
      ({Query: sql = '', Status: status}) =>
        /^(QUEUED|RUNNING)$/.test(status?.State ?? '') &&
        batches.some((batch) => sql.includes(`'${batch}' AS "batch"`)),
    )
  }
  try {
    for (const {QueryExecutionId} of await running())
      await athena.send(new StopQueryExecutionCommand({QueryExecutionId}))
    const look = async () => ((await running()).length === 0 ? true : undefined)
    await waitUntil(look, {
      now,
      sleep,
      signal,
      timeoutMs: longestQueryMs,
      waitingFor: 'statements of a lost compaction to end',
    })
  } catch (error) {
    throw toOpError(error, `stop the statements of a lost compaction in workgroup ${workgroup}`)
  }
}

/** S3 deletes a thousand objects with one call. */
async function deleteObjects({s3}: LakeDeps, {bucket: Bucket}: LakePlace, keys: readonly string[]) {
  const {DeleteObjectsCommand} = await import('@aws-sdk/client-s3')
  try {
    for (let at = 0; at < keys.length; at += 1000) {
      const Objects = keys.slice(at, at + 1000).map((Key) => ({Key}))
      await s3.send(new DeleteObjectsCommand({Bucket, Delete: {Objects, Quiet: true}}))
    }
  } catch (error) {
    throw toOpError(error, `delete what a lost compaction left in bucket ${Bucket}`)
  }
}
