import type {BufferRow} from './buffer-row'
import type {StreamRow} from './rows'

/** What is taken out of a stream's buffer at once. */
export interface Delivery {
  stream: StreamRow
  region: string
  /** The key of the first row: objects are named after it. */
  firstKey: string
  /** When its records came, milliseconds since 1970. */
  arrivedAt: number
  rows: Iterable<BufferRow>
}

/** Records and what they come to, in bytes. */
export interface Tally {
  records: number
  bytes: number
}

/** What became of a delivery. */
export interface WrittenRecords {
  /** The object: records in it, and its size. Absent where none could be converted. */
  object?: Tally | undefined
  /** Where records were converted: how they came, before it. */
  converted?: {succeeded: Tally; failed: Tally} | undefined
}
