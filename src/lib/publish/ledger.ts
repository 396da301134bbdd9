/** Remembers across runs which events of a source are dealt with. An event is known by its number in the source, from 0. */
export interface Ledger {
  /** True for an event that an earlier run has dealt with: it is not sent. */
  isSettled(number: number): boolean
  /** Told of events that were accepted, and of those that were rejected for good, once each. What it throws ends the run. */
  settle(numbers: readonly number[]): void
}
