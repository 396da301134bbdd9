import {join} from 'node:path'
import {setTimeout as delay} from 'node:timers/promises'
import type {AwsClients} from '../aws/clients'
import type {Now} from '../core/clock'
import type {RoadSettings} from '../road/settings'
import type {BillDeps} from './billing/month-bill'
import type {Undelivered} from './complete-until'
import {readLakeSource} from './lake-source'
import type {ReportDeps, ReportPlace} from './run-report'

/** What a report needs of a command's session. */
export interface ReportSession {
  clients: AwsClients
  settings: RoadSettings
  where: {accountId: string; region: string; endpoint: string | undefined}
  now: Now
  /** Set where the endpoint is a local one. */
  local: {status: () => Promise<{pending: {count: number; oldestAt?: string}}>} | undefined
}

/** The ports of a report. `root` is the folder of package.json, where the canned queries are. */
export async function reportDeps(
  session: ReportSession,
  {root, signal}: {root: string; signal: AbortSignal},
): Promise<ReportDeps> {
  const {clients, settings, now, local} = session
  return {
    athena: await clients.athena(),
    firehose: () => clients.firehose(),
    stream: settings.stream,
    lakeSource: async () => readLakeSource(await clients.glue(), settings.database),
    undelivered: local && (async () => toUndelivered((await local.status()).pending)),
    sleep: (ms) => delay(ms, undefined, {signal}),
    signal,
    now,
    sqlFolder: join(root, 'reports'),
  }
}

/** The ports of a bill: a report's, and where closed months are kept. */
export async function billDeps(
  session: ReportSession,
  from: {root: string; signal: AbortSignal},
): Promise<BillDeps> {
  const statements = {s3: () => session.clients.s3(), bucket: session.settings.bucket}
  return {...(await reportDeps(session, from)), statements}
}

/** Where the session's reports read. */
export function reportPlace({settings, where}: ReportSession): ReportPlace {
  return {...where, database: settings.database, workgroup: settings.workgroup}
}

function toUndelivered({count, oldestAt}: {count: number; oldestAt?: string}): Undelivered {
  return {count, ...(oldestAt !== undefined && {oldestAt: Date.parse(oldestAt)})}
}
