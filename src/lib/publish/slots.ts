/** A counting semaphore: at most `count` holders at a time, the others wait in order. */
export class Slots {
  private readonly waiting: (() => void)[] = []

  constructor(private free: number) {}

  /** Resolves when a slot is taken. */
  async acquire(): Promise<void> {
    if (this.free > 0) {
      this.free -= 1
      return
    }
    await new Promise<void>((resolve) => this.waiting.push(resolve))
  }

  /** Gives a slot back; the longest waiting `acquire` gets it. */
  release(): void {
    const next = this.waiting.shift()
    if (next) next()
    else this.free += 1
  }
}
