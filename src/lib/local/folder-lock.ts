import {readFileSync} from 'node:fs'
import {OpError} from '../core/errors'
import type {Collection, Store} from './store'

/** The process that serves a data folder. */
export interface Holder {
  pid: number
  /** When that process began, in the kernel's ticks: tells it from a later one with the same id. Linux only. */
  startTicks: string | undefined
  url: string | undefined
}

/**
 * Lets one process at a time serve a data folder. The lock is a row of the folder's store, taken in one transaction, so that
 * two starters cannot both win; a holder that is no longer alive counts for nothing.
 */
export class FolderLock {
  private readonly rows: Collection<Holder>

  constructor(
    private readonly store: Store,
    private readonly folder: string,
  ) {
    this.rows = store.collection<Holder>('endpoint')
  }

  /** Throws `DATA_FOLDER_IN_USE` (usage) naming the process that holds the folder. */
  take(pid: number): void {
    const other = this.store.write(() => {
      const holder = this.rows.get('holder')
      if (holder && isAlive(holder)) return holder
      this.rows.put('holder', {pid, startTicks: startTicks(pid), url: undefined})
      return undefined
    })
    if (!other) return
    const where = other.url ? `${other.url} (process ${other.pid})` : `process ${other.pid}`
    throw new OpError(
      'usage',
      'DATA_FOLDER_IN_USE',
      `The data folder ${this.folder} is already served by ${where}.`,
      {
        hint: 'Use that endpoint, stop it with `usage-tracker local stop`, or name another folder with --data-dir.',
      },
    )
  }

  /** Adds where the holder answers, for the message that a second starter gets. */
  announce(pid: number, url: string): void {
    this.store.write(() => this.rows.put('holder', {pid, startTicks: startTicks(pid), url}))
  }

  release(): void {
    this.store.write(() => this.rows.delete('holder'))
  }
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if ((error as {code?: string}).code !== 'EPERM') return false
  }
  return holder.startTicks === undefined || startTicks(holder.pid) === holder.startTicks
}

function startTicks(pid: number): string | undefined {
  try {
    // The process's name stands in parentheses and may hold anything; fields are counted from behind it.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}
