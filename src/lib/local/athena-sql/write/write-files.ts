import {rm} from 'node:fs/promises'
import {join} from 'node:path'
import type {Duck} from '../duck'
import {quoteText} from '../hive-type'
import type {QueryColumn} from '../query-columns'
import {serialize, type Node} from '../syntax-tree'
import {typeOfDuckDb, type TrinoType} from '../trino/type'
import {copyParts, copyRows, selection, sortedSelection, type Rows, type WrittenFile} from './copy'
import {asideFormat} from './file-format'
import {isOrdered, orderLater} from './order-keys'
import type {WriteTarget} from './write-target'

export interface WriteRequest {
  sql: string
  tree: Node
  columns: readonly QueryColumn[]
  target: WriteTarget
  /** A folder for the files. */
  folder: string
}

/**
 * Runs a query and writes its rows into new files, those of each partition in the order of the query's ORDER BY. Throws SqlFailure:
 * HIVE_TOO_MANY_OPEN_PARTITIONS, and what the query fails of.
 */
export async function writeFiles(duck: Duck, request: WriteRequest): Promise<WrittenFile[]> {
  const {sql, tree, columns, target, folder} = request
  const found = columns.map((column) => typeOfDuckDb(column.type))
  const rows = {sql, found, keys: []}
  const {format} = target
  const written = async (): Promise<WrittenFile[]> => {
    if (target.keys.length === 0) return copyRows(duck, selection(rows, target), join(folder, 'rows'), format)
    const ordered = isOrdered(tree) ? await sortable(duck, request, found) : rows
    if (format.isListed && ordered.keys.length === 0)
      return copyParts(duck, ordered, target, {folder, format})
    return writeByParts(duck, ordered, target, folder)
  }
  return (await written()).filter((file) => file.rowCount > 0)
}

/** Whether rows have to be written as they come, because the order that the query asks for cannot be had later, part by part. */
export function isWrittenInOrder(request: WriteRequest): boolean {
  return isOrdered(request.tree) && (request.target.keys.length === 0 || sortedLater(request) === undefined)
}

function sortedLater({tree, columns}: WriteRequest) {
  return orderLater(
    tree,
    columns.map((column) => column.name),
  )
}

/**
 * The query with the keys of its ORDER BY as columns of their own. Where they cannot be had, the rows are numbered as they come in order, and the
 * number is the key.
 */
async function sortable(duck: Duck, request: WriteRequest, found: readonly TrinoType[]): Promise<Rows> {
  const {sql, target} = request
  const later = sortedLater(request)
  if (later) {
    // In a partition all rows have its values.
    const keys = later.keys.filter(({column}) => !target.keys.some((key) => key === target.filled[column]))
    return {sql: await textOf(duck, later.tree), found, keys}
  }
  const numbered = `SELECT *, row_number() OVER () FROM (\n${sql}\n)`
  return {sql: numbered, found, keys: [{column: found.length, direction: 'ASC'}]}
}

/**
 * DuckDB keeps no order in the parts of a partitioned COPY, and lists them for Parquet alone. So the rows are put aside by partition, with
 * their sort keys, and then each partition is written by itself, sorted: what has to be held is one partition and not all.
 */
async function writeByParts(
  duck: Duck,
  rows: Rows,
  target: WriteTarget,
  folder: string,
): Promise<WrittenFile[]> {
  const parts = new Map<string, WrittenFile[]>()
  for (const part of await copyParts(duck, rows, target, {folder, format: asideFormat})) {
    const name = JSON.stringify(part.values)
    parts.set(name, [...(parts.get(name) ?? []), part])
  }
  const written: WrittenFile[] = []
  for (const [number, files] of [...parts.values()].entries()) {
    const path = join(folder, String(number))
    const sorted = sortedSelection(
      files.map((file) => file.path),
      rows,
      target,
    )
    const [file] = await copyRows(duck, sorted, path, target.format)
    if (file) written.push({...file, values: files[0]?.values ?? []})
    for (const aside of files) await rm(aside.path)
  }
  return written
}

async function textOf(duck: Duck, tree: Node): Promise<string> {
  return String(await duck.value(`SELECT json_deserialize_sql(${quoteText(serialize(tree))})`))
}
