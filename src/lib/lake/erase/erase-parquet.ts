import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {DuckDBConnection, DuckDBStructType, DuckDBType} from '@duckdb/node-api'
import {sqlText} from '../../core/sql-text'
import {batchColumn} from '../../road/curated-table'
import {eventColumns} from '../../road/event-columns'
import {keptDetail, personalColumns} from './subject'
import type {KeptPlace, Subject} from './subject'

/** What the columns of a Parquet object are: those of the curated table, or whole events with a `detail`. */
export type ParquetShape = 'curated' | 'raw'

/** DuckDB works on the one file and nothing else. */
const settings = {
  threads: '2',
  memory_limit: '512MiB',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
}

/**
 * A Parquet object without what is personal of a subject, and how many rows that took; undefined where it holds none of it. All other values, the
 * rows and their order stay. Works on a temporary copy; loads DuckDB.
 */
export async function eraseParquet(
  bytes: Buffer,
  shape: ParquetShape,
  subject: Subject,
): Promise<{bytes: Buffer; count: number} | undefined> {
  const {DuckDBInstance} = await import('@duckdb/node-api')
  const folder = await mkdtemp(join(tmpdir(), 'usage-tracker-erase-'))
  const instance = await DuckDBInstance.create(':memory:', {
    ...settings,
    temp_directory: join(folder, 'spill'),
  })
  try {
    await writeFile(join(folder, 'in.parquet'), bytes)
    const connection = await instance.connect()
    const count = await rewrite(connection, folder, shape, subject)
    connection.closeSync()
    return count === 0 ? undefined : {bytes: await readFile(join(folder, 'out.parquet')), count}
  } finally {
    instance.closeSync()
    await rm(folder, {recursive: true, force: true})
  }
}

async function rewrite(
  connection: DuckDBConnection,
  folder: string,
  shape: ParquetShape,
  subject: Subject,
): Promise<number> {
  const source = `read_parquet('${join(folder, 'in.parquet')}', hive_partitioning = false)`
  const id = sqlText(subject.id)
  const isTheirs = shape === 'curated' ? `${subject.kind}_id = ${id}` : `detail."${subject.kind}".id = ${id}`
  const counted = await connection.runAndReadAll(`SELECT count(*) FROM ${source} WHERE ${isTheirs}`)
  const count = Number(counted.getRows()[0]?.[0] ?? 0)
  if (count === 0) return 0
  const replaced = await replacedColumns(connection, source, shape, isTheirs)
  await connection.run(
    `COPY (SELECT * REPLACE (${replaced}) FROM ${source}) TO '${join(folder, 'out.parquet')}' (FORMAT parquet, COMPRESSION zstd)`,
  )
  return count
}

/** The columns that change, by what the object itself has: one that is older than a column lacks it. */
async function replacedColumns(
  connection: DuckDBConnection,
  source: string,
  shape: ParquetShape,
  isTheirs: string,
): Promise<string> {
  const described = await connection.run(`SELECT * FROM ${source} LIMIT 0`)
  const [names, types] = [described.columnNames(), described.columnTypes()]
  if (shape === 'curated') return curatedColumns(names, isTheirs)
  const detail = types[names.findIndex((name) => name.toLowerCase() === 'detail')]
  const kept = detail ? keptOf(detail, 'detail', keptDetail) : 'detail'
  return `CASE WHEN ${isTheirs} THEN ${kept} ELSE detail END AS detail`
}

function curatedColumns(names: readonly string[], isTheirs: string): string {
  const kept = new Set([...eventColumns().map(({name}) => name), batchColumn])
  const blanked = names
    .filter((name) => personalColumns.has(name) || !kept.has(name))
    .map((name) => `CASE WHEN ${isTheirs} THEN NULL ELSE "${name}" END AS "${name}"`)
  // Read as microseconds, it was written as milliseconds.
  return [...blanked, 'CAST(billing_time AS TIMESTAMP_MS) AS billing_time'].join(', ')
}

/** SQL of a struct with NULL in the place of each member that does not stay. */
function keptOf(type: DuckDBType, input: string, {members}: KeptPlace): string {
  if (!members) return input
  if (!isStruct(type)) return `CAST(NULL AS ${type.toString()})`
  const changed = type.entryNames.flatMap((name, at) => {
    const [entry, quoted] = [type.entryTypes[at], `"${name.replaceAll('"', '""')}"`]
    const kept = members.get(name.toLowerCase())
    if (!entry) return []
    const value = kept ? keptOf(entry, `${input}.${quoted}`, kept) : `CAST(NULL AS ${entry.toString()})`
    return value === `${input}.${quoted}` ? [] : [`${quoted} := ${value}`]
  })
  return changed.length === 0 ? input : `struct_update(${input}, ${changed.join(', ')})`
}

// By the type's text, so that DuckDB itself need not be loaded here.
function isStruct(type: DuckDBType): type is DuckDBStructType {
  return type.toString().startsWith('STRUCT(') && !type.toString().endsWith('[]')
}
