import {createReadStream} from 'node:fs'
import {mkdtemp, open, rm} from 'node:fs/promises'
import type {FileHandle} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {createInterface} from 'node:readline'
import type {Row} from '../core/column'
import {parseExact, stringifyExact} from '../core/json'

/** What is held of rows before they go to a file. */
const bound = {rows: 50_000, characters: 64_000_000}
const characters = (row: Row) =>
  Object.values(row).reduce((sum: number, value) => sum + String(value).length + 16, 0)

/** Node's reader of lines takes these two for ends of one; in JSON they may stand as they are. */
const lineOf = (row: Row) =>
  stringifyExact(row).replace(/[\u2028\u2029]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16)}`)

/** Rows that are read more than once, in batches and in their order. A few are held; many lie in a file, which only this user can read and which `close` removes. */
export class RowStore {
  count = 0
  private held: Row[] = []
  private heldCharacters = 0
  private folder: string | undefined
  private file: FileHandle | undefined

  async add(rows: readonly Row[]): Promise<void> {
    for (const row of rows) {
      this.held.push(row)
      this.heldCharacters += characters(row)
    }
    this.count += rows.length
    if (this.held.length > bound.rows || this.heldCharacters > bound.characters) await this.spill()
  }

  async *batches(size: number): AsyncGenerator<readonly Row[]> {
    if (this.folder !== undefined) {
      let batch: Row[] = []
      const lines = createInterface({input: createReadStream(this.path()), crlfDelay: Infinity})
      for await (const line of lines) {
        batch.push(parseExact(line) as Row)
        if (batch.length < size) continue
        yield batch
        batch = []
      }
      yield batch
    }
    for (let at = 0; at < this.held.length; at += size) yield this.held.slice(at, at + size)
  }

  async close(): Promise<void> {
    await this.file?.close()
    if (this.folder !== undefined) await rm(this.folder, {recursive: true, force: true})
  }

  private async spill(): Promise<void> {
    this.folder ??= await mkdtemp(join(tmpdir(), 'usage-tracker-rows-'))
    this.file ??= await open(this.path(), 'wx', 0o600)
    for (let at = 0; at < this.held.length; at += 1_000) {
      const lines = this.held.slice(at, at + 1_000).map((row) => `${lineOf(row)}\n`)
      await this.file.appendFile(lines.join(''))
    }
    this.held = []
    this.heldCharacters = 0
  }

  private path(): string {
    return join(this.folder ?? '', 'rows.ndjson')
  }
}
