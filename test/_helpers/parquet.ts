import {readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {DuckDBInstance} from '@duckdb/node-api'
import {temporaryFolder} from './endpoint'

/** The values of a column of a Parquet file, as another reader of the format sees them. */
export function parquetValues(content: Buffer, column: string): Promise<unknown[]> {
  return valuesOf(content, (path) => `SELECT "${column}" FROM read_parquet('${path}')`)
}

/** How the columns of a Parquet file are packed. */
export function parquetCodecs(content: Buffer): Promise<unknown[]> {
  return valuesOf(content, (path) => `SELECT DISTINCT compression FROM parquet_metadata('${path}')`)
}

/** How many rows have a greater value in a column than the row before them. */
export async function rowsThatRise(content: Buffer, column: string): Promise<number> {
  const before = `lag("${column}") OVER (ORDER BY file_row_number)`
  const [count] = await valuesOf(
    content,
    (path) =>
      `SELECT count(*)::INTEGER FROM (SELECT "${column}" > ${before} AS rises FROM read_parquet('${path}', file_row_number = true)) WHERE rises`,
  )
  return Number(count)
}

/** A Parquet file of a SELECT of DuckDB. */
export async function parquetOf(select: string): Promise<Buffer> {
  const folder = temporaryFolder()
  const path = join(folder, 'one.parquet')
  const instance = await DuckDBInstance.create(':memory:')
  const duck = await instance.connect()
  await duck.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`)
  duck.closeSync()
  instance.closeSync()
  const content = readFileSync(path)
  rmSync(folder, {recursive: true, force: true})
  return content
}

async function valuesOf(content: Buffer, sql: (path: string) => string): Promise<unknown[]> {
  const folder = temporaryFolder()
  const path = join(folder, 'one.parquet')
  writeFileSync(path, content)
  const instance = await DuckDBInstance.create(':memory:')
  const duck = await instance.connect()
  const reader = await duck.runAndReadAll(sql(path))
  const values = reader.getRowsJS().map(([value]) => value)
  duck.closeSync()
  instance.closeSync()
  rmSync(folder, {recursive: true, force: true})
  return values
}
