import {open, type Database, type RootDatabase} from 'lmdb'

/**
 * Typed rows under a name, ordered by key. Reads are synchronous and see everything written before.
 * Keys are strings in byte order, so a prefix is a range.
 */
export interface Collection<T> {
  get(key: string): T | undefined
  /** Rows whose key begins with `prefix`, in key order; `after` leaves out everything up to and including that key. */
  list(prefix?: string, after?: string): Iterable<{key: string; value: T}>
  count(prefix?: string): number
  /** Only inside `Store.write` or `Store.batch`. */
  put(key: string, value: T): void
  /** Only inside `Store.write` or `Store.batch`. */
  delete(key: string): void
}

/** Bytes by key, for rows that are written often and read rarely. */
export interface Log extends Collection<Buffer> {
  /** Writes one row by itself; it is synced to disk when the promise resolves. Shares commits as `Store.batch` does. */
  append(key: string, value: Buffer): Promise<void>
}

/**
 * The endpoint's state: one LMDB environment, whose commits are atomic and synced to disk.
 * `write` is for single changes (control plane); `batch` for many small ones a second (group commit).
 */
export class Store {
  private readonly root: RootDatabase<unknown, string>
  private readonly open = new Map<string, LmdbCollection<unknown>>()

  constructor(folder: string) {
    // overlappingSync would let a commit's promise resolve before its fdatasync; acknowledged must mean durable.
    this.root = open({path: folder, overlappingSync: false, maxDbs: 64, cache: false})
  }

  collection<T>(name: string): Collection<T> {
    let found = this.open.get(name)
    if (!found) {
      found = new LmdbCollection(this.root.openDB({name, encoding: 'msgpack'}))
      this.open.set(name, found)
    }
    return found as unknown as Collection<T>
  }

  bytes(name: string): Log {
    let found = this.open.get(name)
    if (!found) {
      found = new LmdbCollection(this.root.openDB({name, encoding: 'binary'}))
      this.open.set(name, found)
    }
    return found as unknown as Log
  }

  /** Runs `change` in one transaction: all of it or, when it throws, nothing. Synced to disk when it returns. */
  write<R>(change: () => R): R {
    return this.root.transactionSync<R>(change)
  }

  /**
   * Stages the puts and deletes of `change` as one atomic unit and returns when they are synced to disk. Units that are
   * staged while a commit is under way share the next one (group commit). `change` must not read what it has just put.
   */
  async batch(change: () => void): Promise<void> {
    await this.root.batch(change)
  }

  async close(): Promise<void> {
    await this.root.close()
  }
}

class LmdbCollection<T> implements Collection<T> {
  constructor(private readonly db: Database<T, string>) {}

  get(key: string): T | undefined {
    return this.db.get(key)
  }

  *list(prefix = '', after?: string): Iterable<{key: string; value: T}> {
    const start = after !== undefined && after > prefix ? after : prefix
    for (const row of this.db.getRange({start})) {
      if (!row.key.startsWith(prefix)) return
      if (row.key !== after) yield row
    }
  }

  count(prefix = ''): number {
    let count = 0
    for (const key of this.db.getKeys({start: prefix})) {
      if (!key.startsWith(prefix)) break
      count += 1
    }
    return count
  }

  put(key: string, value: T): void {
    void this.db.put(key, value)
  }

  delete(key: string): void {
    void this.db.remove(key)
  }

  async append(key: string, value: T): Promise<void> {
    await this.db.put(key, value)
  }
}
