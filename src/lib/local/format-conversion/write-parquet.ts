import {duckDbType, quoteName, quoteText} from '../athena-sql/hive-type'
import {Duck} from '../athena-sql/duck'
import {escapeGlob} from '../athena-sql/read-lines'
import type {ConvertedColumn} from './converter'

export type ParquetCompression = 'SNAPPY' | 'GZIP' | 'UNCOMPRESSED'

/** A record has a million bytes at most, and an escape of one byte takes six. */
const maxRowBytes = 32 * 1024 * 1024

/**
 * Writes the rows that a `Converter` has written to `rows` into a new Parquet file, by the columns' own types; nothing is
 * guessed. What does not fit in memory goes to `folder`. Rows keep no order. Throws what DuckDB says.
 */
export async function writeParquet(
  rows: string,
  target: string,
  {
    columns,
    compression,
    folder,
  }: {
    columns: readonly ConvertedColumn[]
    compression: ParquetCompression
    folder: string
  },
): Promise<void> {
  const duck = await Duck.open(folder)
  try {
    const types = columns.map(({name, type}) => `${quoteName(name)}: ${quoteText(duckDbType(type))}`)
    const source = `read_json(${quoteText(escapeGlob(rows))}, format = 'newline_delimited', columns = {${types.join(', ')}}, maximum_object_size = ${maxRowBytes})`
    await duck.run(
      `COPY (SELECT * FROM ${source}) TO ${quoteText(target)} (FORMAT parquet, COMPRESSION ${quoteText(compression.toLowerCase())})`,
    )
  } finally {
    duck.close()
  }
}
