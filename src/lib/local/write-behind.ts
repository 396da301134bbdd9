import {messageOf} from '../core/errors'
import type {Clock} from './clock'

/** How long what is written behind may be in memory alone. What a kill takes with it is of these last seconds. */
const writeEveryMs = 5000

export interface WriteBehindOptions {
  clock: Clock
  /** Writes what has gathered by now; resolves when that is on disk. */
  write: () => Promise<void>
  /** What is written, for the log: `metrics`. */
  what: string
  log: (line: string) => void
}

/** Writes what gathers in memory a few seconds after the first of it has come, and whenever it is asked to. */
export class WriteBehind {
  private armed = false
  private writing: Promise<void> = Promise.resolve()

  constructor(private readonly options: WriteBehindOptions) {}

  /** Something is there to be written. Cheap. */
  arm(): void {
    if (this.armed) return
    this.armed = true
    const {clock, log, what} = this.options
    clock.at(clock.now() + writeEveryMs, () => {
      this.flush().catch((error: unknown) => log(`${what} were not written: ${messageOf(error)}`))
    })
  }

  /** Resolves once all that has gathered is on disk. */
  async flush(): Promise<void> {
    // One write after the other; a failed one does not keep the next from trying.
    this.writing = this.writing
      .catch(() => undefined)
      .then(() => {
        this.armed = false
        return this.options.write()
      })
    await this.writing
  }
}
