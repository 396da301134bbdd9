import {join} from 'node:path'
import {setTimeout as delay} from 'node:timers/promises'
import type {AwsClients} from '../aws/clients'
import type {Now} from '../core/clock'
import type {RoadSettings} from '../road/settings'
import type {BillDeps} from './billing/month-bill'
import type {Undelivered} from './complete-until'
import {readLakeSource} from './lake-source'
import {scanPrice} from './scan-cost'
import type {GivenPrice} from './scan-cost'
import type {QueryWishes} from './run-query'
import type {ReportPlace} from './run-report'

/** What a report needs of a command's session. */
export interface ReportSession {
  clients: AwsClients
  settings: RoadSettings
  where: {accountId: string; region: string; endpoint: string | undefined}
  now: Now
  config: {names: {athena?: GivenPrice}}
  /** Set where the endpoint is a local one. */
  local: {status: () => Promise<{pending: {count: number; oldestAt?: string}}>} | undefined
}

/** The ports of a report, and of a bill with its statements. `root` is the folder of package.json, where the canned queries are. */
export async function reportDeps(
  session: ReportSession,
  {root, signal, wishes}: {root: string; signal: AbortSignal; wishes?: QueryWishes},
): Promise<BillDeps> {
  const {clients, settings, where, now, local, config} = session
  return {
    ...wishes,
    athena: await clients.athena(),
    results: () => clients.s3(),
    scanPrice: scanPrice(where.region, config.names.athena),
    firehose: () => clients.firehose(),
    stream: settings.stream,
    lakeSource: async () => readLakeSource(await clients.glue(), settings.database),
    undelivered: local && (async () => toUndelivered((await local.status()).pending)),
    sleep: (ms) => delay(ms, undefined, {signal}),
    signal,
    now,
    sqlFolder: join(root, 'reports'),
    statements: {s3: () => clients.s3(), bucket: settings.bucket},
  }
}

/** Where the session's reports read. */
export function reportPlace({settings, where}: ReportSession): ReportPlace {
  return {...where, database: settings.database, workgroup: settings.workgroup}
}

function toUndelivered({count, oldestAt}: {count: number; oldestAt?: string}): Undelivered {
  return {count, ...(oldestAt !== undefined && {oldestAt: Date.parse(oldestAt)})}
}
