import {randomUUID} from 'node:crypto'
import {formatArn} from '../../../core/arn'
import type {CallContext} from '../../platform'
import {ServiceError} from '../../service-error'
import type {Collection, Store} from '../../store'
import {noSuchQueue} from './errors'
import {defaults} from './queue-attributes'

export interface Queue {
  /** Of this queue and no later one of the same name: messages stand under it. */
  id: string
  name: string
  region: string
  arn: string
  createdAt: number
  modifiedAt: number
  purgedAt?: number
  /** Attributes that were set, as texts; what is absent has its default. */
  attributes: Record<string, string>
  tags: Record<string, string>
}

/** The queues of every region. */
export class QueueStore {
  private readonly rows: Collection<Queue>

  constructor(private readonly store: Store) {
    this.rows = store.collection('sqs/queues')
  }

  find(region: string, name: string): Queue | undefined {
    return this.rows.get(`${region}/${name}`)
  }

  /** The queue that an ARN names, or undefined. */
  byArn(arn: string): Queue | undefined {
    const [, , service, region = '', , name = ''] = arn.split(':')
    const queue = service === 'sqs' ? this.find(region, name) : undefined
    return queue?.arn === arn ? queue : undefined
  }

  /**
   * The queue that a call's URL names, in the caller's region. Any URL that ends in `/ACCOUNT/NAME` will do, whatever its
   * host: clients keep URLs over restarts. Throws `QueueDoesNotExist` and `InvalidAddress`.
   */
  ofUrl(url: string | undefined, ctx: CallContext): Queue {
    const [, accountId, name = ''] = /\/(\d{12})\/([\w-]{1,80}(?:\.fifo)?)\/?$/.exec(url ?? '') ?? []
    if (accountId === undefined) {
      throw new ServiceError('InvalidAddress', `The address ${url ?? ''} is not valid for this endpoint.`)
    }
    const queue = accountId === ctx.accountId ? this.find(ctx.region, name) : undefined
    if (!queue) throw noSuchQueue()
    return queue
  }

  /** Queues of a region whose name begins with `prefix`, by name. */
  list(region: string, prefix = ''): Queue[] {
    return [...this.rows.list(`${region}/${prefix}`)].map((row) => row.value)
  }

  /** Makes a queue; durable when it returns. */
  create(
    name: string,
    attributes: Record<string, string>,
    tags: Record<string, string>,
    ctx: CallContext,
  ): Queue {
    const {region, accountId, now} = ctx
    const arn = formatArn({service: 'sqs', region, accountId, resource: name})
    const queue = {id: randomUUID(), name, region, arn, createdAt: now, modifiedAt: now, attributes, tags}
    this.save(queue)
    return queue
  }

  save(queue: Queue): void {
    this.store.write(() => this.rows.put(`${queue.region}/${queue.name}`, queue))
  }

  /** Removes the row, with what `alongside` writes, in one transaction. */
  delete(queue: Queue, alongside: () => void): void {
    this.store.write(() => {
      this.rows.delete(`${queue.region}/${queue.name}`)
      alongside()
    })
  }
}

/** The address of a queue at this endpoint. */
export function urlOf(queue: Queue, ctx: CallContext): string {
  return `${ctx.endpoint}/${ctx.accountId}/${queue.name}`
}

/** A numeric attribute of a queue, or its default. */
export function numberOf(queue: Queue, name: keyof typeof defaults): number {
  return Number(queue.attributes[name] ?? defaults[name])
}

/** Where a queue's messages go after too many receives; undefined where it has no redrive policy. */
export function redriveOf(queue: Queue): {deadLetterTargetArn: string; maxReceiveCount: number} | undefined {
  const text = queue.attributes['RedrivePolicy']
  if (!text) return undefined
  const {deadLetterTargetArn, maxReceiveCount} = JSON.parse(text) as Record<string, unknown>
  return {deadLetterTargetArn: String(deadLetterTargetArn), maxReceiveCount: Number(maxReceiveCount)}
}
