import type {
  PutEventsCommandInput,
  PutEventsCommandOutput,
  PutEventsRequestEntry,
  PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge'
import {Constraints} from '../../constraints'
import type {CallContext, Operation, Platform} from '../../platform'
import type {ReceivedEvent} from '../../received/received-event'
import {notEmulated, ServiceError} from '../../service-error'
import {showToDiscoverer} from './discoverer'
import {toEvent, type AcceptedEvent, type EntryRefusal} from './envelope'
import {PutMetrics} from './put-metrics'
import {RoutedEvents} from './routed-events'
import type {BusRules, RuleIndex} from './rule-index'
import {routesFor} from './rule-index'
import {busArn, busName, type Tables} from './rows'

/** Of all entries of a request together; 1 MiB since January 2026 (256 KiB before). */
const maxTotalBytes = 1_048_576

/**
 * PutEvents: matches each entry against the rules of its bus and hands what matched to the outbox. The answer goes out when
 * the outbox has it on disk. Entries for a bus that does not exist are accepted and dropped, as the service does.
 */
export function putEvents(
  platform: Platform,
  tables: Tables,
  rules: RuleIndex,
): Operation<PutEventsCommandInput, PutEventsCommandOutput> {
  const metrics = new PutMetrics(platform.metrics)
  return async (input, ctx) => {
    const entries = input.Entries ?? []
    countCall(metrics, ctx, input, entries)
    const accepted = new AcceptedEvents(platform, tables, rules, ctx)
    const results = entries.map((entry): PutEventsResultEntry => {
      const bus = busName(entry.EventBusName, ctx)
      const event = toEvent(entry, ctx)
      const refusal = 'ErrorCode' in event ? event : accepted.add(event, bus)
      if (refusal === undefined) return {EventId: (event as AcceptedEvent).id}
      noteRefusal(platform, {bus, ctx, entry, refusal})
      return refusal
    })
    await accepted.send()
    const failed = results.filter((result) => result.ErrorCode !== undefined).length
    metrics.succeeded(ctx, failed)
    return {FailedEntryCount: failed, Entries: results}
  }
}

/** What a request puts on one bus; undefined where there is no such bus. */
type OnBus = {rules: BusRules; events: unknown[]} | undefined

/** The events of one request, gathered by the routes they take. */
class AcceptedEvents {
  private readonly routed = new RoutedEvents()
  private readonly buses = new Map<string, OnBus>()

  constructor(
    private readonly platform: Platform,
    private readonly tables: Tables,
    private readonly rules: RuleIndex,
    private readonly ctx: CallContext,
  ) {}

  /** Takes an event, or answers why it cannot be taken. */
  add(event: AcceptedEvent, bus: string): EntryRefusal | undefined {
    const onBus = this.onBus(bus)
    if (!onBus) {
      this.note(event, bus, {ruleArns: [], isDropped: true})
      return undefined
    }
    const matched = routesFor(onBus.rules, event)
    if ('problem' in matched) return {ErrorCode: 'MalformedDetail', ErrorMessage: matched.problem}
    onBus.events.push(event.parsed)
    this.routed.add(event.text, matched)
    this.note(event, bus, {ruleArns: matched.map(([route]) => route?.ruleArn ?? '')})
    return undefined
  }

  async send(): Promise<void> {
    const parcel = this.routed.parcel(this.ctx.now)
    const onDisk = parcel && this.platform.outbox.accept(parcel)
    // While the disk is at work.
    await this.showToDiscoverers()
    await onDisk
  }

  private note(
    {text}: AcceptedEvent,
    bus: string,
    fate: Pick<ReceivedEvent, 'ruleArns' | 'isDropped'>,
  ): void {
    const {now, region} = this.ctx
    this.platform.received.add({at: now, region, bus, text, ...fate})
  }

  private onBus(bus: string): OnBus {
    if (this.buses.has(bus)) return this.buses.get(bus)
    const rules = this.rules.of(this.ctx.region, bus)
    const onBus = rules && {rules, events: []}
    this.buses.set(bus, onBus)
    return onBus
  }

  /** Schemas are inferred from what was on the bus, whether a rule took it or not. */
  private async showToDiscoverers(): Promise<void> {
    const {region} = this.ctx
    for (const [bus, onBus] of this.buses) {
      if (!onBus) continue
      const seen = {region, busArn: busArn(this.ctx, bus), events: onBus.events}
      await showToDiscoverer(this.platform, this.tables, seen)
    }
  }
}

function noteRefusal(
  {received}: Platform,
  refused: {bus: string; ctx: CallContext; entry: PutEventsRequestEntry; refusal: EntryRefusal},
): void {
  const {bus, ctx, entry, refusal} = refused
  received.add({
    at: ctx.now,
    region: ctx.region,
    bus,
    text: JSON.stringify(entry),
    ruleArns: [],
    refusal: {code: refusal.ErrorCode, message: refusal.ErrorMessage},
  })
}

/** Counts a request, and refuses one that is none. */
function countCall(
  metrics: PutMetrics,
  ctx: CallContext,
  input: PutEventsCommandInput,
  entries: readonly PutEventsRequestEntry[],
): void {
  const sizeBytes = entries.reduce((sum, entry) => sum + entrySizeBytes(entry), 0)
  metrics.called(ctx, entries.length, sizeBytes)
  try {
    checkRequest(input, entries, sizeBytes)
  } catch (error) {
    metrics.failed(ctx)
    throw error
  }
}

function checkRequest(
  input: PutEventsCommandInput,
  entries: readonly PutEventsRequestEntry[],
  sizeBytes: number,
): void {
  new Constraints().list('entries', entries, {min: 1, max: 10}).check()
  if (input.EndpointId !== undefined) throw notEmulated('EndpointId (a global endpoint)')
  if (sizeBytes >= maxTotalBytes) {
    throw new ServiceError(
      'ValidationException',
      'Total size of the entries in the request is over the limit.',
    )
  }
}

/** An entry's size as the service counts it: 14 bytes for a time, and the UTF-8 of source, type, detail and resources. */
function entrySizeBytes(entry: PutEventsRequestEntry): number {
  let size = entry.Time === undefined ? 0 : 14
  for (const text of [entry.Source, entry.DetailType, entry.Detail, ...(entry.Resources ?? [])]) {
    if (text !== undefined) size += Buffer.byteLength(text, 'utf8')
  }
  return size
}
