import {rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {DuckDBInstance} from '@duckdb/node-api'
import {temporaryFolder} from '../../../../_helpers/endpoint'

/** How the columns of a Parquet file are packed, as another reader of the format sees it. */
export async function codecOf(parquet: Buffer): Promise<unknown> {
  const folder = temporaryFolder()
  const path = join(folder, 'one.parquet')
  writeFileSync(path, parquet)
  const duck = await (await DuckDBInstance.create(':memory:')).connect()
  const reader = await duck.runAndReadAll(`SELECT DISTINCT compression FROM parquet_metadata('${path}')`)
  duck.closeSync()
  rmSync(folder, {recursive: true, force: true})
  return reader.getRowsJS()[0]?.[0]
}
