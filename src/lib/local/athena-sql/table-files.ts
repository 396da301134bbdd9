import type {Blob, BlobStore} from '../blob-store'
import type {Catalog, TableRow} from '../catalog'
import {standardFolder} from './partition-path'
import {readProjection, templateMatcher} from './projection'
import {SqlFailure} from './sql-failure'

/** An object that a table's rows are read from. */
export interface TableFile {
  /** Where DuckDB reads it. */
  path: string
  /** `s3://bucket/key`, as the pseudo column "$path" shows it. */
  uri: string
  etag: string
  sizeBytes: number
  /** Values of the partition columns, in the table's order. */
  values: string[]
}

export interface LakeReader {
  catalog: Catalog
  blobs: BlobStore
  region: string
  /** Milliseconds since 1970: NOW of partition projection. */
  now: number
}

/**
 * The objects of a table: those under its location, its projected partitions, or its partitions in the catalog. Objects
 * without content, and names or folders that begin with `_` or `.`, are left out, as Athena does. Throws SqlFailure.
 */
export function filesOf(table: TableRow, reader: LakeReader): TableFile[] {
  const location = table.StorageDescriptor?.Location ?? ''
  const keys = (table.PartitionKeys ?? []).map((key) => key.Name ?? '')
  if (keys.length === 0) return filesUnder(location, reader).map((file) => ({...file, values: []}))
  const projection = readProjection(table.Parameters ?? {}, location, keys, reader.now)
  if (!projection) return filesOfPartitions(table, keys, reader)
  const valuesOf = templateMatcher(projection.template, keys)
  const tests = keys.map((key) => projection.columns[key])
  return filesUnder(fixedPart(projection.template), reader).flatMap((file) => {
    const values = valuesOf(file.uri)
    if (!values) return []
    return values.every((value, place) => tests[place]?.(value)) ? [{...file, values}] : []
  })
}

function filesOfPartitions(table: TableRow, keys: readonly string[], reader: LakeReader): TableFile[] {
  const folder = table.StorageDescriptor?.Location ?? ''
  return reader.catalog.partitions(reader.region, table.DatabaseName, table.Name).flatMap((partition) => {
    const location = partition.StorageDescriptor?.Location ?? standardFolder(folder, keys, partition.Values)
    return filesUnder(location, reader).map((file) => ({...file, values: partition.Values}))
  })
}

/** The template up to the last slash before its first `${`. */
function fixedPart(template: string): string {
  const fixed = template.split('${')[0] ?? ''
  return fixed.slice(0, fixed.lastIndexOf('/') + 1)
}

function filesUnder(location: string, reader: LakeReader): Omit<TableFile, 'values'>[] {
  const match = /^s3[an]?:\/\/([^/]+)\/?(.*)$/.exec(location)
  const bucket = match?.[1] ?? ''
  if (!match)
    throw new SqlFailure(`HIVE_INVALID_METADATA: ${location || 'An empty location'} is not a location in S3.`)
  if (!reader.blobs.bucket(bucket)) {
    throw new SqlFailure(
      `HIVE_FILESYSTEM_ERROR: The specified bucket does not exist (Service: Amazon S3; Status Code: 404; Error Code: NoSuchBucket; Bucket: ${bucket})`,
    )
  }
  const folder = (match[2] ?? '').replace(/\/*$/, '')
  const prefix = folder === '' ? '' : `${folder}/`
  const files: Omit<TableFile, 'values'>[] = []
  for (const blob of reader.blobs.list(bucket, prefix)) {
    if (isRead(blob, prefix.length)) {
      const {path, etag, sizeBytes} = blob
      files.push({path, etag, sizeBytes, uri: `s3://${bucket}/${blob.key}`})
    }
  }
  return files
}

function isRead(blob: Blob, from: number): boolean {
  return blob.sizeBytes > 0 && !/(?:^|\/)[_.]/.test(blob.key.slice(from)) && !blob.key.endsWith('/')
}
