import {join} from 'node:path'
import type {Duck} from '../duck'
import {duckDbType, quoteName, quoteText, type HiveField} from '../hive-type'
import {escapeGlob} from '../read-lines'
import {nullPartition} from '../partition-path'
import {castTo} from './cast'
import type {FileFormat} from './file-format'
import type {SortKey} from './order-keys'
import {withinPartitionLimit} from './partition-limit'
import {trinoTypeText, typeOfHive, type TrinoType} from '../trino/type'
import type {WriteTarget} from './write-target'

/** A query whose rows are to be written. */
export interface Rows {
  sql: string
  /** The types of its columns; behind them it may have more, for sort keys. */
  found: readonly TrinoType[]
  keys: readonly SortKey[]
}

export interface WrittenFile {
  path: string
  rowCount: number
  /** Of the partition columns, as text. */
  values: string[]
}

/** Types whose values are in the files just as the query gives them. */
const keptTypes = new Set(['varchar', 'integer', 'bigint'])

/** SQL of the rows in the types and the order of the target's columns, NULL where the query gives none, then partition values as text, then sort keys. */
export function selection(rows: Rows, target: WriteTarget): string {
  const values = new Map(
    target.filled.map((column, place) => {
      const type = rows.found[place] ?? {kind: 'scalar', name: 'unknown', arguments: ''}
      return [column.name, castTo(column.type, type, `q.c${place}`)]
    }),
  )
  const valueOf = ({name, type}: HiveField) => values.get(name) ?? `CAST(NULL AS ${duckDbType(type)})`
  const columns = target.columns.map((column) => `${valueOf(column)} AS ${quoteName(column.name)}`)
  const partitions = target.keys.map(
    (key) => `nullif(CAST(${valueOf(key)} AS VARCHAR), '') AS ${quoteName(key.name)}`,
  )
  const keys = rows.keys.flatMap(({column}, place) =>
    writtenName(column, rows, target) === undefined ? [`q.c${column} AS ${keyName(place)}`] : [],
  )
  const last = Math.max(rows.found.length - 1, ...rows.keys.map((key) => key.column))
  const names = Array.from({length: last + 1}, (_, place) => `c${place}`)
  return `SELECT ${[...columns, ...partitions, ...keys].join(', ')} FROM (\n${rows.sql}\n) AS q(${names.join(', ')})`
}

/** SQL of the rows that were put aside in these files, in their order where they have one. */
export function sortedSelection(paths: readonly string[], rows: Rows, target: WriteTarget): string {
  const columns = target.columns.map((column) => quoteName(column.name)).join(', ')
  const order = rows.keys
    .map(
      ({column, direction}, place) => `${writtenName(column, rows, target) ?? keyName(place)} ${direction}`,
    )
    .join(', ')
  const files = paths.map((path) => quoteText(escapeGlob(path))).join(', ')
  const select = `SELECT ${columns} FROM read_parquet([${files}], hive_partitioning = false)`
  return order === '' ? select : `${select} ORDER BY ${order}`
}

/** Writes rows into one file. */
export async function copyRows(
  duck: Duck,
  select: string,
  path: string,
  {options, isListed}: FileFormat,
): Promise<WrittenFile[]> {
  const list = [...options, ...(isListed ? ['RETURN_STATS true'] : [])].join(', ')
  const written = await duck.rows(`COPY (${select}) TO ${quoteText(path)} (${list})`)
  if (!isListed) return [{path, rowCount: Number(written[0]?.[0]), values: []}]
  return written.map(([file, count, , , , partition]) => ({
    path: String(file),
    rowCount: Number(count),
    values: partitionValues(partition),
  }))
}

/** Writes rows into a folder for each partition. Throws SqlFailure (HIVE_TOO_MANY_OPEN_PARTITIONS). */
export async function copyParts(
  duck: Duck,
  rows: Rows,
  target: WriteTarget,
  {folder, format}: {folder: string; format: FileFormat},
): Promise<WrittenFile[]> {
  const names = target.keys.map((key) => quoteName(key.name)).join(', ')
  const parts = join(folder, 'parts')
  return withinPartitionLimit(duck, {folder: parts, depth: target.keys.length}, () =>
    copyRows(duck, selection(rows, target), parts, {
      ...format,
      options: [...format.options, `PARTITION_BY (${names})`],
    }),
  )
}

/** The column of the files by which a sort key can be had: texts and whole numbers are written as they are. */
function writtenName(column: number, {found}: Rows, {filled, columns}: WriteTarget): string | undefined {
  const field = filled[column]
  const type = found[column]
  if (field === undefined || type?.kind !== 'scalar' || !columns.includes(field)) return undefined
  const isSame = keptTypes.has(type.name) && trinoTypeText(typeOfHive(field.type)) === trinoTypeText(type)
  return isSame ? quoteName(field.name) : undefined
}

function keyName(place: number): string {
  return quoteName(`order ${place}`)
}

function partitionValues(partition: unknown): string[] {
  const entries = (partition ?? []) as {key: string; value: string | null}[]
  return entries.map(({value}) => value ?? nullPartition)
}
