import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {messageOf} from '../../../../core/errors'
import {Duck} from '../../../athena-sql/duck'
import {quoteText, type HiveField} from '../../../athena-sql/hive-type'
import {escapeGlob} from '../../../athena-sql/read-lines'
import type {Blob} from '../../../blob-store'
import {mergeFields, typeOfDuck} from './column-types'

/** Reads what Parquet files say of themselves. DuckDB is opened with the first. */
export class ParquetReader {
  private opened: Promise<{duck: Duck; folder: string}> | undefined

  /** Columns and rows of a file. Throws TypeError where it cannot be read. */
  async read(blob: Blob, uri: string): Promise<{columns: HiveField[]; recordCount: number}> {
    const {duck} = await (this.opened ??= open())
    const file = quoteText(escapeGlob(blob.path))
    try {
      const described = await duck.connection.run(
        `SELECT * FROM read_parquet(${file}, hive_partitioning = false) LIMIT 0`,
      )
      const types = described.columnTypes()
      const columns = described.columnNames().flatMap((name, place) => {
        const type = types[place]
        return type ? [{name: name.toLowerCase(), type: typeOfDuck(type)}] : []
      })
      const rows = await duck.value(`SELECT sum(num_rows)::DOUBLE FROM parquet_file_metadata(${file})`)
      return {columns: mergeFields([], columns), recordCount: Number(rows)}
    } catch (error) {
      throw new TypeError(`${uri} cannot be read as Parquet: ${messageOf(error)}`)
    }
  }

  async close(): Promise<void> {
    if (!this.opened) return
    const {duck, folder} = await this.opened
    duck.close()
    await rm(folder, {recursive: true, force: true})
  }
}

async function open(): Promise<{duck: Duck; folder: string}> {
  const folder = await mkdtemp(join(tmpdir(), 'usage-tracker-glue-'))
  return {duck: await Duck.open(folder), folder}
}
