import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {DuckDBConnection} from '@duckdb/node-api'
import {sqlText} from '../../core/sql-text'
import {personalColumns} from './subject'
import type {Subject} from './subject'

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
  const replaced = shape === 'curated' ? curatedColumns(isTheirs) : rawColumns(isTheirs)
  await connection.run(
    `COPY (SELECT * REPLACE (${replaced}) FROM ${source}) TO '${join(folder, 'out.parquet')}' (FORMAT parquet, COMPRESSION zstd)`,
  )
  return count
}

function curatedColumns(isTheirs: string): string {
  const blanked = personalColumns.map(
    (column) => `CASE WHEN ${isTheirs} THEN NULL ELSE "${column}" END AS "${column}"`,
  )
  // Read as microseconds, it was written as milliseconds.
  return [...blanked, 'CAST(billing_time AS TIMESTAMP_MS) AS billing_time'].join(', ')
}

function rawColumns(isTheirs: string): string {
  const user = 'struct_update(detail."user", id := NULL::VARCHAR)'
  const client = 'struct_update(detail.client, address := NULL::VARCHAR, useragent := NULL::VARCHAR)'
  const detail = `struct_update(detail, "user" := ${user}, client := ${client}, attributes := NULL)`
  return `CASE WHEN ${isTheirs} THEN ${detail} ELSE detail END AS detail`
}
