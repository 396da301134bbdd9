import {setTimeout as delay} from 'node:timers/promises'
import type {AwsClients} from '../aws/clients'
import type {Now} from '../core/clock'
import type {RoadSettings} from '../road/settings'
import type {LakeDeps, LakePlace} from './compact/lake-deps'
import type {LeaseOwner} from './ledger/head'

/** What working on a lake needs of a command's session. */
export interface LakeSession {
  clients: AwsClients
  settings: RoadSettings
  now: Now
}

/** The ports of the lake's commands. */
export async function lakeDeps(
  {clients, now}: LakeSession,
  {signal, owner, isRunning}: {signal: AbortSignal; owner: LeaseOwner; isRunning: (pid: number) => boolean},
): Promise<LakeDeps> {
  return {
    athena: await clients.athena(),
    s3: await clients.s3(),
    glue: await clients.glue(),
    sleep: (ms) => delay(ms, undefined, {signal}),
    ...{signal, now, owner, isRunning},
  }
}

/** The lake that the session's settings name. */
export function lakePlace({settings}: LakeSession): LakePlace {
  const {bucket, database, workgroup} = settings
  return {bucket, database, workgroup}
}
