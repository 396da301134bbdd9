import type {Now} from '../core/clock'

const progressIntervalMs = 2000

/** Makes a progress report that says something every two seconds at most, through `say`: how many of how many, how fast, and how long still. */
export function exportProgress(now: Now, say: (text: string) => void): (done: number, total: number) => void {
  const startedAt = now()
  let saidAt = startedAt
  return (done, total) => {
    const at = now()
    if (at - saidAt < progressIntervalMs || done === total) return
    saidAt = at
    const perSecond = (done * 1000) / (at - startedAt)
    const leftSeconds = Math.ceil((total - done) / perSecond)
    say(`... ${done} of ${total} schemas, ${Math.round(perSecond)} a second, about ${leftSeconds} s left`)
  }
}
