import type {FileState, WrittenFile} from './blob-file'

export interface Blob {
  key: string
  sizeBytes: number
  /** MD5 of the content, lower hex, without quotes; of an object made of parts `MD5-COUNT`, as S3 has it. */
  etag: string
  lastModifiedAt: number
  contentType: string | undefined
  contentEncoding: string | undefined
  metadata: Record<string, string>
  /** Further headers and checksums that are kept with the object, under the SDK's member names (`CacheControl`). */
  properties: Record<string, string>
  /** Absolute path of the file that holds the content. */
  path: string
}

export interface BlobOptions {
  contentType?: string | undefined
  contentEncoding?: string | undefined
  metadata?: Record<string, string> | undefined
  properties?: Record<string, string> | undefined
  /** In place of the content's MD5, for an object made of parts. */
  etag?: string | undefined
  /** The moment of the write on the endpoint's clock, milliseconds since 1970. */
  at: number
  /** Sees the object that is about to be replaced; when it throws, nothing changes. No other write to the key comes between. */
  precondition?: ((current: Blob | undefined) => void) | undefined
}

/** What the store keeps of an object. `md5` and `fileModifiedAt` tell whether the file is still the one the row describes. */
export interface BlobRow extends Omit<Blob, 'path'> {
  file: string
  md5: string
  fileModifiedAt: number
}

/** The row of an object that was written, without the place of its file. */
export function rowOf(content: WrittenFile, options: BlobOptions & {key: string}): Omit<BlobRow, 'file'> {
  return {
    key: options.key,
    sizeBytes: content.sizeBytes,
    etag: options.etag ?? content.md5,
    lastModifiedAt: options.at,
    contentType: options.contentType,
    contentEncoding: options.contentEncoding,
    metadata: options.metadata ?? {},
    properties: options.properties ?? {},
    md5: content.md5,
    fileModifiedAt: content.modifiedAt,
  }
}

/** The row of an object whose file is another one than the row says: the file is the object. */
export function rowOfFile(row: BlobRow, file: Omit<WrittenFile, 'path'>): BlobRow {
  const same = file.md5 === row.md5
  return {
    ...row,
    sizeBytes: file.sizeBytes,
    md5: file.md5,
    fileModifiedAt: file.modifiedAt,
    etag: same ? row.etag : file.md5,
    properties: same ? row.properties : {},
    lastModifiedAt: same ? row.lastModifiedAt : Math.trunc(file.modifiedAt),
  }
}

/** Whether a row describes the file that is there. */
export function describes(row: Omit<BlobRow, 'file'>, file: FileState): boolean {
  return file.sizeBytes === row.sizeBytes && file.modifiedAt === row.fileModifiedAt
}
