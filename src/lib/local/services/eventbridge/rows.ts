import type {LogConfig, Target} from '@aws-sdk/client-eventbridge'
import {formatArn} from '../../../core/arn'
import type {CallContext} from '../../platform'
import {notEmulated, ServiceError} from '../../service-error'
import type {Collection, Store} from '../../store'
import type {ArchiveRow} from './archives/archive-row'
import type {ReplayProgress, ReplayRow} from './archives/replay-row'

export interface BusRow {
  name: string
  arn: string
  description?: string
  logConfig?: LogConfig
  /** The bus's resource policy, JSON text. */
  policy?: string
  createdAt: number
  modifiedAt: number
}

export interface RuleRow {
  name: string
  bus: string
  arn: string
  /** JSON text, as it was put. */
  eventPattern: string
  state: 'ENABLED' | 'DISABLED'
  description?: string
  roleArn?: string
  targets: Target[]
  /** The archive that the service keeps this rule for; nobody else may change it. */
  archiveArn?: string
}

/** The tables of the service, and where in them a bus and a rule stand. */
export interface Tables {
  buses: Collection<BusRow>
  rules: Collection<RuleRow>
  /** Has a row for `REGION/BUS_ARN` while the bus has a started discoverer; kept by the service Schemas. */
  discoveredBuses: Collection<unknown>
  archives: Collection<ArchiveRow>
  replays: Collection<ReplayRow>
  /** How far a replay has come, by the replay's key. */
  replayProgress: Collection<ReplayProgress>
  /** Tags by ARN. */
  tags: Collection<Record<string, string>>
}

export function openTables(store: Store): Tables {
  return {
    buses: store.collection('events/buses'),
    rules: store.collection('events/rules'),
    discoveredBuses: store.collection('schemas/discovered-buses'),
    archives: store.collection('events/archives'),
    replays: store.collection('events/replays'),
    replayProgress: store.collection('events/replay-progress'),
    tags: store.collection('events/tags'),
  }
}

export const busKey = (region: string, bus: string) => `${region}/${bus}`
/** Bus names of partner sources hold slashes; the bar, which no name may hold, ends the bus's part. */
export const ruleKey = (region: string, bus: string, rule: string) => `${region}/${bus}|${rule}`

export function busArn(ctx: CallContext, name: string): string {
  return formatArn({
    service: 'events',
    region: ctx.region,
    accountId: ctx.accountId,
    resource: `event-bus/${name}`,
  })
}

/** `rule/NAME` on the default bus, `rule/BUS/NAME` on others. */
export function ruleArn(ctx: CallContext, bus: string, rule: string): string {
  const resource = bus === 'default' ? `rule/${rule}` : `rule/${bus}/${rule}`
  return formatArn({service: 'events', region: ctx.region, accountId: ctx.accountId, resource})
}

/** A bus by name or ARN; `default` where none is said. Throws ValidationException for the ARN of another account or region. */
export function busName(nameOrArn: string | undefined, ctx: CallContext): string {
  if (nameOrArn === undefined) return 'default'
  const [, region, accountId, name] =
    /^arn:[^:]+:events:([^:]*):([^:]*):event-bus\/(.+)$/.exec(nameOrArn) ?? []
  if (name === undefined) return nameOrArn
  if (region !== ctx.region || accountId !== ctx.accountId) {
    throw notEmulated(`An event bus of another account or region (${nameOrArn})`)
  }
  return name
}

/** The row of a bus. Every account has a default bus without making it. Throws ResourceNotFoundException. */
export function busOrThrow(tables: Tables, ctx: CallContext, name: string): BusRow {
  const row = tables.buses.get(busKey(ctx.region, name))
  if (row) return row
  if (name === 'default') return {name, arn: busArn(ctx, name), createdAt: 0, modifiedAt: 0}
  throw new ServiceError('ResourceNotFoundException', `Event bus ${name} does not exist.`)
}

/** The row of a rule. Throws ResourceNotFoundException for a missing bus or rule. */
export function ruleOrThrow(tables: Tables, ctx: CallContext, bus: string, rule: string): RuleRow {
  busOrThrow(tables, ctx, bus)
  const row = tables.rules.get(ruleKey(ctx.region, bus, rule))
  if (!row)
    throw new ServiceError('ResourceNotFoundException', `Rule ${rule} does not exist on EventBus ${bus}.`)
  return row
}
