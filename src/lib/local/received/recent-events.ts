import type {ReceivedEvent} from './received-event'

export interface KeptLimits {
  /** Events. */
  count: number
  /** Characters of their texts together. */
  characters: number
}

/** The last events, bounded by number and size; the oldest go first. */
export class RecentEvents {
  private events: ReceivedEvent[] = []
  /** Events before this place have been let go. */
  private start = 0
  private characters = 0
  private addedCount = 0

  constructor(private readonly limits: KeptLimits) {}

  add(event: ReceivedEvent): void {
    this.events.push(event)
    this.addedCount += 1
    this.characters += event.text.length
    while (this.isOver()) this.dropOldest()
    if (this.start > this.limits.count) {
      this.events = this.events.slice(this.start)
      this.start = 0
    }
  }

  /** What is kept, the oldest first, and how many were added; both begin anew. */
  take(): {events: ReceivedEvent[]; count: number} {
    const taken = {events: this.events.slice(this.start), count: this.addedCount}
    this.events = []
    this.start = 0
    this.characters = 0
    this.addedCount = 0
    return taken
  }

  /** One event is kept, however large it is. */
  private isOver(): boolean {
    const count = this.events.length - this.start
    return count > 1 && (count > this.limits.count || this.characters > this.limits.characters)
  }

  private dropOldest(): void {
    this.characters -= this.events[this.start]?.text.length ?? 0
    this.start += 1
  }
}
