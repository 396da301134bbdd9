import type {TableRow} from '../../catalog'
import type {Duck} from '../duck'
import {duckDbType, parseHiveType, quoteName, quoteText} from '../hive-type'
import type {Scan} from './scans'
import {selectWhere} from '../syntax-tree'
import type {TableFile} from '../table-files'

/** A file that a query reads, and how often. */
export interface ScannedFile extends TableFile {
  readingCount: number
}

/**
 * The files that a query can find rows in: those whose partition values, and "$path", meet the conditions of one of its scans of the table. DuckDB
 * itself judges the conditions, so any expression over them counts. The query keeps its WHERE: a file too many costs
 * time and changes nothing.
 */
export async function prune(
  duck: Duck,
  table: TableRow,
  files: readonly TableFile[],
  scans: readonly Scan[],
  number: number,
): Promise<ScannedFile[]> {
  const asked = scans.filter((conditions) => conditions.length > 0)
  const wholeCount = scans.length - asked.length
  if (asked.length === 0)
    return wholeCount === 0 ? [] : files.map((file) => ({...file, readingCount: wholeCount}))
  const withPath = JSON.stringify(asked).includes('"$path"')
  const keyOf = (file: TableFile) => JSON.stringify(withPath ? [...file.values, file.uri] : file.values)
  const groups = [...new Map(files.map((file) => [keyOf(file), file])).entries()]
  const name = `partitions_${number}`
  const examples = groups.map(([, file]) => file)
  await fillPartitions(duck, name, table, examples)
  const counts = new Map<string, number>()
  for (const conditions of asked) {
    const places = await placesWhere(duck, name, conditions)
    for (const place of places ?? groups.keys()) {
      const key = groups[place]?.[0] ?? ''
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  }
  return files
    .map((file) => ({...file, readingCount: wholeCount + (counts.get(keyOf(file)) ?? 0)}))
    .filter(({readingCount}) => readingCount > 0)
}

async function placesWhere(duck: Duck, name: string, conditions: Scan): Promise<number[] | undefined> {
  try {
    const template = String(
      await duck.value(`SELECT json_serialize_sql('SELECT place FROM memory.main.${name} WHERE true')`),
    )
    const tree = selectWhere(template, conditions)
    const sql = String(await duck.value(`SELECT json_deserialize_sql(${quoteText(tree)})`))
    return (await duck.rows(sql)).map((row) => Number(row[0]))
  } catch {
    // What cannot be judged here (a cast that fails, say) is left to the query, which says so in its own words.
    return undefined
  }
}

/** A table of the groups of files: their place, their partition values in the table's types, and the address of one of them. */
async function fillPartitions(
  duck: Duck,
  name: string,
  table: TableRow,
  files: readonly TableFile[],
): Promise<void> {
  const keys = table.PartitionKeys ?? []
  const raw = keys.map((_, place) => `k${place} VARCHAR`)
  await duck.run(
    `CREATE TABLE memory.main.${name}_text (${['place INTEGER', 'uri VARCHAR', ...raw].join(', ')})`,
  )
  const appender = await duck.connection.createAppender(`${name}_text`, 'main', 'memory')
  files.forEach((file, place) => {
    appender.appendInteger(place)
    for (const text of [file.uri, ...file.values]) appender.appendVarchar(text)
    appender.endRow()
  })
  appender.closeSync()
  const typed = keys.map((key, place) => {
    const type = duckDbType(parseHiveType(key.Type ?? 'string'))
    return `TRY_CAST(nullif(k${place}, '__HIVE_DEFAULT_PARTITION__') AS ${type}) AS ${quoteName(key.Name ?? '')}`
  })
  const columns = ['place', 'uri AS "$path"', ...typed].join(', ')
  await duck.run(`CREATE VIEW memory.main.${name} AS SELECT ${columns} FROM memory.main.${name}_text`)
}
