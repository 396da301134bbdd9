import {toOpError} from '../../aws/map-sdk-error'
import {waitUntil} from '../../aws/wait'
import {putEvents} from '../../events/put-events'
import {explain} from '../../pattern/explain/explain'
import {parsePattern} from '../../pattern/parse-pattern'
import type {DoctorContext} from '../check'
import {eventText} from '../../road/event-text'
import {broken, ok, skipped, skippedAfter} from '../finding'
import type {Finding, HopFinding, Status} from '../finding'
import {canaryEntry, canaryEvent} from './canary-event'
import {matchedLook, queryLook, storedLook} from './look'

export interface CanaryOptions {
  /** Unique; letters, digits and hyphens. */
  eventId: string
  timeoutMs: number
  /** Delivers what a local endpoint holds back; absent on AWS, where the buffer must be waited for. */
  deliver?: (() => Promise<unknown>) | undefined
  /** Hears of each hop as soon as it is known. */
  onFinding?: (finding: HopFinding) => void
}

export interface CanaryOutcome {
  hops: HopFinding[]
  timedOut: boolean
}

export const canaryHops = ['canary-accepted', 'canary-matched', 'canary-stored', 'canary-queryable'] as const
type CanaryHop = (typeof canaryHops)[number]

/** Hops that an event passes; with one of them broken a canary would only be lost too. */
const onTheWay: ReadonlySet<string> = new Set([
  ...['credentials', 'bus', 'rule', 'pattern', 'quota', 'target', 'stream', 'target-state', 'target-role'],
  ...['delivery', 'delivery-role', 'simulation', 'bucket', 'database', 'table', 'projection', 'workgroup'],
])

/**
 * Sends one marked usage event and follows it: accepted by PutEvents, matched by the rule, stored in an object, visible to a
 * query. It is not sent where a hop on its way is known to be broken. Throws `INTERRUPTED` alone.
 */
export async function runCanary(
  context: DoctorContext,
  found: readonly HopFinding[],
  options: CanaryOptions,
): Promise<CanaryOutcome> {
  const barriers = found.filter(({hop, status}) => status === 'broken' && onTheWay.has(hop))
  if (barriers.length > 0) {
    return notSent(skippedAfter(...barriers.map(({hop}) => hop)))
  }
  const miss = await missOf(context)
  if (miss !== undefined) return notSent(skipped(`Not sent, as the rule would not match it: ${miss}`))
  return new Canary(context, options).run()
}

function notSent(finding: Finding): CanaryOutcome {
  return {hops: canaryHops.map((hop) => ({hop, ...finding})), timedOut: false}
}

/** Why the rule's pattern would not match the canary: a rule for some events only. */
async function missOf({reads, road, now}: DoctorContext): Promise<string | undefined> {
  const rule = await reads.rule().catch(() => undefined)
  if (rule?.EventPattern === undefined) return undefined
  const event = eventText(road.settings, canaryEvent('canary', now()), now())
  const {ways} = explain(parsePattern(rule.EventPattern), event)
  return ways[0]?.map(({path, why}) => `${path}: ${why}`).join(' ')
}

class Canary {
  private readonly sentAt: number
  private readonly found = new Map<CanaryHop, HopFinding>()
  private timedOut = false
  private stop = false

  constructor(
    private readonly context: DoctorContext,
    private readonly options: CanaryOptions,
  ) {
    this.sentAt = context.now()
  }

  async run(): Promise<CanaryOutcome> {
    await this.note('canary-accepted', () => this.send())
    if (this.statusOf('canary-accepted') !== 'ok') return this.outcome('canary-accepted')
    await this.options.deliver?.()
    const matched = this.note('canary-matched', () => this.followMatch())
    if (!this.context.road.hasLake) return this.outsideLake(matched)
    await this.note('canary-stored', () => this.followObject())
    this.stop = true
    await matched
    // Where the bucket may not be read, a query can still tell.
    if (this.statusOf('canary-stored') === 'broken') return this.outcome('canary-stored')
    await this.note('canary-queryable', () => this.followQuery())
    return this.outcome('canary-stored')
  }

  /** A target that is no delivery stream keeps what it gets for itself. */
  private async outsideLake(matched: Promise<void>): Promise<CanaryOutcome> {
    const {kind, target} = this.context.road
    const finding = skipped(`The rule sends to the ${kind.words} ${target.name}, which is not read here.`)
    await matched
    await this.note('canary-stored', async () => finding)
    await this.note('canary-queryable', async () => finding)
    return this.outcome('canary-stored')
  }

  private async send(): Promise<Finding> {
    const {clients, road} = this.context
    const put = await putEvents(await clients.eventBridge(), road.bus.name)
    const event = canaryEvent(this.options.eventId, this.sentAt)
    const [result] = await put([canaryEntry(road.settings, event)])
    if (result?.eventId === undefined) {
      return broken(`PutEvents refused it: ${result?.errorMessage ?? 'no reason given'}.`)
    }
    return this.seen(`PutEvents accepted ${event.eventId} as event ${result.eventId}.`)
  }

  /** Ends with the object: what is stored was matched, and metrics come minutes later. */
  private async followMatch(): Promise<Finding> {
    const look = async (): Promise<number | undefined> =>
      (await matchedLook(this.context, this.sentAt)) ?? (this.stop ? 0 : undefined)
    const count = await this.wait(look, `rule ${this.context.road.rule.name} to match it`)
    if (count === 0)
      return skipped('CloudWatch has not counted it yet; what is stored tells whether it was matched.')
    const events = count === 1 ? '1 event' : `${count} events`
    return this.seen(`Rule ${this.context.road.rule.name} matched ${events} since it was sent.`)
  }

  private async followObject(): Promise<Finding> {
    const {eventId} = this.options
    const key = await this.wait(
      storedLook(this.context, eventId, this.sentAt),
      'it to be stored in the bucket',
    )
    return this.seen(`It stands in s3://${this.context.road.bucket.name}/${key}.`)
  }

  private async followQuery(): Promise<Finding> {
    const look = () => queryLook(this.context, this.options.eventId, this.sentAt)
    await this.wait(look, 'a query to see it')
    const {database, input} = this.context.road.table
    return this.seen(`A query over ${database}.${input.Name} sees it.`)
  }

  private wait<T>(look: () => Promise<T | undefined>, waitingFor: string): Promise<T> {
    const {now, sleep, signal} = this.context
    const timeoutMs = Math.max(0, this.sentAt + this.options.timeoutMs - now())
    return waitUntil(look, {now, sleep, signal, timeoutMs, waitingFor})
  }

  private seen(reason: string): Finding {
    return {...ok(reason), afterMs: Math.max(0, Math.round(this.context.now() - this.sentAt))}
  }

  private async note(hop: CanaryHop, follow: () => Promise<Finding>): Promise<void> {
    const found = await follow().catch((error: unknown) => this.failure(hop, error))
    const finding = {hop, ...found}
    this.found.set(hop, finding)
    this.options.onFinding?.(finding)
  }

  private failure(hop: CanaryHop, error: unknown): Finding {
    const known = toOpError(error, `follow ${hop}`)
    if (known.kind === 'interrupted') throw known
    if (known.code !== 'WAIT_TIMED_OUT') return skipped(known.message)
    // CloudWatch may be minutes behind: only an event that is not stored is lost.
    if (hop === 'canary-matched') return skipped(known.message)
    this.timedOut = true
    return broken(`${known.message} It was sent as ${this.options.eventId}.`)
  }

  private statusOf(hop: CanaryHop): Status | undefined {
    return this.found.get(hop)?.status
  }

  private outcome(last: CanaryHop): CanaryOutcome {
    const hops = canaryHops.map((hop) => this.found.get(hop) ?? {hop, ...skippedAfter(last)})
    return {hops, timedOut: this.timedOut}
  }
}
