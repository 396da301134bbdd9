import type {Store} from './store'

export interface Bucket {
  name: string
  region: string
  createdAt: number
  tags?: Record<string, string>
}

export interface Blob {
  key: string
  sizeBytes: number
  /** MD5 of the content, lower hex, without quotes. */
  etag: string
  lastModifiedAt: number
  contentType: string | undefined
  contentEncoding: string | undefined
  metadata: Record<string, string>
  /** Absolute path of the file that holds the content. */
  path: string
}

export interface BlobOptions {
  contentType?: string | undefined
  contentEncoding?: string | undefined
  metadata?: Record<string, string> | undefined
  /** The moment of the write on the endpoint's clock, milliseconds since 1970. */
  at: number
}

/**
 * Buckets and objects: rows in the store, contents as files in a folder per bucket, so that the lake can be looked at
 * with any tool. An object is written to a temporary name, synced and renamed: it is there whole or not at all.
 */
export class BlobStore {
  constructor(
    private readonly store: Store,
    private readonly folder: string,
  ) {}
}
