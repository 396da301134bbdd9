import type {FaultyRun} from './faulty-run'

/** What the tool says of a run, and what is true of it by the proxy's account; both must be the same. */
export interface TwoAccounts {
  said: Account
  truth: Account
}

interface Account {
  read: number
  accepted: number
  rejected: string[]
  /** Events that were acknowledged more than once: the tool sent again what it knew to be accepted. */
  repeated: string[]
  /** Events that were accepted and that the bus never had. */
  lost: string[]
}

/** Sums up a run, with all the runs that it took. */
export function accountsOf({ids, outcomes, kept, truth}: FaultyRun): TwoAccounts {
  const total = (count: (one: FaultyRun['outcomes'][number]['result']) => number): number =>
    outcomes.reduce((sum, {result}) => sum + count(result), 0)
  const left = total(({leftCount = 0}) => leftCount)
  const rejectedIds = new Set(kept)
  const accepted = ids.filter((id) => !rejectedIds.has(id))
  return {
    said: {
      read: total(({acceptedCount, rejectedCount}) => acceptedCount + rejectedCount) - left,
      accepted: total(({acceptedCount}) => acceptedCount),
      rejected: [...kept].sort(),
      repeated: [],
      lost: accepted.filter((id) => !truth.arrived.has(id)),
    },
    truth: {
      read: ids.length,
      accepted: truth.acknowledged.size,
      rejected: ids.filter((id) => !truth.acknowledged.has(id)).sort(),
      repeated: [...truth.acknowledged].filter(([, count]) => count > 1).map(([id]) => id),
      lost: [],
    },
  }
}
