import type {Collection, Store} from '../../store'
import {rowKey} from './named-rows'

/** What started a run by a trigger: everything that one start has set going, each of them after what it waits for. */
export interface ChainRef {
  id: string
  /** The workflow whose run it is; undefined for triggers outside of workflows. */
  workflow: string | undefined
}

/** One run of something that has a name. Times are milliseconds since 1970 on the endpoint's clock. */
export interface RunRow {
  region: string
  /** Of what it is a run: a job, a crawler. */
  of: string
  id: string
  /** Grows from run to run. */
  order: string
  startedAt: number
  completedAt: number | undefined
  error: string | undefined
  chain: ChainRef | undefined
}

/** Runs of jobs, of crawlers, or of workflows. */
export class RunRows<T extends RunRow> {
  private readonly rows: Collection<T>

  constructor(
    private readonly store: Store,
    collection: string,
  ) {
    this.rows = store.collection(collection)
  }

  find(region: string, of: string, id: string): T | undefined {
    return this.rows.get(rowKey(region, of, id))
  }

  /** The runs of one thing, the newest first. */
  newestFirst(region: string, of: string): T[] {
    return this.under(`${rowKey(region, of)}/`).sort((a, b) => (a.order < b.order ? 1 : -1))
  }

  /** The last run of something in a chain. */
  inChain(region: string, of: string, chain: ChainRef): T | undefined {
    return this.newestFirst(region, of).find((row) => row.chain?.id === chain.id)
  }

  /** Those of one thing that have not ended. */
  open(region: string, of: string): T[] {
    return this.newestFirst(region, of).filter((row) => row.completedAt === undefined)
  }

  /** All that have not ended, in every region. */
  allOpen(): T[] {
    return this.under('').filter((row) => row.completedAt === undefined)
  }

  /** Only inside `Store.write`. */
  put(row: T): void {
    this.rows.put(rowKey(row.region, row.of, row.id), row)
  }

  /** Forgets the runs of one thing. Only inside `Store.write`. */
  forget(region: string, of: string): void {
    for (const row of this.under(`${rowKey(region, of)}/`)) this.rows.delete(rowKey(region, of, row.id))
  }

  /** Lays a change over a run, unless it has ended or is gone. The run as it is then; undefined where nothing was changed. */
  advance({region, of, id}: T, change: Partial<T>): T | undefined {
    return this.store.write(() => {
      const current = this.find(region, of, id)
      if (!current || current.completedAt !== undefined) return undefined
      const next = {...current, ...change}
      this.put(next)
      return next
    })
  }

  private under(prefix: string): T[] {
    return [...this.rows.list(prefix)].map(({value}) => value)
  }
}
