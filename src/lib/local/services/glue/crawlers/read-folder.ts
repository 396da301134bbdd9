import type {HiveField} from '../../../athena-sql/hive-type'
import type {Blob, BlobStore} from '../../../blob-store'
import {mergeFields} from './column-types'
import {readJson} from './read-json'
import type {ParquetReader} from './read-parquet'

export type Classification = 'json' | 'parquet'

/** A folder that holds objects, and what they hold together. */
export interface Folder {
  /** Key prefix, ending in `/`; empty for the bucket itself. */
  path: string
  classification: Classification
  columns: HiveField[]
  isCompressed: boolean
  objectCount: number
  sizeBytes: number
  recordCount: number
}

/** Objects by the folder right above them, each list in the order of keys; those that Athena does not read are left out. */
export function objectsByFolder(blobs: Iterable<Blob>, root: string): Map<string, Blob[]> {
  const folders = new Map<string, Blob[]>()
  for (const blob of blobs) {
    const isRead =
      blob.sizeBytes > 0 && !blob.key.endsWith('/') && !/(?:^|\/)[_.]/.test(blob.key.slice(root.length))
    if (!isRead) continue
    const path = blob.key.slice(0, blob.key.lastIndexOf('/') + 1)
    const known = folders.get(path)
    if (known) known.push(blob)
    else folders.set(path, [blob])
  }
  return folders
}

interface Reading {
  blobs: BlobStore
  parquet: ParquetReader
  signal: AbortSignal
}

/**
 * Reads the objects of a folder. Throws TypeError where one is neither JSON nor Parquet, or where both lie beside each other; throws the
 * signal's reason once it is raised.
 */
export async function readFolder(
  reading: Reading,
  {bucket, path, objects}: {bucket: string; path: string; objects: readonly Blob[]},
): Promise<Folder> {
  const read: Folder[] = []
  for (const blob of objects) {
    reading.signal.throwIfAborted()
    read.push({path, ...(await readObject(reading, blob, `s3://${bucket}/${blob.key}`))})
  }
  if (new Set(read.map(({classification}) => classification)).size > 1) {
    throw new TypeError(`JSON and Parquet lie beside each other in s3://${bucket}/${path}.`)
  }
  return read.reduce((a, b) => ({
    ...a,
    isCompressed: a.isCompressed || b.isCompressed,
    columns: mergeFields(a.columns, b.columns),
    objectCount: a.objectCount + b.objectCount,
    sizeBytes: a.sizeBytes + b.sizeBytes,
    recordCount: a.recordCount + b.recordCount,
  }))
}

async function readObject(
  {blobs, parquet, signal}: Reading,
  blob: Blob,
  uri: string,
): Promise<Omit<Folder, 'path'>> {
  const start = await startOf(blobs, blob)
  const own = {objectCount: 1, sizeBytes: blob.sizeBytes}
  if (start.toString('latin1') === 'PAR1') {
    return {classification: 'parquet', isCompressed: false, ...own, ...(await parquet.read(blob, uri))}
  }
  const isGzip = start[0] === 0x1f && start[1] === 0x8b
  const json = await readJson(blobs, {blob, uri, isGzip, signal})
  return {classification: 'json', isCompressed: isGzip, ...own, ...json}
}

async function startOf(blobs: BlobStore, blob: Blob): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of blobs.read(blob, {from: 0, to: Math.min(4, blob.sizeBytes)}))
    chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
