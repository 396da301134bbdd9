import {Cursor} from './ddl/tokens'

/** What a query execution says of its statement. */
export interface StatementKind {
  type: 'DML' | 'DDL' | 'UTILITY'
  /** `SELECT`, `CREATE_VIEW`; undefined for a statement that Athena does not name. */
  substatement: string | undefined
}

/** The words with which statements begin, and how Athena names them. Words in brackets may be missing. */
const kinds: readonly [words: string, type: StatementKind['type'], substatement: string][] = [
  ['CREATE [OR REPLACE] VIEW', 'DDL', 'CREATE_VIEW'],
  ['DROP VIEW', 'DDL', 'DROP_VIEW'],
  ['INSERT', 'DML', 'INSERT'],
]

const patterns = kinds.map(([words, type, substatement]) => ({
  words: words.match(/\[[^\]]*\]|\S+/g) ?? [],
  kind: {type, substatement},
}))

/** The kind of a statement, told by its first words; comments before and between them count for nothing. */
export function statementKind(sql: string): StatementKind {
  for (const {words, kind} of patterns) if (begins(sql, words)) return kind
  return {type: 'DML', substatement: 'SELECT'}
}

function begins(sql: string, words: readonly string[]): boolean {
  const cursor = new Cursor(sql)
  return words.every((word) => {
    if (!word.startsWith('[')) return cursor.takes(word)
    cursor.takes(...word.slice(1, -1).split(' '))
    return true
  })
}
