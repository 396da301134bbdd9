import {notSupported} from '../sql-failure'
import {trimStatement} from '../statement'
import {Cursor, type ObjectName} from '../words/cursor'

export type ViewStatement =
  | {kind: 'create view'; view: ObjectName; replace: boolean; query: string; sql: string}
  | {kind: 'drop view'; view: ObjectName; ifExists: boolean}

/**
 * Reads CREATE VIEW and DROP VIEW; undefined for every other statement. Of CREATE VIEW, `query` is the view's query as written, and `sql` the
 * same at its place in the statement, so that positions in it are positions in the statement. Throws SqlFailure.
 */
export function readViewStatement(sql: string): ViewStatement | undefined {
  const cursor = new Cursor(sql, 'trino')
  if (cursor.takes('DROP', 'VIEW')) {
    const ifExists = cursor.takes('IF', 'EXISTS')
    const view = cursor.objectName()
    cursor.end()
    return {kind: 'drop view', view, ifExists}
  }
  if (!cursor.takes('CREATE')) return undefined
  const replace = cursor.takes('OR', 'REPLACE')
  if (cursor.sees('PROTECTED') || cursor.sees('MULTI'))
    throw notSupported('CREATE PROTECTED MULTI DIALECT VIEW')
  if (cursor.sees('MATERIALIZED')) throw notSupported('CREATE MATERIALIZED VIEW')
  if (!cursor.takes('VIEW')) {
    if (replace) throw cursor.unexpected("'VIEW'")
    return undefined
  }
  const view = cursor.objectName()
  if (cursor.sees('COMMENT')) throw notSupported('COMMENT of a view')
  if (cursor.sees('SECURITY')) throw notSupported('SECURITY of a view')
  cursor.needs('AS')
  const inPlace = trimStatement(cursor.query())
  return {kind: 'create view', view, replace, query: inPlace.slice(cursor.place), sql: inPlace}
}
