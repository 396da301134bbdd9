import {messageOf} from '../../core/errors'
import type {Duck} from './duck'
import {quoteText, type HiveField} from './hive-type'
import {inListOrder, KeySpellings, keysExpression, objectPlaces, type ObjectPlace} from './json-keys'
import {exactNumber, oddLine} from './odd-lines'
import {linesOf} from './read-lines'
import type {TableFile} from './table-files'

/** What has to be known of a file before its lines can be read as rows. */
export interface FileFacts {
  /** A line is malformed, no object, or more than one object. */
  isBroken: boolean
  /** A number stands in it whose text a double would not give back (`5.10`, 17 digits, `1e2`). */
  hasExactNumbers: boolean
}

/** Lines that teach the first spellings. */
const sampledLines = 1000

/**
 * Inspects each object once: an object never changes under its ETag, so what was found holds for later queries.
 * Kept in memory, for one table in one version.
 */
export class JsonInspector {
  readonly spellings = new KeySpellings()
  private readonly facts = new Map<string, FileFacts>()

  constructor(private readonly fields: readonly HiveField[]) {}

  /** Learns the key spellings of the files and returns the facts of each, in their order. */
  async inspect(duck: Duck, files: readonly TableFile[]): Promise<FileFacts[]> {
    const fresh = files.filter((file) => !this.facts.has(keyOf(file)))
    // The first file teaches nearly every spelling, so that the many are taken apart once and not once for each level.
    for (const some of [fresh.slice(0, 1), fresh.slice(1)]) {
      if (some.length === 0) continue
      await this.sample(duck, some)
      await this.read(duck, await this.skim(duck, some))
    }
    return files.map((file) => this.facts.get(keyOf(file)) ?? {isBroken: true, hasExactNumbers: true})
  }

  /** Learns the spellings of objects that had to be repaired before their keys could be seen. */
  async learnRepaired(duck: Duck, files: readonly TableFile[], longestLine: number): Promise<void> {
    if (files.length === 0) return
    const paths = files.map((file) => file.path)
    await this.learnFrom(duck, linesOf(paths, longestLine))
  }

  private async learnFrom(duck: Duck, lines: string): Promise<void> {
    for (let isNew = true; isNew;) {
      const places = this.places()
      const keys = `list(DISTINCT ${keysExpression('json', places)})`
      isNew = this.learn(places, await duck.value(`SELECT ${keys} FROM ${lines}`))
    }
  }

  /** Learns spellings from the first lines of files. */
  private async sample(duck: Duck, files: readonly TableFile[]): Promise<void> {
    const lines = `(SELECT json FROM ${linesOf(files.slice(0, 3).map((file) => file.path))} LIMIT ${sampledLines})`
    try {
      for (let isNew = true; isNew;) {
        const places = this.places()
        const [keys] = await duck.rows(
          `SELECT list(DISTINCT ${keysExpression('json', places)}) FROM ${lines}`,
        )
        isNew = this.learn(places, keys?.[0])
      }
    } catch {
      // What is wrong with a file is found out, and told, by whoever reads it to its end.
    }
  }

  /** Looks through the files by their text. Notes the facts of those in which nothing is odd, and answers the others. */
  private async skim(duck: Duck, files: readonly TableFile[]): Promise<readonly TableFile[]> {
    const odd = oddLine(new Set(this.places().flatMap(({wanted}) => [...wanted])), this.spellings)
    if (odd === undefined) return files
    const isOdd = `json IS NULL OR NOT starts_with(json, '{') OR regexp_matches(json, ${quoteText(odd)})`
    const lines = linesOf(files.map((file) => file.path))
    let found: unknown[][]
    try {
      found = await duck.rows(
        `SELECT filename FROM ${lines} GROUP BY filename HAVING NOT coalesce(bool_or(${isOdd}), false)`,
      )
    } catch {
      return files
    }
    const plain = new Set(found.map(([path]) => path))
    for (const file of files) {
      if (plain.has(file.path)) this.facts.set(keyOf(file), {isBroken: false, hasExactNumbers: false})
    }
    return files.filter((file) => !plain.has(file.path))
  }

  private async read(duck: Duck, files: readonly TableFile[]): Promise<void> {
    if (files.length === 0) return
    while (await this.readOnce(duck, files));
  }

  /** One pass over the files; true where a spelling was new, so that there may be objects not looked into yet. */
  private async readOnce(duck: Duck, files: readonly TableFile[]): Promise<boolean> {
    const places = this.places()
    const rows = await this.query(duck, files, keysExpression('json', places))
    const byPath = new Map(rows.map((row) => [row[0] as string, row]))
    let isNew = false
    for (const file of files) {
      const [, broken, exact, keys] = byPath.get(file.path) ?? [file.path, false, false, []]
      this.facts.set(keyOf(file), {isBroken: broken === true, hasExactNumbers: exact === true})
      if (this.learn(places, keys)) isNew = true
    }
    return isNew
  }

  private places(): ObjectPlace[] {
    return inListOrder(objectPlaces(this.fields, this.spellings))
  }

  /** Learns from what `keysExpression` found; true where a spelling was new. */
  private learn(places: readonly ObjectPlace[], found: unknown): boolean {
    let isNew = false
    for (const lists of (found as (string[] | null)[][] | null) ?? []) {
      places.forEach((place, at) => {
        if (this.spellings.learn(place.path, lists?.[at] ?? [], place.wanted)) isNew = true
      })
    }
    return isNew
  }

  private async query(duck: Duck, files: readonly TableFile[], keys: string): Promise<unknown[][]> {
    try {
      return await duck.rows(
        `SELECT filename, coalesce(bool_or(json IS NULL OR json_type(json) <> 'OBJECT'), false),
           coalesce(bool_or(regexp_matches(json, ${quoteText(exactNumber)})), false), list(DISTINCT ${keys})
         FROM ${linesOf(files.map((file) => file.path))} GROUP BY filename`,
      )
    } catch (error) {
      // A line longer than 16 MB, as many objects without a delimiter make it: the file is taken apart line by line.
      if (!/maximum_object_size/.test(messageOf(error))) throw error
      if (files.length === 1) return files.map((file) => [file.path, true, true, []])
      const parts = await Promise.all(files.map((file) => this.query(duck, [file], keys)))
      return parts.flat()
    }
  }
}

function keyOf(file: TableFile): string {
  return `${file.uri} ${file.etag}`
}
