import {lineAt, SqlFailure} from '../sql-failure'
import {isReserved} from './reserved'
import {tokensOf, type Dialect, type Token} from './tokens'

/** `[database.]name` as a statement writes it. Lower case, as the catalog keeps names. */
export interface ObjectName {
  database: string | undefined
  name: string
  /** Where it stands in the statement. */
  place: number
}

/** Reads the words of a statement one by one; comments and white space count for nothing. What throws, throws SqlFailure. */
export class Cursor {
  private readonly tokens: readonly Token[]
  private at = 0

  constructor(
    readonly sql: string,
    private readonly dialect: Dialect,
  ) {
    this.tokens = [...tokensOf(sql, dialect)]
  }

  get token(): Token {
    return this.tokens[this.at] ?? {kind: 'end', raw: '<EOF>', value: '', place: this.sql.length}
  }

  /** Where the next word stands. */
  get place(): number {
    return this.token.place
  }

  /** Takes the next word, whatever it is. */
  next(): Token {
    const token = this.token
    this.at += 1
    return token
  }

  /** True where these words or signs come next, in any case; nothing is taken. */
  sees(...words: readonly string[]): boolean {
    return words.every((word, ahead) => isWord(this.tokens[this.at + ahead], word))
  }

  /** True where one of these words stands so many words ahead. */
  seesAhead(ahead: number, words: readonly string[]): boolean {
    return words.some((word) => isWord(this.tokens[this.at + ahead], word))
  }

  /** Takes these words or signs where they all come next. */
  takes(...words: readonly string[]): boolean {
    if (!this.sees(...words)) return false
    this.at += words.length
    return true
  }

  /** Takes these words or signs. Throws where others come. */
  needs(...words: readonly string[]): void {
    for (const word of words) if (!this.takes(word)) throw this.unexpected(`'${word}'`)
  }

  /** A name, quoted or not; in Hive a reserved word has to be quoted. */
  name(): string {
    const {kind, value} = this.token
    const isPlain = kind === 'word' && !(this.dialect === 'hive' && isReserved(value))
    if (kind !== 'name' && !isPlain) throw this.unexpected('<identifier>')
    this.at += 1
    return value.toLowerCase()
  }

  /** `[[awsdatacatalog.]database.]name`; Hive takes `database.name` between one pair of backticks, too. */
  objectName(): ObjectName {
    const {place} = this
    const parts = [this.name()]
    while (this.takes('.')) parts.push(this.name())
    if (parts.length > 3)
      throw new SqlFailure(`${lineAt(this.sql, place)}: Too many dots in table name`, 1006)
    const [name = '', database, catalog] = parts.reverse()
    if (catalog !== undefined && catalog !== 'awsdatacatalog') {
      const at = lineAt(this.sql, place)
      throw new SqlFailure(`CATALOG_NOT_FOUND: ${at}: Catalog '${catalog}' does not exist`, 1006)
    }
    const joined = this.dialect === 'hive' && database === undefined ? /^([^.]+)\.([^.]+)$/.exec(name) : null
    return joined ? {database: joined[1], name: joined[2] ?? '', place} : {database, name, place}
  }

  /** A text in quotes; texts side by side are one in Hive. */
  text(): string {
    if (this.token.kind !== 'text') throw this.unexpected('<string>')
    let text = this.next().value
    while (this.dialect === 'hive' && this.token.kind === 'text') text += this.next().value
    return text
  }

  /** A text in quotes, a number, `true` or `false`, as text. */
  literal(): string {
    if (this.token.kind === 'text') return this.text()
    if (this.sees('TRUE') || this.sees('FALSE')) return this.next().raw.toLowerCase()
    const sign = this.takes('-') ? '-' : ''
    if (this.token.kind !== 'number') throw this.unexpected('<literal>')
    return sign + this.next().raw
  }

  /** Items in brackets, set apart by commas. */
  list<T>(readItem: () => T, opening = '(', closing = ')'): T[] {
    this.needs(opening)
    const items = [readItem()]
    while (this.takes(',')) items.push(readItem())
    this.needs(closing)
    return items
  }

  /** `(name = value, ...)`, where one of Hive's properties has a text on each side. Throws on a name that comes twice. */
  properties<V>(readName: () => string, readValue: () => V): Map<string, V> {
    const properties = new Map<string, V>()
    this.list(() => {
      const name = readName()
      this.needs('=')
      if (properties.has(name))
        throw new SqlFailure(`DUPLICATE_PROPERTY: line 1:1: Duplicate property: ${name}`, 1006)
      properties.set(name, readValue())
    })
    return properties
  }

  /** The statement from here up to `end`, behind as many blanks and line ends as came before it, so that places in it stay what they are. */
  query(end = this.sql.length): string {
    return this.sql.slice(0, this.place).replace(/[^\n]/g, ' ') + this.sql.slice(this.place, end)
  }

  /** A query up to the parenthesis that closes it, which is taken too. Throws where none does. */
  queryInParentheses(): string {
    const start = this.at
    for (let depth = 0; this.token.kind !== 'end'; this.at += 1) {
      if (this.sees('(')) depth += 1
      if (!this.sees(')')) continue
      depth -= 1
      if (depth >= 0) continue
      const end = this.at
      this.at = start
      const query = this.query(this.tokens[end]?.place)
      this.at = end + 1
      return query
    }
    throw this.unexpected("')'")
  }

  /** Where these words stand, if the statement ends in them. */
  placeOfTail(...words: readonly string[]): number | undefined {
    const first = this.tokens.length - 1 - words.length
    const isThere = words.every((word, ahead) => isWord(this.tokens[first + ahead], word))
    return isThere ? this.tokens[first]?.place : undefined
  }

  /** Throws unless the statement ends here. */
  end(): void {
    while (this.takes(';'));
    if (this.token.kind !== 'end') throw this.unexpected('<EOF>')
  }

  /** Athena's words for a statement that does not go on as it should: `expected` as they stand in it, `'AS'` or `<identifier>`. */
  unexpected(...expected: readonly string[]): SqlFailure {
    const at = lineAt(this.sql, this.place)
    const [found, list] = [this.token.raw, expected.join(', ')]
    const message =
      this.dialect === 'trino'
        ? `${at}: mismatched input '${found}'. Expecting: ${list}`
        : `FAILED: ParseException ${at} mismatched input '${found}' expecting ${list}`
    return new SqlFailure(message, 1006)
  }
}

function isWord(token: Token | undefined, word: string): boolean {
  return (token?.kind === 'word' || token?.kind === 'sign') && token.raw.toUpperCase() === word
}
