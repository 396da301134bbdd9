import {randomUUID} from 'node:crypto'
import type {Clock} from '../../clock'
import type {Collection, Store} from '../../store'
import type {MessageAttributes} from './message-attributes'
import {numberOf, redriveOf, type Queue} from './queue-store'
import {toReceiptHandle, type Receipt} from './receipt'

/** A message as it was sent. */
export interface Message {
  messageId: string
  body: string
  attributes: MessageAttributes
  systemAttributes: MessageAttributes
  messageGroupId?: string
  /** The queue that a redrive policy has taken it from. */
  deadLetterSourceArn?: string
  sentAt: number
  /** Later than `sentAt` for a delayed message. */
  availableAt: number
}

/** What has become of a message since: kept apart, so that a receive does not write its body again. */
interface Lease {
  receiveCount: number
  firstReceivedAt: number
  visibleAt: number
  token: string
}

export interface ReceivedMessage {
  message: Message
  receiptHandle: string
  receiveCount: number
  firstReceivedAt: number
}

/** A deleted message is never visible again, also before its row is gone. */
const never = Number.POSITIVE_INFINITY

/** How often a waiting receive looks for messages that came by another way than a send: deliveries, timeouts, delays. */
const lookEveryMs = 100

/**
 * The messages of all queues. What is acknowledged is synced: sends and deletes share commits (`Store.batch`). Rows stand under
 * the queue's id in the order of sending; leases are held in memory too, so that no two receives take one message.
 */
export class MessageStore {
  private readonly rows: Collection<Message>
  private readonly leaseRows: Collection<Lease>
  private readonly leases = new Map<string, Lease>()
  private readonly waiting = new Map<string, Set<() => void>>()
  private sequence = 0

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly queueByArn: (arn: string) => Queue | undefined,
  ) {
    this.rows = store.collection('sqs/messages')
    this.leaseRows = store.collection('sqs/leases')
    for (const {key, value} of this.leaseRows.list()) this.leases.set(key, value)
  }

  /** Puts messages into a queue; durable when the promise resolves. */
  async send(queue: Queue, messages: readonly Message[]): Promise<void> {
    await this.store.batch(() => this.stage(queue, messages))
    for (const wake of this.waiting.get(queue.id) ?? []) wake()
  }

  /** The writes that put messages into a queue; only inside `Store.batch` or `Store.write`. */
  stage(queue: Queue, messages: readonly Message[]): void {
    for (const message of messages) this.rows.put(this.nextKey(queue, message), message)
  }

  /** Takes up to `max` visible messages, waiting for the first until `deadline` (milliseconds on the endpoint's clock). */
  async receive(
    queue: Queue,
    options: {max: number; visibilitySeconds: number; deadline: number},
  ): Promise<ReceivedMessage[]> {
    for (;;) {
      const taken = await this.take(queue, options.max, options.visibilitySeconds * 1000)
      const now = this.clock.now()
      if (taken.length > 0 || now >= options.deadline) return taken
      await this.somethingNew(queue, Math.min(options.deadline, now + lookEveryMs))
    }
  }

  /** Deletes a message by its latest receipt; an older receipt deletes nothing. */
  async delete(receipts: readonly Receipt[]): Promise<void> {
    const keys = receipts.filter((receipt) => this.isLatest(receipt)).map((receipt) => receipt.key)
    await this.remove(keys)
  }

  /** Makes a received message visible `seconds` from now. False where the receipt holds no message that is out. */
  async changeVisibility(receipt: Receipt, seconds: number): Promise<boolean> {
    const now = this.clock.now()
    const lease = this.leases.get(receipt.key)
    if (!lease || !this.isLatest(receipt) || lease.visibleAt <= now || !this.rows.get(receipt.key))
      return false
    lease.visibleAt = now + seconds * 1000
    await this.store.batch(() => this.leaseRows.put(receipt.key, lease))
    return true
  }

  /** Messages to be received, received and not yet visible again, and not yet due. */
  counts(queue: Queue): {visible: number; notVisible: number; delayed: number} {
    const now = this.clock.now()
    const counts = {visible: 0, notVisible: 0, delayed: 0}
    for (const {key, value} of this.rows.list(`${queue.id}/`)) {
      const visibleAt = this.leases.get(key)?.visibleAt
      if (visibleAt === never || isExpired(queue, value, now)) continue
      if ((visibleAt ?? 0) > now) counts.notVisible += 1
      else if (value.availableAt > now) counts.delayed += 1
      else counts.visible += 1
    }
    return counts
  }

  /** Deletes every message that the queue holds now. */
  async purge(queue: Queue): Promise<void> {
    await this.remove([...this.rows.list(`${queue.id}/`)].map((row) => row.key))
  }

  /** The writes that forget a queue's messages; only inside `Store.write`. */
  stageRemoval(queue: Queue): void {
    for (const {key} of [...this.rows.list(`${queue.id}/`)]) {
      this.rows.delete(key)
      this.leaseRows.delete(key)
      this.leases.delete(key)
    }
  }

  private async take(queue: Queue, max: number, visibilityMs: number): Promise<ReceivedMessage[]> {
    const now = this.clock.now()
    const redrive = redriveOf(queue)
    const deadLetters = redrive && this.queueByArn(redrive.deadLetterTargetArn)
    const {due, expired, spent} = this.look(queue, max, now, deadLetters ? redrive.maxReceiveCount : never)
    const taken = due.map(({key, value}) => this.lease(key, value, now, now + visibilityMs))
    if (due.length > 0) await this.store.batch(() => this.stageLeases(due))
    if (expired.length > 0) await this.remove(expired.map((row) => row.key))
    if (deadLetters && spent.length > 0) await this.moveToDeadLetters(queue, deadLetters, spent)
    return taken
  }

  /** Up to `max` messages that can be received now, and those before them whose time or number of receives is over. */
  private look(queue: Queue, max: number, now: number, maxReceiveCount: number) {
    const found = {due: [] as Row[], expired: [] as Row[], spent: [] as Row[]}
    for (const row of this.rows.list(`${queue.id}/`)) {
      if (found.due.length === max) break
      const lease = this.leases.get(row.key)
      if ((lease?.visibleAt ?? row.value.availableAt) > now) continue
      if (isExpired(queue, row.value, now)) found.expired.push(row)
      else if (lease && lease.receiveCount >= maxReceiveCount) found.spent.push(row)
      else found.due.push(row)
    }
    return found
  }

  private lease(key: string, message: Message, now: number, visibleAt: number): ReceivedMessage {
    const before = this.leases.get(key)
    const receiveCount = (before?.receiveCount ?? 0) + 1
    const firstReceivedAt = before?.firstReceivedAt ?? now
    const token = randomUUID()
    this.leases.set(key, {receiveCount, firstReceivedAt, visibleAt, token})
    return {message, receiptHandle: toReceiptHandle({key, token}), receiveCount, firstReceivedAt}
  }

  private stageLeases(rows: readonly Row[]): void {
    for (const {key} of rows) {
      const lease = this.leases.get(key)
      if (lease) this.leaseRows.put(key, lease)
    }
  }

  /** A message keeps its id and the moment of sending in the dead-letter queue. */
  private async moveToDeadLetters(from: Queue, to: Queue, spent: readonly Row[]): Promise<void> {
    const letters = spent.map(({value}) => ({...value, deadLetterSourceArn: from.arn}))
    await this.remove(
      spent.map((row) => row.key),
      () => this.stage(to, letters),
    )
  }

  private async remove(keys: readonly string[], alongside?: () => void): Promise<void> {
    for (const key of keys) {
      const lease = this.leases.get(key) ?? {receiveCount: 0, firstReceivedAt: 0, visibleAt: never, token: ''}
      this.leases.set(key, {...lease, visibleAt: never})
    }
    await this.store.batch(() => {
      for (const key of keys) {
        this.rows.delete(key)
        this.leaseRows.delete(key)
      }
      alongside?.()
    })
    for (const key of keys) this.leases.delete(key)
  }

  private isLatest({key, token}: Receipt): boolean {
    return this.leases.get(key)?.token === token
  }

  private nextKey(queue: Queue, message: Message): string {
    this.sequence += 1
    const order =
      String(message.sentAt).padStart(15, '0') + String(this.sequence % 1_000_000_000).padStart(9, '0')
    return `${queue.id}/${order}-${message.messageId}`
  }

  private somethingNew(queue: Queue, until: number): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.waiting.get(queue.id) ?? new Set()
      const wake = (): void => {
        takeBack()
        waiting.delete(wake)
        if (waiting.size === 0) this.waiting.delete(queue.id)
        resolve()
      }
      const takeBack = this.clock.at(until, wake)
      this.waiting.set(queue.id, waiting.add(wake))
    })
  }
}

interface Row {
  key: string
  value: Message
}

function isExpired(queue: Queue, message: Message, now: number): boolean {
  return message.sentAt + numberOf(queue, 'MessageRetentionPeriod') * 1000 <= now
}
