import {totalmem} from 'node:os'
import type {DuckDBConnection, DuckDBInstance, DuckDBResultReader} from '@duckdb/node-api'
import {quoteText} from './hive-type'

/**
 * Settings of every session: offline, two threads, and no promise of an order that the query does not ask for (nor does Trino). Rows on their way
 * into partitions are held back in small numbers: a fifth of DuckDB's saves 200 MB and costs nothing.
 */
const settings = {
  threads: '2',
  preserve_insertion_order: 'false',
  partitioned_write_flush_threshold: '100000',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
}

/** What a session may hold. */
export interface DuckLimits {
  /** Rows that windows, joins and sorts hold beyond it are spilled. */
  memory: string
  /**
   * When what was let go of goes back to the system (DuckDB: beyond 128 and 512 MB in each thread). A process holds up to as much, of which DuckDB counts nothing
   * towards its limit; but memory that goes back and forth while a query spills is a fifth of its time.
   */
  flush: string
}

/** Of a query, at first. */
export const readLimits: DuckLimits = {memory: '1GiB', flush: '32MB'}

/**
 * Of a query for which that was too little, because what aggregates hold cannot be spilled: a quarter of the machine's (or container's)
 * memory, at least 1 GiB.
 */
export function mostLimits(): DuckLimits {
  const bytes = Math.min(totalmem(), process.constrainedMemory() || Infinity)
  return {...readLimits, memory: `${Math.max(1024, Math.floor(bytes / 4 / 2 ** 20))}MiB`}
}

/** Of a statement that writes: what it holds are rows on their way, which can be spilled. What DuckDB does not count comes on top, 100 to 200 MB. */
export const writeLimits: DuckLimits = {memory: '416MiB', flush: '2MB'}

/** One DuckDB in memory for one query. DuckDB itself is loaded with the first. */
export class Duck {
  private constructor(
    private readonly instance: DuckDBInstance,
    readonly connection: DuckDBConnection,
  ) {}

  /** Opens a session whose spilled data goes to `folder`. */
  static async open(folder: string, {memory, flush} = readLimits): Promise<Duck> {
    const {DuckDBInstance: Instance} = await import('@duckdb/node-api')
    const instance = await Instance.create(':memory:', {
      ...settings,
      memory_limit: memory,
      allocator_flush_threshold: flush,
      allocator_bulk_deallocation_flush_threshold: flush,
      temp_directory: folder,
    })
    const duck = new Duck(instance, await instance.connect())
    await duck.run("SET TimeZone = 'UTC'; SET integer_division = true")
    return duck
  }

  async run(sql: string): Promise<void> {
    await this.connection.run(sql)
  }

  async rows(sql: string): Promise<unknown[][]> {
    const reader: DuckDBResultReader = await this.connection.runAndReadAll(sql)
    return reader.getRowsJS()
  }

  /** The only value of a query. */
  async value(sql: string): Promise<unknown> {
    return (await this.rows(sql))[0]?.[0]
  }

  /** Lets the session hold a line of so many bytes besides: its text, its value, and what is on its way to a column, in each thread. */
  async makeRoomForLine(bytes: number): Promise<void> {
    const limit = String(await this.value("SELECT current_setting('memory_limit')"))
    const [, amount = '0', unit = ''] = /^([\d.]+) (\w+)$/.exec(limit) ?? []
    const mebibytes = Number(amount) * (unit === 'GiB' ? 1024 : 1) + (16 * bytes) / 2 ** 20
    await this.run(`SET memory_limit = '${Math.ceil(mebibytes)}MiB'`)
  }

  /** From here on rows are written in the order in which they come. */
  async keepOrder(): Promise<void> {
    await this.run('SET preserve_insertion_order = true')
  }

  /** From here on the session reads no file but these, writes into no folder but `writesTo`, and takes no setting. */
  async confineTo(paths: readonly string[], writesTo?: string): Promise<void> {
    await this.run(`SET allowed_paths = [${paths.map(quoteText).join(', ')}]`)
    if (writesTo !== undefined) await this.run(`SET allowed_directories = [${quoteText(writesTo)}]`)
    await this.run('SET enable_external_access = false; SET lock_configuration = true')
  }

  interrupt(): void {
    this.connection.interrupt()
  }

  close(): void {
    this.connection.closeSync()
    this.instance.closeSync()
  }
}
