import type {Now} from '../../core/clock'
import type {GlueWork} from './choose-engine'
import type {GlueRun} from './glue-run'
import {elapsedText, stepsText} from './glue-text'

/** A run in which nothing changes is heard of this often all the same, in milliseconds. */
const quietMs = 30_000

/** Says how far a run is where something has changed, and now and then where nothing has. */
export function glueProgress({
  work,
  runId,
  now,
  note,
}: {
  work: GlueWork
  runId: string
  now: Now
  note: (text: string) => void
}): (run: GlueRun) => void {
  const startedAt = now()
  let [said, saidAt] = ['', 0]
  note(`Glue ${work.kind} ${work.name}, run ${runId}`)
  return (run) => {
    const text = stepsText(run)
    if (text === said && now() - saidAt < quietMs) return
    said = text
    saidAt = now()
    const from = run.startedAt === undefined ? startedAt : Date.parse(run.startedAt)
    note(`${elapsedText(now() - from)}  ${text}`)
  }
}
