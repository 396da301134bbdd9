import {messageOf} from '../../../core/errors'
import type {Platform} from '../../platform'

/** Why a run is ended before its end. */
export type EndedBy = 'stopped' | 'timeout' | 'closed'

/** How a run has ended. */
export type Outcome = {by: 'itself'; error: string | undefined} | {by: 'stopped'} | {by: 'timeout'}

export interface BackgroundRun {
  id: string
  /** Does the work. What it throws is the run's error; once the signal is raised it comes to its end soon, whatever with. */
  work: (signal: AbortSignal) => Promise<void>
  /** Told of the end. Not called where the endpoint itself ends: the run is then found open when it is back. */
  ended: (outcome: Outcome) => void
}

/** Runs that go on after the call that has started them was answered. */
export class Background {
  private readonly running = new Map<string, {controller: AbortController; done: Promise<void>}>()

  constructor(private readonly platform: Pick<Platform, 'log'>) {}

  start(run: BackgroundRun): void {
    const controller = new AbortController()
    const done = this.run(run, controller.signal)
      .catch((error: unknown) => this.platform.log(`glue: run ${run.id}: ${messageOf(error)}`))
      .finally(() => this.running.delete(run.id))
    this.running.set(run.id, {controller, done})
  }

  /** Raises the signal of a run; nothing where it does not run any more. */
  end(id: string, by: EndedBy): void {
    this.running.get(id)?.controller.abort(by)
  }

  async close(): Promise<void> {
    const open = [...this.running.values()]
    for (const {controller} of open) controller.abort('closed' satisfies EndedBy)
    await Promise.all(open.map(({done}) => done))
  }

  private async run(run: BackgroundRun, signal: AbortSignal): Promise<void> {
    // The answer to the call that starts it goes out before the run begins.
    await new Promise((resolve) => setImmediate(resolve))
    const error = await run.work(signal).then(
      () => undefined,
      (thrown: unknown) => messageOf(thrown),
    )
    const by = signal.aborted ? (signal.reason as EndedBy) : undefined
    if (by === 'closed') return
    run.ended(by === undefined ? {by: 'itself', error} : {by})
  }
}
