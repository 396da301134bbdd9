import {lineAt, SqlFailure} from '../sql-failure'
import {pieces, type Piece} from '../statement'

/** A name as a statement writes it, `database.table` or `table`, folded to lower case. */
export interface QualifiedName {
  catalog: string
  database: string
  name: string
  /** Where it stands in the statement. */
  place: number
}

/** Reads the head of a statement word by word; white space and comments count for nothing. */
export class StatementReader {
  private readonly pieces: Piece[]
  private at = 0

  constructor(private readonly sql: string) {
    this.pieces = pieces(sql).filter((piece) => !/^(?:\s|--|\/\*)/.test(piece.text))
  }

  /** Where the next word stands. */
  get place(): number {
    return this.pieces[this.at]?.place ?? this.sql.length
  }

  /** The next word in capitals, or the one `ahead` of it; empty at the end. */
  peek(ahead = 0): string {
    return this.pieces[this.at + ahead]?.text.toUpperCase() ?? ''
  }

  /** Takes these words if they come next. */
  takes(...words: string[]): boolean {
    if (!words.every((word, ahead) => this.peek(ahead) === word)) return false
    this.at += words.length
    return true
  }

  /** Takes these words. Throws SqlFailure with Athena's `mismatched input` where others come. */
  expect(...words: string[]): void {
    for (const word of words) {
      if (!this.takes(word)) throw this.mismatch(/^\w/.test(word) ? word : `'${word}'`)
    }
  }

  /** A name, quoted or not. Throws SqlFailure. */
  name(): string {
    const text = this.next(/^(?:[A-Za-z_]|")/, '<identifier>')
    return (text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text).toLowerCase()
  }

  /** `table`, `database.table` or `catalog.database.table`. Throws SqlFailure. */
  qualifiedName(): QualifiedName {
    const {place} = this
    const parts = [this.name()]
    while (this.takes('.')) parts.push(this.name())
    if (parts.length > 3)
      throw new SqlFailure(`${lineAt(this.sql, place)}: Too many dots in table name`, 1006)
    const [name = '', database = '', catalog = ''] = parts.reverse()
    return {catalog, database, name, place}
  }

  /** A text in single quotes. Throws SqlFailure. */
  text(): string {
    return this.next(/^'/, '<string>').slice(1, -1).replaceAll("''", "'")
  }

  /** Items in parentheses, set apart by commas. Throws SqlFailure. */
  list<T>(readItem: () => T): T[] {
    this.expect('(')
    const items = [readItem()]
    while (this.takes(',')) items.push(readItem())
    this.expect(')')
    return items
  }

  /** The statement from here up to `end`, behind as many blanks and line ends as came before it, so that places in it stay what they are. */
  query(end = this.sql.length): string {
    return this.sql.slice(0, this.place).replace(/[^\n]/g, ' ') + this.sql.slice(this.place, end)
  }

  /** Athena's words for a statement that does not go on as it should. */
  mismatch(expecting: string): SqlFailure {
    const found = this.pieces[this.at]?.text ?? '<EOF>'
    return new SqlFailure(
      `${lineAt(this.sql, this.place)}: mismatched input '${found}'. Expecting: ${expecting}`,
      1006,
    )
  }

  private next(pattern: RegExp, expecting: string): string {
    const text = this.pieces[this.at]?.text ?? ''
    if (!pattern.test(text)) throw this.mismatch(expecting)
    this.at += 1
    return text
  }
}
