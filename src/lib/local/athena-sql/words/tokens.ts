/** Athena reads queries and views as Trino does, and DDL as Hive does: they quote names and texts differently. */
export type Dialect = 'hive' | 'trino'

export interface Token {
  /** `word` is a keyword or a plain name, `name` a quoted one. */
  kind: 'word' | 'name' | 'text' | 'number' | 'sign' | 'end'
  /** As written. */
  raw: string
  /** Without its quotes, and with what is escaped inside. */
  value: string
  place: number
}

/** What the groups of a pattern catch, in their order. */
const kinds = ['skipped', 'name', 'text', 'number', 'word', 'sign'] as const
const skipped = String.raw`(\s+|--[^\n]*|/\*[\s\S]*?\*/)`
const others = String.raw`(\d+(?:\.\d+)?(?![A-Za-z_]))|([A-Za-z0-9_]+)|([\s\S])`

const patterns: Readonly<Record<Dialect, RegExp>> = {
  trino: new RegExp(`${skipped}|("(?:[^"]|"")*")|('(?:[^']|'')*')|${others}`, 'gy'),
  // Two quotes in a text of Hive are two texts side by side, which Hive joins.
  hive: new RegExp(
    `${skipped}|(\`(?:[^\`]|\`\`)*\`)|('(?:[^'\\\\]|\\\\[\\s\\S])*'|"(?:[^"\\\\]|\\\\[\\s\\S])*")|${others}`,
    'gy',
  ),
}

/** The tokens of a statement one by one, without comments and white space; the last one is its end. */
export function* tokensOf(sql: string, dialect: Dialect): Generator<Token, void> {
  for (const match of sql.matchAll(patterns[dialect])) {
    const kind = kinds[match.findIndex((text, group) => group > 0 && text !== undefined) - 1]
    if (kind === undefined || kind === 'skipped') continue
    const raw = match[0]
    yield {kind, raw, value: valueOf(kind, raw, dialect), place: match.index}
  }
  yield {kind: 'end', raw: '<EOF>', value: '', place: sql.length}
}

function valueOf(kind: Token['kind'], raw: string, dialect: Dialect): string {
  if (kind !== 'name' && kind !== 'text') return raw
  const [quote = '', inner] = [raw[0], raw.slice(1, -1)]
  return kind === 'text' && dialect === 'hive' ? unescape(inner) : inner.replaceAll(quote + quote, quote)
}

const escapes: Readonly<Record<string, string>> = {
  ...{n: '\n', t: '\t', r: '\r', b: '\b', Z: '\u001a', '0': '\0'},
  // Kept for LIKE.
  ...{'%': '\\%', _: '\\_'},
}

/** What Hive reads behind a backslash: a control character, a character by its four hexadecimal or three octal digits, or the character itself. */
function unescape(text: string): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|[0-3][0-7]{2}|[\s\S])/g, (_, sign: string) => {
    if (/^u.{4}$/.test(sign)) return String.fromCharCode(parseInt(sign.slice(1), 16))
    if (/^\d{3}$/.test(sign)) return String.fromCharCode(parseInt(sign, 8))
    return escapes[sign] ?? sign
  })
}
