import {runQuery} from '../../reports/run-query'
import {sqlLiteral} from '../../reports/sql-literal'
import {layout, rawLayouts} from '../../road/layout'
import type {RecordFormat} from '../../road/record-format'
import type {LakeDeps, LakePlace} from '../compact/lake-deps'
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
  {subject, formats, hasCurated}: {subject: Subject; formats: readonly RecordFormat[]; hasCurated: boolean},
): Promise<{objects: SubjectObject[]; scannedBytes: number}> {
  const asked = [
    ...formats.map((format) => ({kind: 'raw' as const, sql: rawSql(format, subject)})),
    ...(hasCurated ? [{kind: 'curated' as const, sql: curatedSql(subject)}] : []),
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

function rawSql(format: RecordFormat, {kind}: Subject): string {
  const personal = [
    'detail."user"."id"',
    'detail."client"."address"',
    'detail."client"."useragent"',
    'detail."attributes"',
  ]
  return countSql(rawLayouts[format].table, `detail."${kind}"."id"`, personal)
}

function curatedSql({kind}: Subject): string {
  return countSql(layout.curatedTable, `"${kind}_id"`, [
    '"user_id"',
    '"client_address"',
    '"client_user_agent"',
    '"attributes"',
  ])
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
