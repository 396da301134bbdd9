import {lineAt, SqlFailure} from '../sql-failure'

export interface Token {
  /** `word` is a keyword or a plain name, `name` one in backticks, `quoted` one in double quotes, `text` one in single quotes. */
  kind: 'word' | 'name' | 'quoted' | 'text' | 'number' | 'sign' | 'end'
  /** As written. */
  raw: string
  /** Without its quotes, and with what is escaped inside. */
  value: string
  place: number
}

const pattern =
  /(?<skip>\s+|--[^\n]*|\/\*[\s\S]*?\*\/)|(?<name>`(?:[^`]|``)*`)|(?<quoted>"(?:[^"\\]|\\[\s\S]|"")*")|(?<text>'(?:[^'\\]|\\[\s\S]|'')*')|(?<number>\d+(?:\.\d+)?(?![A-Za-z_]))|(?<word>[A-Za-z0-9_]+)|(?<sign>[\s\S])/gy

/** The tokens of a statement, without comments and white space; the last one is its end. */
export function tokensOf(sql: string): Token[] {
  const tokens: Token[] = []
  for (const match of sql.matchAll(pattern)) {
    const [kind] = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined) ?? []
    if (kind === undefined || kind === 'skip') continue
    const raw = match[0]
    tokens.push({kind: kind as Token['kind'], raw, value: valueOf(kind, raw), place: match.index})
  }
  return [...tokens, {kind: 'end', raw: '<EOF>', value: '', place: sql.length}]
}

function valueOf(kind: string, raw: string): string {
  const inner = raw.slice(1, -1)
  if (kind === 'name') return inner.replaceAll('``', '`')
  if (kind === 'quoted') return unescape(inner.replaceAll('""', '"'))
  if (kind === 'text') return unescape(inner.replaceAll("''", "'"))
  return raw
}

const escapes: Record<string, string> = {n: '\n', t: '\t', r: '\r', b: '\b', Z: '\u001a', '0': '\0'}

/** What Hive reads behind a backslash: a control character, a character by its four hexadecimal or three octal digits, or the character itself. */
function unescape(text: string): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|[0-3][0-7]{2}|[\s\S])/g, (_, sign: string) => {
    if (/^u.{4}$/.test(sign)) return String.fromCharCode(parseInt(sign.slice(1), 16))
    if (/^\d{3}$/.test(sign)) return String.fromCharCode(parseInt(sign, 8))
    return escapes[sign] ?? sign
  })
}

/** A name with up to three parts. Lower case, as the catalog keeps names. */
export interface ObjectName {
  database: string | undefined
  name: string
  place: number
}

/** Reads a statement token by token. What throws, throws SqlFailure with Athena's `mismatched input`. */
export class Cursor {
  private readonly tokens: readonly Token[]
  private at = 0

  constructor(readonly sql: string) {
    this.tokens = tokensOf(sql)
  }

  get token(): Token {
    return this.tokens[this.at] ?? {kind: 'end', raw: '<EOF>', value: '', place: this.sql.length}
  }

  next(): Token {
    const token = this.token
    this.at += 1
    return token
  }

  /** True where these words or signs come next, in any case; nothing is taken. */
  sees(...words: readonly string[]): boolean {
    return words.every((word, ahead) => {
      const token = this.tokens[this.at + ahead]
      return (token?.kind === 'word' || token?.kind === 'sign') && token.raw.toUpperCase() === word
    })
  }

  /** Takes these words or signs where they all come next. */
  takes(...words: readonly string[]): boolean {
    if (!this.sees(...words)) return false
    this.at += words.length
    return true
  }

  needs(...words: readonly string[]): void {
    for (const word of words) if (!this.takes(word)) throw this.unexpected(word)
  }

  /** A plain name, or one in backticks or, in statements of Trino, in double quotes. */
  name(quote: 'name' | 'quoted' = 'name'): string {
    const token = this.token
    if (token.kind !== 'word' && token.kind !== quote) throw this.unexpected()
    this.at += 1
    return token.value.toLowerCase()
  }

  /** `[[awsdatacatalog.]database.]name`. */
  objectName(quote: 'name' | 'quoted' = 'name'): ObjectName {
    const {place} = this.token
    const parts = [this.name(quote)]
    while (parts.length < 3 && this.takes('.')) parts.push(this.name(quote))
    const [name = '', database, catalog] = parts.reverse()
    if (catalog !== undefined && catalog !== 'awsdatacatalog') {
      const at = lineAt(this.sql, place)
      throw new SqlFailure(`CATALOG_NOT_FOUND: ${at}: Catalog '${catalog}' does not exist`, 1006)
    }
    return {database, name, place}
  }

  text(): string {
    const token = this.token
    if (token.kind !== 'text' && token.kind !== 'quoted') throw this.unexpected()
    this.at += 1
    return token.value
  }

  /** Throws unless the statement ends here. */
  end(): void {
    this.takes(';')
    if (this.token.kind !== 'end') throw this.unexpected('<EOF>')
  }

  unexpected(...expected: readonly string[]): SqlFailure {
    const at = `${lineAt(this.sql, this.token.place)}: mismatched input '${this.token.raw}'`
    const list = expected.map((word) => (word === '<EOF>' ? word : `'${word}'`)).join(', ')
    return new SqlFailure(list === '' ? at : `${at} expecting ${list}`, 1006)
  }
}
