import {setTimeout as delay} from 'node:timers/promises'
import {formatArn} from '../../../../core/arn'
import type {CallContext, Platform} from '../../../platform'
import {requireRole} from '../require-role'
import {placeOf} from '../s3-place'
import {glueArn} from '../tags'
import type {JobRow, JobRunRow} from '../work-tables'
import {statementsOf} from './sql-script'

/** How often a run looks whether Athena has ended its statement, in milliseconds. */
const lookEveryMs = 20

interface Execution {
  Status?: {State?: string; StateChangeReason?: string}
}

/**
 * What a run of a job does: the statements of its script one after the other, on Athena. Ends with the first that fails. Throws what
 * becomes the run's ErrorMessage, and the signal's reason where it ends the run.
 */
export async function runScript(
  platform: Platform,
  {job, run, signal}: {job: JobRow; run: JobRunRow; signal: AbortSignal},
): Promise<void> {
  const {definition} = job
  const workgroupArgument = argumentsOf(job, run)['--workgroup'] ?? 'primary'
  const {bucket, key} = placeOf(definition.Command?.ScriptLocation ?? '')
  const role = {platform, role: definition.Role, sourceArn: glueArn(place(platform, run), 'job', job.name)}
  requireRole(role, 's3:GetObject', `arn:aws:s3:::${bucket}/${key}`)
  const workgroup = formatArn({
    ...{service: 'athena', region: run.region, accountId: platform.accountId},
    resource: `workgroup/${workgroupArgument}`,
  })
  requireRole(role, 'athena:StartQueryExecution', workgroup)
  const script = await readText(platform, bucket, key)
  for (const statement of statementsOf(script, argumentsOf(job, run))) {
    signal.throwIfAborted()
    await runStatement(platform, {statement, args: argumentsOf(job, run), run, signal})
  }
}

/** The run's arguments over the job's, and what Glue adds to them. */
function argumentsOf({name, definition}: JobRow, run: JobRunRow): Record<string, string> {
  const workflow = run.chain?.workflow
  return {
    ...definition.DefaultArguments,
    ...run.arguments,
    ...definition.NonOverridableArguments,
    '--JOB_NAME': name,
    '--JOB_RUN_ID': run.id,
    ...(workflow === undefined
      ? {}
      : {'--WORKFLOW_NAME': workflow, '--WORKFLOW_RUN_ID': run.chain?.id ?? ''}),
  }
}

async function readText({blobs}: Platform, bucket: string, key: string): Promise<string> {
  const blob = blobs.bucket(bucket) && blobs.head(bucket, key)
  if (!blob) throw new TypeError(`There is no script at s3://${bucket}/${key}.`)
  const chunks: Buffer[] = []
  for await (const chunk of blobs.read(blob)) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

async function runStatement(
  platform: Platform,
  {
    statement,
    args,
    run,
    signal,
  }: {
    statement: string
    args: Readonly<Record<string, string>>
    run: JobRunRow
    signal: AbortSignal
  },
): Promise<void> {
  const {QueryExecutionId: id} = (await callAthena(platform, run, 'StartQueryExecution', {
    QueryString: statement,
    WorkGroup: args['--workgroup'],
    QueryExecutionContext: {Database: args['--database']},
    ...(args['--TempDir'] === undefined ? {} : {ResultConfiguration: {OutputLocation: args['--TempDir']}}),
  })) as {QueryExecutionId: string}
  for (;;) {
    if (signal.aborted) {
      await callAthena(platform, run, 'StopQueryExecution', {QueryExecutionId: id})
      signal.throwIfAborted()
    }
    const answer = await callAthena(platform, run, 'GetQueryExecution', {QueryExecutionId: id})
    const {State, StateChangeReason} = (answer as {QueryExecution: Execution}).QueryExecution.Status ?? {}
    if (State === 'SUCCEEDED') return
    if (State === 'FAILED' || State === 'CANCELLED') {
      throw new TypeError(`${StateChangeReason ?? State} (query execution ${id})`)
    }
    await delay(lookEveryMs)
  }
}

async function callAthena(platform: Platform, run: JobRunRow, operation: string, input: object) {
  const athena = await platform.service('athena')
  return (await athena?.operations[operation]?.(input, place(platform, run))) as unknown
}

function place({accountId, clock}: Platform, {region, id}: JobRunRow): CallContext {
  return {accountId, region, requestId: id, endpoint: '', now: clock.now()}
}
