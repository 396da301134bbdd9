import {formatArn} from '../../../../core/arn'
import type {CallContext} from '../../../platform'

export interface ArchiveRow {
  name: string
  arn: string
  /** Tells the events of this archive from those of an earlier one of its name. */
  id: string
  bus: string
  busArn: string
  description?: string
  /** JSON text, as it was put; absent where every event is kept. */
  eventPattern?: string
  /** 0 keeps events for ever. */
  retentionDays: number
  createdAt: number
}

export const archiveKey = (region: string, name: string) => `${region}/${name}`

export function archiveArn(ctx: CallContext, name: string): string {
  return formatArn({
    ...{service: 'events', region: ctx.region, accountId: ctx.accountId},
    resource: `archive/${name}`,
  })
}
