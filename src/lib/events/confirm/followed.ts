import type {Put} from '../put-events'

/** So many ids are remembered at most. */
const mostIds = 100_000

/** The ids that the bus gave to accepted events. Of very many every second, fourth, ... one is remembered. */
export class Followed {
  readonly ids = new Set<string>()
  private count = 0
  private stride = 1

  /** The same `put`, whose accepted events are remembered. */
  through(put: Put): Put {
    return async (batch) => {
      const results = await put(batch)
      for (const {eventId} of results) if (eventId !== undefined) this.note(eventId)
      return results
    }
  }

  private note(id: string): void {
    this.count += 1
    if (this.count % this.stride !== 0) return
    this.ids.add(id)
    if (this.ids.size < mostIds) return
    this.stride *= 2
    let odd = false
    for (const known of this.ids) if ((odd = !odd)) this.ids.delete(known)
  }
}
