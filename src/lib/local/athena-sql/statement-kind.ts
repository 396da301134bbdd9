import {pieces} from './statement'

/** What Athena calls a statement: `StatementType` and `SubstatementType` of a query execution. */
export interface StatementKind {
  type: 'DDL' | 'DML' | 'UTILITY'
  substatement: string
}

/** The kind of a statement, by its first words. */
export function kindOfStatement(sql: string): StatementKind {
  const first = pieces(sql).find((piece) => /^[A-Za-z_(]/.test(piece.text))
  if (first?.text.toUpperCase() === 'INSERT') return {type: 'DML', substatement: 'INSERT'}
  return {type: 'DML', substatement: 'SELECT'}
}
