import {notSupported, SqlFailure} from '../sql-failure'

export interface ParquetOptions {
  /** DuckDB's name of the codec. */
  codec: string
  /** Of zstd, 1 to 22. */
  level: number | undefined
}

/** Athena's names of the codecs of Parquet that can be written here, and DuckDB's. */
const codecs: Readonly<Record<string, string>> = {
  ZSTD: 'zstd',
  SNAPPY: 'snappy',
  GZIP: 'gzip',
  NONE: 'uncompressed',
  UNCOMPRESSED: 'uncompressed',
}

/**
 * How Parquet is written: GZIP where nothing is said, as in Athena ("Use compression" of its user guide). Throws SqlFailure on
 * codecs that are not done and on levels that are none.
 */
export function parquetOptions(codec: string | undefined, level: string | undefined): ParquetOptions {
  const name = (codec ?? 'GZIP').toUpperCase()
  const known = codecs[name]
  if (known === undefined) throw notSupported(`The compression ${name} of Parquet`)
  if (level === undefined || name !== 'ZSTD') return {codec: known, level: undefined}
  const number = Number(level)
  if (!Number.isInteger(number) || number < 1 || number > 22) {
    throw new SqlFailure(`INVALID_TABLE_PROPERTY: compression_level of ZSTD is 1 to 22, not ${level}`)
  }
  return {codec: known, level: number}
}
