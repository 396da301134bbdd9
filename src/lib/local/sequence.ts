import type {Store} from './store'

/**
 * Names for rows, each greater than all before it, over restarts too: rows that are gone leave no trace to count on from, and an
 * object or retry that is named after a row must never meet one of an earlier run. Each run has a number of its own.
 */
export class Sequence {
  private readonly run: string
  private count = 0

  constructor(store: Store) {
    const runs = store.collection<number>('runs')
    const number = (runs.get('last') ?? 0) + 1
    store.write(() => runs.put('last', number))
    this.run = String(number).padStart(8, '0')
  }

  next(): string {
    this.count += 1
    return `${this.run}${String(this.count).padStart(12, '0')}`
  }
}
