import type {Collection, Store} from '../../store'
import {alreadyExists, entityNotFound} from './errors'

/** The key of what has a name in a region, and of what belongs to it. */
export function rowKey(region: string, ...names: string[]): string {
  return [region, ...names.map(encodeURIComponent)].join('/')
}

/** Rows by region and name: jobs, crawlers, triggers, workflows. Their names keep their case. */
export class NamedRows<T extends {name: string}> {
  private readonly rows: Collection<T>

  /** `what` is said in errors: `Job`. */
  constructor(
    store: Store,
    collection: string,
    private readonly what: string,
  ) {
    this.rows = store.collection(collection)
  }

  find(region: string, name: string): T | undefined {
    return this.rows.get(rowKey(region, name))
  }

  /** Throws `EntityNotFoundException`. */
  require(region: string, name: string): T {
    const row = this.find(region, name)
    if (!row) throw entityNotFound(`${this.what} ${name} not found.`)
    return row
  }

  /** Every row of a region, by name. */
  all(region: string): T[] {
    return [...this.rows.list(`${region}/`)].map(({value}) => value)
  }

  /** Writes a row that must be new. Only inside `Store.write`. Throws `AlreadyExistsException`. */
  add(region: string, row: T): void {
    if (this.find(region, row.name)) throw alreadyExists(this.what)
    this.put(region, row)
  }

  /** Only inside `Store.write`. */
  put(region: string, row: T): void {
    this.rows.put(rowKey(region, row.name), row)
  }

  /** Only inside `Store.write`. */
  delete(region: string, name: string): void {
    this.rows.delete(rowKey(region, name))
  }
}
