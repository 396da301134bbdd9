import {SqlFailure, notSupported} from '../sql-failure'

/** What each letter behind % means to Trino (the date formats of MySQL), as `strftime` and `strptime` of DuckDB write it. */
const mysql: Readonly<Record<string, string>> = {
  ...{a: '%a', b: '%b', c: '%-m', d: '%d', e: '%-d', f: '%f', H: '%H', h: '%I', I: '%I', i: '%M', j: '%j'},
  ...{k: '%-H', l: '%-I', M: '%B', m: '%m', p: '%p', r: '%I:%M:%S %p', S: '%S', s: '%S', T: '%H:%M:%S'},
  ...{v: '%V', W: '%A', x: '%G', Y: '%Y', y: '%y', '%': '%%'},
}

/** Letters of MySQL that Trino refuses. */
const refused = 'DUuVwX'

/**
 * A format of `date_format` and `date_parse` in the letters of DuckDB. A letter that means nothing stands for itself, as it does for Trino. Throws
 * SqlFailure (INVALID_FUNCTION_ARGUMENT) on those that Trino refuses.
 */
export function fromMysql(format: string): string {
  return format.replace(/%(\p{L}|%)?|[^%]+/gu, (piece, letter: string | undefined) => {
    if (!piece.startsWith('%')) return piece
    if (letter === undefined) return ''
    if (refused.includes(letter)) {
      throw new SqlFailure(
        `INVALID_FUNCTION_ARGUMENT: %${letter} not currently supported in the date format string`,
      )
    }
    return mysql[letter] ?? letter
  })
}

/** What runs of one letter mean to Joda, whose patterns `format_datetime` and `parse_datetime` take. */
const joda: Readonly<Record<string, string>> = {
  ...{yyyy: '%Y', yy: '%y', MMMM: '%B', MMM: '%b', MM: '%m', M: '%-m', dd: '%d', d: '%-d'},
  ...{HH: '%H', H: '%-H', hh: '%I', h: '%-I', mm: '%M', m: '%-M', ss: '%S', s: '%-S', SSS: '%g', a: '%p'},
  ...{EEEE: '%A', EEE: '%a', EE: '%a', E: '%a', DDD: '%j', D: '%-j', e: '%u', xxxx: '%G', ww: '%V'},
}

/** A pattern of Joda in the letters of DuckDB. Throws SqlFailure (NOT_SUPPORTED) on letters that DuckDB has none for: zones, eras, fractions of other lengths. */
export function fromJoda(pattern: string): string {
  return pattern.replace(
    /'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+|'/g,
    (piece, quoted?: string, letter?: string) => {
      if (quoted !== undefined) return plain(quoted === '' ? "'" : quoted.replaceAll("''", "'"))
      if (letter === undefined) return plain(piece)
      const written = joda[piece]
      if (written === undefined) throw notSupported(`"${piece}" in a pattern of dates`)
      return written
    },
  )
}

function plain(words: string): string {
  return words.replaceAll('%', '%%')
}
