import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {Duck} from './duck'
import type {DuckLimits} from './duck'
import {quoteText} from './hive-type'
import {ReadFiles} from './read-files'
import {serialize, readTree, type Node} from './syntax-tree'
import {defineClock} from './trino/functions'

/** One query's DuckDB, with a folder for what it spills. */
export class Session {
  readonly read = new ReadFiles()

  private constructor(
    readonly duck: Duck,
    readonly folder: string,
    private readonly release: () => void,
  ) {}

  /** Opens a session. `signal` interrupts what it does; `now` (milliseconds since 1970) is its present; `limits` as `Duck.open` takes them. */
  static async open(signal: AbortSignal, now: number, limits?: DuckLimits): Promise<Session> {
    const folder = await mkdtemp(join(tmpdir(), 'usage-tracker-athena-'))
    const duck = await Duck.open(folder, limits)
    const session = new Session(duck, folder, interruptOn(signal, duck))
    await defineClock(duck, now)
    return session
  }

  /** The tree of a statement. Throws SqlFailure with Athena's `mismatched input` on a syntax error. */
  async tree(sql: string): Promise<Node> {
    return readTree(sql, String(await this.duck.value(`SELECT json_serialize_sql(${quoteText(sql)})`)))
  }

  /** The text of a tree. */
  async text(tree: Node): Promise<string> {
    return String(await this.duck.value(`SELECT json_deserialize_sql(${quoteText(serialize(tree))})`))
  }

  async close(): Promise<void> {
    this.release()
    this.duck.close()
    await rm(this.folder, {recursive: true, force: true})
  }
}

/**
 * Interrupts the session once the signal says so, and again until the returned function is called: DuckDB forgets an
 * interrupt that comes between two of its statements.
 */
function interruptOn(signal: AbortSignal, duck: Duck): () => void {
  let again: NodeJS.Timeout | undefined
  const stop = () => {
    duck.interrupt()
    again = setInterval(() => duck.interrupt(), 20)
  }
  signal.addEventListener('abort', stop)
  return () => {
    signal.removeEventListener('abort', stop)
    clearInterval(again)
  }
}
