import {messageOf} from '../../core/errors'
import type {Duck} from './duck'
import {quoteText, type HiveField} from './hive-type'
import {inListOrder, KeySpellings, keysExpression, objectPlaces} from './json-keys'
import type {TableFile} from './table-files'

/** What has to be known of a file before its lines can be read as rows. */
export interface FileFacts {
  /** A line is malformed, no object, or more than one object. */
  isBroken: boolean
  /** A number stands in it whose text a double would not give back (`5.10`, 17 digits, `1e2`). */
  hasExactNumbers: boolean
}

/** A number after `:`, `[` or `,` that has 16 digits or more, an exponent, or a zero at the end of its fraction. */
const exactNumber = '[:\\[,]\\s*-?(?:[0-9.]{16}|[0-9]+\\.[0-9]+0\\s*[,}\\]]|[0-9]+(?:\\.[0-9]+)?[eE])'

/** Reads all lines of files: NULL for a line that is not one JSON document. */
export function linesOf(paths: readonly string[]): string {
  const list = paths.map((path) => quoteText(escapeGlob(path))).join(', ')
  return `read_json_objects([${list}], format = 'newline_delimited', ignore_errors = true, filename = true)`
}

/** DuckDB reads a path as a glob pattern; a sign in brackets stands for itself. */
export function escapeGlob(path: string): string {
  return path.replace(/[*?[]/g, '[$&]')
}

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
    // The first files teach nearly every spelling, so that the many are read once and not once for each level.
    await this.read(duck, fresh.slice(0, 3))
    await this.read(duck, fresh.slice(3))
    return files.map((file) => this.facts.get(keyOf(file)) ?? {isBroken: true, hasExactNumbers: true})
  }

  private async read(duck: Duck, files: readonly TableFile[]): Promise<void> {
    if (files.length === 0) return
    while (await this.readOnce(duck, files));
  }

  /** One pass over the files; true where a spelling was new, so that there may be objects not looked into yet. */
  private async readOnce(duck: Duck, files: readonly TableFile[]): Promise<boolean> {
    const places = inListOrder(objectPlaces(this.fields, this.spellings))
    const rows = await this.query(duck, files, keysExpression('json', places))
    const byPath = new Map(rows.map((row) => [row[0] as string, row]))
    let isNew = false
    for (const file of files) {
      const [, broken, exact, keys] = byPath.get(file.path) ?? [file.path, false, false, []]
      this.facts.set(keyOf(file), {isBroken: broken === true, hasExactNumbers: exact === true})
      for (const lists of (keys as (string[] | null)[][] | null) ?? []) {
        places.forEach((place, at) => {
          if (this.spellings.learn(place.path, lists?.[at] ?? [], place.wanted)) isNew = true
        })
      }
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
