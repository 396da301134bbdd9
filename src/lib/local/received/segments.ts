import type {KeptLimits} from './recent-events'
import type {ReceivedEvent} from './received-event'

/** What is kept of that which came in. */
export const keptLimits: KeptLimits = {count: 10_000, characters: 64 * 1024 * 1024}

/** What one row holds, unless its one event is larger. */
const rowLimits: KeptLimits = {count: 500, characters: 1024 * 1024}

/** Events in parts of a size that one row and one answer may have. */
export function segmentsOf(events: readonly ReceivedEvent[]): ReceivedEvent[][] {
  const segments: ReceivedEvent[][] = []
  let segment: ReceivedEvent[] = []
  let characters = 0
  for (const event of events) {
    const isFull = segment.length >= rowLimits.count || characters + event.text.length > rowLimits.characters
    if (segment.length === 0 || isFull) {
      segment = []
      characters = 0
      segments.push(segment)
    }
    segment.push(event)
    characters += event.text.length
  }
  return segments
}

/** The name of a row, which says how much it holds, so that nothing need be read to know what may go. */
export function segmentKey(name: string, segment: readonly ReceivedEvent[]): string {
  const characters = segment.reduce((sum, {text}) => sum + text.length, 0)
  return `${name}/${segment.length}/${characters}`
}

export function sizeOfKey(key: string): KeptLimits {
  const [, count, characters] = key.split('/')
  return {count: Number(count), characters: Number(characters)}
}
