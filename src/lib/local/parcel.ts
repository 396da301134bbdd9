import type {TargetInput} from './target-input/target-input'

/** From a rule to one of its targets. */
export interface Route {
  ruleArn: string
  targetArn: string
  roleArn: string | undefined
  region: string
  deadLetterArn?: string | undefined
  maximumRetryAttempts?: number | undefined
  maximumEventAgeInSeconds?: number | undefined
  /** What the target receives instead of the event; absent where it receives the event. */
  input?: TargetInput | undefined
  /** Where in the event the partition key of a Kinesis record stands (JSONPath); absent: the event's id is the key. */
  partitionKeyPath?: string | undefined
}

/** Events on their way, and which of them take which route. */
export interface Parcel {
  /** When the events were accepted, milliseconds since 1970 on the endpoint's clock. */
  acceptedAt: number
  /** Attempts made so far. */
  attempts: number
  /** Message attributes of a dead letter. */
  attributes?: Readonly<Record<string, string>>
  /** ARNs of the buses that the events came over before they were put on the bus of these routes. */
  passedBuses?: readonly string[]
  /** The events as JSON text, each in one line. */
  events: readonly string[]
  routes: readonly {route: Route; indexes: readonly number[]}[]
}

/** A parcel as a row: one line of JSON, then one line an event. Events are not escaped again, which is what makes it quick. */
export function encodeParcel({events, ...head}: Parcel): Buffer {
  return Buffer.from(`${JSON.stringify(head)}\n${events.join('\n')}`, 'utf8')
}

/** The events of a row in UTF-8, joined by line breaks. */
export function linesOf(row: Buffer): Buffer {
  return row.subarray(row.indexOf(0x0a) + 1)
}

export function decodeParcel(bytes: Buffer): Parcel {
  const [head = '{}', ...events] = bytes.toString('utf8').split('\n')
  return {...(JSON.parse(head) as Omit<Parcel, 'events'>), events}
}

/** Parcels that are committed together as one: events in their order, each route once, the earliest acceptance. */
export function mergeParcels(parcels: readonly Parcel[]): Parcel {
  const [first] = parcels
  if (first && parcels.length === 1) return first
  const events: string[] = []
  const indexes = new Map<Route, number[]>()
  for (const parcel of parcels) {
    const offset = events.length
    for (const {route, indexes: own} of parcel.routes) {
      let all = indexes.get(route)
      if (!all) indexes.set(route, (all = []))
      for (const index of own) all.push(offset + index)
    }
    for (const event of parcel.events) events.push(event)
  }
  const acceptedAt = Math.min(...parcels.map((parcel) => parcel.acceptedAt))
  return {
    acceptedAt,
    attempts: 0,
    events,
    routes: [...indexes].map(([route, own]) => ({route, indexes: own})),
  }
}
