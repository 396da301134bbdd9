import {duckDbType, quoteName, quoteText, type HiveField, type HiveType} from './hive-type'
import type {KeySpellings} from './json-keys'
import {plainColumns} from './plain-columns'
import {linesOf, readLines} from './read-lines'

/** Sign before a number that was put in quotes; no text of JSON can hold it unescaped. */
const mark = 'chr(1)'
const number = '-?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?'

/** A column: its name in the table, the key of the document that it reads, and its type. */
export interface JsonColumn extends HiveField {
  key: string
}

/**
 * SQL of a JSON document whose numbers are texts with a mark before them, so that no number passes through a double.
 * Strings are skipped whole; the empty number at the end takes what comes after the last one.
 */
export function markNumbers(json: string): string {
  const pattern = quoteText(`((?:"(?:[^"\\\\]|\\\\.)*"|[^"0-9-])*)(${number}|$)`)
  // The text ends in an empty marked number, which is 8 characters long.
  return `left(system.main.regexp_replace(${json}, ${pattern}, '\\1"\\\\u0001\\2"', 'g'), -8)`
}

/**
 * SQL of a table's columns over files of JSON lines. `marked` says that no number may pass through a double: they become marked texts
 * (`markNumbers`) first.
 */
export class JsonColumns {
  constructor(
    private readonly columns: readonly JsonColumn[],
    private readonly spellings: KeySpellings,
    private readonly marked: boolean,
  ) {}

  /** SQL of the columns, and `filename`, of files whose lines are all JSON objects; the longest has so many bytes at most. */
  rows(paths: readonly string[], longestLine = 0): string {
    const list = this.columns.map(
      (column) => `${this.field(column, column.key, 'doc', '$')} AS ${quoteName(column.name)}`,
    )
    return `SELECT ${[...list, 'filename'].join(', ')} FROM ${this.documents(paths, longestLine)}`
  }

  /** The relation of the documents, with the keys that the table knows in `doc`, in `json` the text of those that are not plain, and `filename`. */
  private documents(paths: readonly string[], longestLine: number): string {
    const columns = this.marked ? undefined : plainColumns(this.columns, this.spellings)
    if (columns !== undefined) return `${readLines('read_json', paths, [columns])} AS doc`
    const lines = linesOf(paths, longestLine)
    const json = this.marked ? `(SELECT ${markNumbers('json')}::JSON AS json, filename FROM ${lines})` : lines
    const document = this.transform('json', this.objectStructure(this.columns, '$'))
    return `(SELECT ${document} AS doc, json, filename FROM ${json})`
  }

  private transform(json: string, structure: unknown): string {
    return `json_transform(${json}, ${quoteText(JSON.stringify(structure))})`
  }

  private objectStructure(fields: readonly (HiveField & {key?: string})[], path: string): unknown {
    const entries = fields.map((field) => {
      const key = this.first(path, field.key ?? field.name)
      return [key, this.structure(field.type, `${path}.${quoteName(key)}`)] as const
    })
    return Object.fromEntries(entries)
  }

  private structure(type: HiveType, path: string): unknown {
    switch (type.kind) {
      case 'array':
        return [this.structure(type.element, `${path}[*]`)]
      case 'map':
        // DuckDB writes a map's structure as the name of its type; what is no plain text inside is read as JSON.
        return `MAP(VARCHAR, ${type.value.kind === 'scalar' ? this.leaf(type.value) : 'JSON'})`
      case 'struct':
        return this.objectStructure(type.fields, path)
      case 'scalar':
        return this.leaf(type)
    }
  }

  private leaf(type: HiveType & {kind: 'scalar'}): string {
    const isDirect = !this.marked && type.name !== 'decimal'
    return isDirect ? duckDbType(type) : 'VARCHAR'
  }

  /** The value of a field of the struct `input`; further spellings of its key are read from the document itself. */
  private field(field: HiveField, key: string, input: string, path: string): string {
    const spellings = path.includes('*') ? [this.first(path, key)] : this.spellings.of(path, key)
    const values = spellings.map((spelling, place) => {
      const at = `${path}.${quoteName(spelling)}`
      const other = `json_extract(json, ${quoteText(at)})`
      const value =
        place === 0
          ? `${input}.${quoteName(spelling)}`
          : this.transform(other, this.structure(field.type, at))
      return this.value(field.type, value, at)
    })
    return values.length === 1 ? (values[0] ?? 'NULL') : `coalesce(${values.join(', ')})`
  }

  private value(type: HiveType, input: string, path: string): string {
    switch (type.kind) {
      case 'scalar':
        return this.scalar(type, input)
      case 'array': {
        const element = this.value(type.element, 'element', `${path}[*]`)
        return element === 'element' ? input : `list_transform(${input}, lambda element: ${element})`
      }
      case 'map':
        return this.map(type, input, path)
      case 'struct': {
        const fields = type.fields.map(
          (field) => `${quoteName(field.name)} := ${this.field(field, field.name, input, path)}`,
        )
        return `CASE WHEN ${input} IS NULL THEN NULL ELSE struct_pack(${fields.join(', ')}) END`
      }
    }
  }

  private map(type: HiveType & {kind: 'map'}, input: string, path: string): string {
    const inner =
      type.value.kind === 'scalar'
        ? 'entry.value'
        : this.transform('entry.value', this.structure(type.value, `${path}.*`))
    const value = this.value(type.value, inner, `${path}.*`)
    const key = duckDbType(type.key)
    if (value === 'entry.value' && key === 'VARCHAR') return input
    return `map_from_entries(list_transform(map_entries(${input}), lambda entry: {'k': TRY_CAST(entry.key AS ${key}), 'v': ${value}}))`
  }

  private scalar(type: HiveType & {kind: 'scalar'}, input: string): string {
    const name = duckDbType(type)
    if (!this.marked) return type.name === 'decimal' ? `TRY_CAST(${input} AS ${name})` : input
    if (name !== 'VARCHAR') return `TRY_CAST(ltrim(${input}, ${mark}) AS ${name})`
    // A text that is an object shows its marked numbers in quotes, escaped once more.
    return `CASE WHEN ${input} LIKE '{%' OR ${input} LIKE '[%'
      THEN system.main.regexp_replace(${input}, '"\\\\u0001([^"]*)"', '\\1', 'g') ELSE ltrim(${input}, ${mark}) END`
  }

  private first(path: string, key: string): string {
    return this.spellings.of(path, key)[0] ?? key
  }
}
