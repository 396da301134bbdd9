import {runQuery} from '../../reports/run-query'
import {sqlLiteral} from '../../reports/sql-literal'
import {eventColumns, type LearntField} from '../../road/event-columns'
import {fieldsOfCurated, fieldsOfRaw} from '../../road/learnt-fields'
import {layout, rawLayouts} from '../../road/layout'
import type {LakeDeps, LakePlace} from '../compact/lake-deps'
import {columnsOf, type LakeTables} from '../fields/lake-tables'
import {personalColumns} from './subject'
import type {Subject} from './subject'

/** An object that holds rows of a subject. */
export interface SubjectObject {
  kind: 'raw' | 'curated'
  key: string
  rowCount: number
}

/**
 * The objects of the lake with rows that are a subject's and still say something personal. Asks the raw tables and, where there is one, the curated
 * table, each as a whole. Throws what the queries throw.
 */
export async function findSubjectObjects(
  deps: LakeDeps,
  place: LakePlace,
  {subject, tables: {curated, raw}}: {subject: Subject; tables: LakeTables},
): Promise<{objects: SubjectObject[]; scannedBytes: number}> {
  const asked = [
    ...raw.map(({format, table}) => ({
      kind: 'raw' as const,
      sql: rawSql(rawLayouts[format].table, fieldsOfRaw(columnsOf(table)), subject),
    })),
    ...(curated
      ? [{kind: 'curated' as const, sql: curatedSql(fieldsOfCurated(columnsOf(curated)), subject)}]
      : []),
  ]
  const objects: SubjectObject[] = []
  let scannedBytes = 0
  for (const {kind, sql} of asked) {
    const answer = await runQuery(deps, {...place, sql, parameters: [sqlLiteral(subject.id)]})
    scannedBytes += answer.scannedBytes
    for (const row of answer.rows) {
      const key = (row['object'] ?? '').replace(`s3://${place.bucket}/`, '')
      objects.push({kind, key, rowCount: Number(row['row_count'] ?? 0)})
    }
  }
  return {objects, scannedBytes}
}

function rawSql(table: string, learnt: readonly LearntField[], {kind}: Subject): string {
  const personal = personalOf(learnt).flatMap(({raw}) => raw ?? [])
  return countSql(table, `detail."${kind}"."id"`, personal)
}

function curatedSql(learnt: readonly LearntField[], {kind}: Subject): string {
  const personal = personalOf(learnt).map(({name}) => `"${name}"`)
  return countSql(layout.curatedTable, `"${kind}_id"`, personal)
}

/** The columns with what is personal; what the contract does not name is so until somebody says what it is. */
function personalOf(learnt: readonly LearntField[]) {
  const named = new Set(eventColumns().map(({name}) => name))
  return eventColumns(learnt).filter(({name}) => personalColumns.has(name) || !named.has(name))
}

/** Rows from which everything personal was taken are done. */
function countSql(table: string, id: string, personal: readonly string[]): string {
  const isLeft = personal.map((column) => `${column} IS NOT NULL`).join(' OR ')
  return `SELECT "$path" AS "object", CAST(count(*) AS BIGINT) AS "row_count"
FROM "${table}"
WHERE ${id} = ? AND (${isLeft})
GROUP BY "$path"
ORDER BY 1`
}
