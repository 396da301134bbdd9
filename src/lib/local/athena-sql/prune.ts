import type {Duck} from './duck'
import {quoteName} from './hive-type'
import {columnsOf, selectWhere, type Node, type TableUse} from './syntax-tree'
import type {TableFile} from './table-files'
import {duckDbType, parseHiveType} from './hive-type'
import type {TableRow} from '../catalog'

/**
 * The files that a query can find rows in: those whose partition values meet the conditions that WHERE puts on the partition
 * columns alone. DuckDB itself judges the conditions, so any expression over them counts. The query keeps its WHERE: a
 * file too many costs time and changes nothing.
 */
export async function prune(
  duck: Duck,
  table: TableRow,
  files: readonly TableFile[],
  uses: readonly TableUse[],
  number: number,
): Promise<TableFile[]> {
  const keys = (table.PartitionKeys ?? []).map((key) => key.Name ?? '')
  const conditions = uses.map((use) => use.conjuncts.filter((one) => isOverPartitions(one, use, keys)))
  if (keys.length === 0 || conditions.some((one) => one.length === 0)) return [...files]
  const partitions = new Map<string, string[]>()
  for (const file of files) partitions.set(JSON.stringify(file.values), file.values)
  const name = `partitions_${number}`
  await fillPartitions(duck, name, table, [...partitions.values()])
  const kept = new Set<string>()
  for (const condition of conditions) {
    const places = await placesWhere(duck, name, condition)
    const all = [...partitions.keys()]
    for (const place of places ?? all.keys()) kept.add(all[place] ?? '')
  }
  return files.filter((file) => kept.has(JSON.stringify(file.values)))
}

function isOverPartitions(conjunct: Node, use: TableUse, keys: readonly string[]): boolean {
  const columns = columnsOf(conjunct)
  if (!columns || columns.length === 0) return false
  return columns.every((names) => {
    const parts = names.map((name) => name.toLowerCase())
    const column = parts.at(-1) ?? ''
    if (!keys.includes(column)) return false
    return parts.length === 1 || (parts.length === 2 && use.qualifiers.includes(parts[0] ?? ''))
  })
}

async function placesWhere(
  duck: Duck,
  name: string,
  condition: readonly Node[],
): Promise<number[] | undefined> {
  try {
    const template = await duck.value(
      `SELECT json_serialize_sql('SELECT place FROM memory.main.${name} WHERE true')`,
    )
    const tree = selectWhere(String(template), condition)
    const sql = await duck.value(`SELECT json_deserialize_sql('${tree.replaceAll("'", "''")}')`)
    return (await duck.rows(String(sql))).map((row) => Number(row[0]))
  } catch {
    // What cannot be judged here (a cast that fails, say) is left to the query, which says so in its own words.
    return undefined
  }
}

async function fillPartitions(
  duck: Duck,
  name: string,
  table: TableRow,
  partitions: readonly string[][],
): Promise<void> {
  const keys = table.PartitionKeys ?? []
  const raw = keys.map((_, place) => `k${place} VARCHAR`)
  await duck.run(`CREATE TABLE memory.main.${name}_text (${['place INTEGER', ...raw].join(', ')})`)
  const appender = await duck.connection.createAppender(`${name}_text`, 'main', 'memory')
  partitions.forEach((values, place) => {
    appender.appendInteger(place)
    for (const value of values) appender.appendVarchar(value)
    appender.endRow()
  })
  appender.closeSync()
  const typed = keys.map((key, place) => {
    const type = duckDbType(parseHiveType(key.Type ?? 'string'))
    return `TRY_CAST(nullif(k${place}, '__HIVE_DEFAULT_PARTITION__') AS ${type}) AS ${quoteName(key.Name ?? '')}`
  })
  await duck.run(
    `CREATE VIEW memory.main.${name} AS SELECT ${['place', ...typed].join(', ')} FROM memory.main.${name}_text`,
  )
}
