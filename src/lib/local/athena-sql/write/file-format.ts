import {notSupported, SqlFailure} from '../sql-failure'

/** How files are written. */
export interface FileFormat {
  /** Options of COPY. */
  options: readonly string[]
  /** What their names end in. */
  extension: string
  /** Whether COPY lists the files that it has written; of other formats than Parquet it counts the rows alone. */
  isListed: boolean
}

/** Of files that are read once and at once. Small groups of rows, because a group is held in memory until it is whole, one for each partition and thread. */
export const asideFormat: FileFormat = {
  options: ['FORMAT parquet', 'COMPRESSION lz4_raw', 'ROW_GROUP_SIZE 20480'],
  extension: '.parquet',
  isListed: true,
}

/** Athena's names of the codecs of Parquet that can be written here, and DuckDB's. */
const parquetCodecs: Readonly<Record<string, string>> = {
  ZSTD: 'zstd',
  SNAPPY: 'snappy',
  GZIP: 'gzip',
  NONE: 'uncompressed',
  UNCOMPRESSED: 'uncompressed',
}

/**
 * Parquet: GZIP where nothing is said, as in Athena ("Use compression" of its user guide). Throws SqlFailure on codecs that are
 * not done and on levels that are none; only ZSTD has levels, 1 to 22.
 */
export function parquetFormat(codec = 'GZIP', level?: string): FileFormat {
  const name = codec.toUpperCase()
  const known = parquetCodecs[name]
  if (known === undefined) throw notSupported(`The compression ${name} of Parquet`)
  const options = ['FORMAT parquet', `COMPRESSION ${known}`]
  if (level === undefined || name !== 'ZSTD') return {options, extension: '.parquet', isListed: true}
  const number = Number(level)
  if (!Number.isInteger(number) || number < 1 || number > 22) {
    throw new SqlFailure(`INVALID_TABLE_PROPERTY: compression_level of ZSTD is 1 to 22, not ${level}`)
  }
  return {options: [...options, `COMPRESSION_LEVEL ${number}`], extension: '.parquet', isListed: true}
}

/** One JSON object a line: GZIP where nothing is said. Throws SqlFailure on codecs that are not done. */
export function jsonFormat(codec = 'GZIP'): FileFormat {
  switch (codec.toUpperCase()) {
    case 'GZIP':
      return {options: ['FORMAT json', 'COMPRESSION gzip'], extension: '.json.gz', isListed: false}
    case 'NONE':
      return {options: ['FORMAT json'], extension: '.json', isListed: false}
    default:
      throw notSupported(`The compression ${codec.toUpperCase()} of JSON`)
  }
}
