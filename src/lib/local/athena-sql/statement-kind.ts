import {tokensOf, type Dialect} from './words/tokens'

/** What a query execution says of its statement. */
export interface StatementKind {
  type: 'DML' | 'DDL' | 'UTILITY'
  /** `SELECT`, `CREATE_VIEW`. */
  substatement: string
}

/** The words with which statements begin. Athena's names for part of them are unverified. */
const kinds: readonly [words: string, type: StatementKind['type'], substatement: string][] = [
  ['CREATE VIEW', 'DDL', 'CREATE_VIEW'],
  ['CREATE OR REPLACE', 'DDL', 'CREATE_VIEW'],
  ['CREATE PROTECTED', 'DDL', 'CREATE_VIEW'],
  ['CREATE MATERIALIZED', 'DDL', 'CREATE_VIEW'],
  ['DROP VIEW', 'DDL', 'DROP_VIEW'],
  ['CREATE DATABASE', 'DDL', 'CREATE_DATABASE'],
  ['CREATE SCHEMA', 'DDL', 'CREATE_DATABASE'],
  ['ALTER DATABASE', 'DDL', 'ALTER_DATABASE'],
  ['ALTER SCHEMA', 'DDL', 'ALTER_DATABASE'],
  ['DROP DATABASE', 'DDL', 'DROP_DATABASE'],
  ['DROP SCHEMA', 'DDL', 'DROP_DATABASE'],
  ['CREATE EXTERNAL TABLE', 'DDL', 'CREATE_TABLE'],
  ['ALTER TABLE', 'DDL', 'ALTER_TABLE'],
  ['DROP TABLE', 'DDL', 'DROP_TABLE'],
  ['MSCK REPAIR TABLE', 'DDL', 'MSCK_REPAIR_TABLE'],
  ['SHOW CREATE TABLE', 'UTILITY', 'SHOW_CREATE_TABLE'],
  ['SHOW CREATE VIEW', 'UTILITY', 'SHOW_CREATE_VIEW'],
  ['SHOW DATABASES', 'UTILITY', 'SHOW_DATABASES'],
  ['SHOW SCHEMAS', 'UTILITY', 'SHOW_DATABASES'],
  ['SHOW TABLES', 'UTILITY', 'SHOW_TABLES'],
  ['SHOW VIEWS', 'UTILITY', 'SHOW_VIEWS'],
  ['SHOW COLUMNS', 'UTILITY', 'SHOW_COLUMNS'],
  ['SHOW PARTITIONS', 'UTILITY', 'SHOW_PARTITIONS'],
  ['SHOW TBLPROPERTIES', 'UTILITY', 'SHOW_TBLPROPERTIES'],
  ['DESCRIBE', 'UTILITY', 'DESCRIBE'],
  ['DESC', 'UTILITY', 'DESCRIBE'],
  ['INSERT', 'DML', 'INSERT'],
  ['CREATE TABLE', 'DML', 'CREATE_TABLE_AS_SELECT'],
  ['UNLOAD', 'DML', 'UNLOAD'],
]

const beginnings = kinds.map(([words, type, substatement]) => ({
  words: words.split(' '),
  kind: {type, substatement},
}))

/** More words than any statement begins with. */
const headLength = 8

/** The kind of a statement, told by its first words; comments before and between them count for nothing. */
export function statementKind(sql: string): StatementKind {
  const head = headOf(sql)
  const found = beginnings.find(({words}) => words.every((word, place) => head[place] === word))
  return found?.kind ?? {type: 'DML', substatement: 'SELECT'}
}

/** Who reads a statement: Hive DDL, but for views. */
export function dialectOf(sql: string): Dialect {
  const {type, substatement} = statementKind(sql)
  return type === 'DML' || substatement.endsWith('_VIEW') ? 'trino' : 'hive'
}

/** The first words of a statement, in capitals. */
export function headOf(sql: string): string[] {
  const head: string[] = []
  for (const {kind, raw} of tokensOf(sql, 'trino')) {
    if (kind === 'end' || head.length === headLength) break
    head.push(raw.toUpperCase())
  }
  return head
}
