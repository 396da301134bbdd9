import {toOneLine} from '../raw-member'

/**
 * How a stored copy bills: `test` not at all, `duplicate` another copy that came before counts, `late` it counts and came more than a day after its
 * time, `counted`.
 */
export type Bills = 'counted' | 'late' | 'duplicate' | 'test'

/** The last place on the road that an event is seen at. */
export type FoundHop = 'lake' | 'quarantine' | 'stream-errors' | 'dead-letters'

/** An event that was found. Times are ISO-8601. */
export interface FoundEvent {
  hop: FoundHop
  eventId?: string | undefined
  /** The id that the bus gave. */
  id?: string | undefined
  /** `s3://BUCKET/KEY`, or the queue's address. */
  place: string
  arrivedAt?: string | undefined
  billingTime?: string | undefined
  bills?: Bills | undefined
  /** Why it came no further. */
  reason?: string | undefined
  /** The event as JSON text, where it can be read. */
  text?: string | undefined
}

const lateMs = 24 * 3_600_000

/** How a stored copy bills. */
export function billsOf(
  row: {isTest: boolean; copiesBefore: number; billingTime: string},
  arrivedAt: string | undefined,
): Bills {
  if (row.isTest) return 'test'
  if (row.copiesBefore > 0) return 'duplicate'
  const delayMs = arrivedAt === undefined ? 0 : Date.parse(arrivedAt) - Date.parse(row.billingTime)
  return delayMs > lateMs ? 'late' : 'counted'
}

/** One line of JSON; the event stands in it as it was stored, to the last digit. */
export function foundLine({text, ...found}: FoundEvent): string {
  const head = JSON.stringify(found)
  return text === undefined ? head : `${head.slice(0, -1)},"event":${toOneLine(text)}}`
}
