import type {Parcel} from '../parcel'
import type {Group, Item} from '../route-groups'
import type {RuleMetrics} from './rule-metrics'

/** What became of the events that one route took in one round, for the metrics of its rule. */
export class DeliveryTally {
  private letters = 0
  private lostLetters = 0
  private givenUp = 0
  private attempts = 0
  private retries = 0
  /** How many events of each parcel were taken. */
  private readonly taken = new Map<Parcel, number>()

  constructor(private readonly group: Group) {
    for (const {parcel} of group.items) this.taken.set(parcel, (this.taken.get(parcel) ?? 0) + 1)
    for (const [parcel, count] of this.taken) {
      if (isLetter(parcel)) {
        this.letters += count
        this.taken.delete(parcel)
      } else {
        this.attempts += count
        if (parcel.attempts > 0) this.retries += count
      }
    }
  }

  /** One event was not taken; `again` when it will be tried again. */
  fail({parcel}: Item, again: boolean): void {
    if (isLetter(parcel)) {
      this.letters -= 1
      this.lostLetters += 1
      return
    }
    this.taken.set(parcel, (this.taken.get(parcel) ?? 0) - 1)
    if (!again) this.givenUp += 1
  }

  /** Counts what was done at the moment `now`. An invocation counts once, when it has succeeded or failed for good. */
  count(metrics: RuleMetrics, now: number): void {
    const {route} = this.group
    let succeeded = 0
    for (const [{acceptedAt}, times] of this.taken) {
      succeeded += times
      const value = Math.max(0, now - acceptedAt)
      metrics.count(route, 'IngestionToInvocationSuccessLatency', now, {value, times})
    }
    metrics.count(route, 'InvocationAttempts', now, {times: this.attempts})
    metrics.count(route, 'SuccessfulInvocationAttempts', now, {times: succeeded})
    metrics.count(route, 'RetryInvocationAttempts', now, {times: this.retries})
    metrics.count(route, 'Invocations', now, {times: succeeded + this.givenUp})
    metrics.count(route, 'FailedInvocations', now, {times: this.givenUp})
    metrics.count(route, 'InvocationsSentToDlq', now, {times: this.letters})
    metrics.count(route, 'InvocationsFailedToBeSentToDlq', now, {times: this.lostLetters})
  }
}

/** Dead letters alone carry attributes. */
function isLetter(parcel: Parcel): boolean {
  return parcel.attributes !== undefined
}
