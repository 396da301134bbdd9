import {formatArn} from '../../../../core/arn'
import type {CallContext} from '../../../platform'

export interface ReplayRow {
  name: string
  arn: string
  description?: string
  archive: string
  archiveArn: string
  region: string
  bus: string
  busArn: string
  /** Rules that get the events; absent where all of the bus do. */
  filterArns?: string[]
  /** Events that occurred from here (inclusive) to `toMs` (exclusive), milliseconds since 1970. */
  fromMs: number
  toMs: number
  state: 'STARTING' | 'RUNNING' | 'CANCELLING' | 'COMPLETED' | 'CANCELLED'
  startedAt: number
  endedAt?: number
}

export interface ReplayProgress {
  /** The archive's row up to which everything was replayed. */
  after: string
  /** The time of the last event that was replayed. */
  lastEventMs?: number
}

export const replayKey = (region: string, name: string) => `${region}/${name}`

export function replayArn(ctx: CallContext, name: string): string {
  return formatArn({
    ...{service: 'events', region: ctx.region, accountId: ctx.accountId},
    resource: `replay/${name}`,
  })
}
