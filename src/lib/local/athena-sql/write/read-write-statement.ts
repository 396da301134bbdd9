import {statementKind} from '../statement-kind'
import {createTableAs} from './create-table-target'
import {insertInto} from './insert-target'
import {unload} from './unload'
import type {WriteContext, WriteStatement} from './write-target'

type Reader = (sql: string, context: WriteContext) => WriteStatement | undefined

/** What reads a statement that writes, by its name in `statementKind`. */
const readers: Readonly<Record<string, Reader>> = {
  INSERT: insertInto,
  CREATE_TABLE_AS_SELECT: createTableAs,
  UNLOAD: unload,
}

/** True for INSERT INTO, CREATE TABLE AS and UNLOAD. */
export function isWriteStatement(sql: string): boolean {
  return statementKind(sql).substatement in readers
}

/** Reads such a statement, which may have nothing to do. Throws SqlFailure in Athena's words. */
export function readWriteStatement(sql: string, context: WriteContext): WriteStatement | undefined {
  return readers[statementKind(sql).substatement]?.(sql, context)
}
