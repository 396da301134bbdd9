/** An entry of PutEvents without its bus: one run sends to one bus. The members are spelled as on the wire. */
export interface PutEntry {
  Source: string
  DetailType: string
  /** A JSON object as text. It is sent exactly as it stands here. */
  Detail: string
  Time?: Date
  Resources?: string[]
  TraceHeader?: string
}

/** What PutEvents answers for one entry: an `eventId` when it was accepted, else an `errorCode`. */
export interface PutResult {
  eventId?: string | undefined
  errorCode?: string | undefined
  errorMessage?: string | undefined
}

/** An event that was read and can be sent. `position` says where it stood, for example `line 12`. */
export interface PublishEntry {
  entry: PutEntry
  position: string
}

/** An event that is not accepted: refused by the service (it has an `entry`), or never sendable (its `original` text). */
export interface Rejection {
  code: string
  message: string
  position: string
  entry?: PutEntry | undefined
  original?: string | undefined
  /** With a ledger the event is left to a later run: this one ended before it was accepted, or the input was cut short there. */
  isLeft?: true
}

/** What a source of events yields: something to send, or something that was read and cannot be sent. */
export type PublishItem = PublishEntry | Rejection
