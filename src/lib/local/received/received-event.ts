/** What came in with PutEvents: an event and the rules that took it, or an entry that went nowhere. */
export interface ReceivedEvent {
  /** When it came, on the endpoint's clock: milliseconds since 1970. */
  at: number
  region: string
  bus: string
  /** The event as it is delivered; of a refused entry that entry as it was sent. JSON text. */
  text: string
  /** ARNs of the rules that matched it. */
  ruleArns: readonly string[]
  /** Why the entry was refused; absent where it was accepted. */
  refusal?: {code: string; message: string}
  /** True where the bus is not there: the service accepts such an entry and drops it. */
  isDropped?: true
}

/** A page of what was received, the oldest first. */
export interface ReceivedPage {
  /** How many came in since the endpoint's data began, those that are no longer kept included. */
  totalCount: number
  events: readonly ReceivedEvent[]
  /** Where to go on; absent on the last page. */
  next?: string
}
