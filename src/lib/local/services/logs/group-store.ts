import {formatArn, tryParseArn} from '../../../core/arn'
import type {CallContext} from '../../platform'
import {ServiceError} from '../../service-error'
import type {Collection, Store} from '../../store'
import {invalidParameter} from './errors'

export interface LogGroup {
  /** Of this group and no later one of the same name: streams and events stand under it. 20 digits. */
  row: string
  name: string
  region: string
  /** Without the `:*` at the end that some of AWS's answers have. */
  arn: string
  createdAt: number
  /** Absent: events are kept for ever. */
  retentionDays?: number
  tags: Record<string, string>
}

/** The log groups of every region. */
export class GroupStore {
  private readonly rows: Collection<LogGroup>

  constructor(private readonly store: Store) {
    this.rows = store.collection('logs/groups')
  }

  find(region: string, name: string): LogGroup | undefined {
    return this.rows.get(`${region}/${name}`)
  }

  /** The group that an ARN names, with or without `:*` at its end, or undefined. */
  byArn(text: string): LogGroup | undefined {
    const arn = tryParseArn(text)
    const name = /^log-group:([^:]+)(?::\*)?$/.exec(arn?.resource ?? '')?.[1]
    const group = arn?.service === 'logs' && name !== undefined ? this.find(arn.region, name) : undefined
    return group?.arn === text.replace(/:\*$/, '') ? group : undefined
  }

  /** The group of that name in the caller's region. Throws `ResourceNotFoundException`. */
  ofName(name: string | undefined, ctx: CallContext): LogGroup {
    const group = this.find(ctx.region, name ?? '')
    if (group) return group
    throw noSuchGroup()
  }

  /** The group that a call names, by `logGroupName` or `logGroupIdentifier` (a name or an ARN). Throws `InvalidParameterException`, `ResourceNotFoundException`. */
  ofCall(
    input: {logGroupName?: string | undefined; logGroupIdentifier?: string | undefined},
    ctx: CallContext,
  ): LogGroup {
    const {logGroupName: name, logGroupIdentifier: identifier} = input
    if ((name === undefined) === (identifier === undefined)) {
      throw invalidParameter('Exactly one of logGroupName and logGroupIdentifier must be specified.')
    }
    if (!identifier?.startsWith('arn:')) return this.ofName(name ?? identifier, ctx)
    const group = this.byArn(identifier)
    if (group?.region === ctx.region) return group
    throw noSuchGroup()
  }

  /** Groups of a region by name, after `after`. */
  *list(region: string, after = ''): Iterable<LogGroup> {
    for (const {value} of this.rows.list(`${region}/`, `${region}/${after}`)) yield value
  }

  /** Writes a group, new or changed; durable when it returns. */
  save(group: LogGroup): void {
    this.store.write(() => this.rows.put(`${group.region}/${group.name}`, group))
  }

  /** Removes the row, with what `alongside` writes, in one transaction. */
  delete(group: LogGroup, alongside: () => void): void {
    this.store.write(() => {
      this.rows.delete(`${group.region}/${group.name}`)
      alongside()
    })
  }
}

export function groupArn({region, accountId}: CallContext, name: string): string {
  return formatArn({service: 'logs', region, accountId, resource: `log-group:${name}`})
}

function noSuchGroup(): ServiceError {
  return new ServiceError('ResourceNotFoundException', 'The specified log group does not exist.')
}
