import {parseExact} from '../../core/json'
import type {UsageEventValidator} from '../../usage-event/validate'

/** One thing that came in with PutEvents, as the local endpoint keeps it. */
export interface ReceivedText {
  /** Milliseconds since 1970, on the endpoint's clock. */
  at: number
  bus: string
  /** The event; of a refused entry that entry. JSON text. */
  text: string
  /** ARNs of the rules that matched. */
  ruleArns: readonly string[]
  refusal?: {code: string; message: string}
  /** True where there is no such bus. */
  isDropped?: true
}

/** What became of it. `dropped`: accepted for a bus that is not there, as EventBridge does. */
export type Fate = 'matched' | 'unmatched' | 'dropped' | 'refused'

export interface ReceivedRow {
  /** ISO-8601, UTC. */
  receivedAt: string
  bus: string
  fate: Fate
  source?: string
  detailType?: string
  /** Set by the producer. */
  eventId?: string
  /** Names of the rules that matched. */
  rules: string[]
  /** What is wrong with it, as sentences without an end. */
  problems: string[]
  /** The event, or the refused entry. */
  event: unknown
}

/** What holds events against the contract: those of one source and detail type, since no contract of others is known. */
export interface ContractCheck {
  source: string
  detailType: string
  validate: UsageEventValidator
}

type JsonObject = Readonly<Record<string, unknown>>

/** Reads what came in, and says what became of it and what is wrong with it. */
export function toReceivedRow(received: ReceivedText, contract: ContractCheck): ReceivedRow {
  const {at, bus, refusal, ruleArns, text} = received
  const event = parseExact(text) as JsonObject
  const source = textOf(event['source'] ?? event['Source'])
  const detailType = textOf(event['detail-type'] ?? event['DetailType'])
  const eventId = textOf((event['detail'] as JsonObject | undefined)?.['eventId'])
  const isUsageEvent = source === contract.source && detailType === contract.detailType
  const breaches = refusal === undefined && isUsageEvent ? contract.validate(plainDetail(text)) : []
  return {
    receivedAt: new Date(at).toISOString(),
    bus,
    fate: fateOf(received),
    ...(source === undefined ? {} : {source}),
    ...(detailType === undefined ? {} : {detailType}),
    ...(eventId === undefined ? {} : {eventId}),
    rules: ruleArns.map((arn) => arn.slice(arn.lastIndexOf('/') + 1)),
    problems: [
      ...(refusal ? [`${refusal.code}: ${refusal.message}`] : []),
      ...(received.isDropped ? [`there is no bus "${bus}": the event was accepted and dropped`] : []),
      ...breaches,
    ],
    event,
  }
}

function fateOf({isDropped, refusal, ruleArns}: ReceivedText): Fate {
  if (refusal) return 'refused'
  if (isDropped) return 'dropped'
  return ruleArns.length > 0 ? 'matched' : 'unmatched'
}

/** The validator knows plain numbers alone. */
function plainDetail(text: string): unknown {
  return (JSON.parse(text) as JsonObject)['detail']
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
