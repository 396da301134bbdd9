import {randomUUID} from 'node:crypto'
import {existsSync, readdirSync, rmSync} from 'node:fs'
import {mkdir} from 'node:fs/promises'
import {join} from 'node:path'
import type {Readable} from 'node:stream'
import {BlobArrivals, type Arrival} from './blob-arrivals'
import {foldsCase, isPlainKey, placements} from './blob-path'
import {describes, rowOf, rowOfFile, type Blob, type BlobOptions, type BlobRow} from './blob-row'
import {Buckets, type Bucket} from './buckets'
import {
  inspectFile,
  moveIntoPlace,
  openIncoming,
  readFileRange,
  digestFile,
  removeFile,
  writeIncoming,
  type ByteRange,
} from './blob-file'
import {ServiceError} from './service-error'
import type {Collection, Store} from './store'

export type {Blob, BlobOptions} from './blob-row'
export type {Bucket} from './buckets'

/** 1024 bytes of UTF-8 (S3 user guide, "Naming Amazon S3 objects"). */
const maxKeyBytes = 1024

/**
 * Buckets and objects: rows in the store, contents as files in a folder per bucket, so that the lake can be looked at
 * with any tool. An object is written to a temporary name, synced and renamed: it is there whole or not at all.
 */
export class BlobStore {
  private readonly rows: Collection<BlobRow>
  private readonly bucketRows: Buckets
  private readonly arrivals: BlobArrivals
  private readonly incoming: string
  private readonly foldsCase: boolean
  /** The last change under way for each `BUCKET/KEY`: changes of one key follow each other. */
  private readonly changes = new Map<string, Promise<unknown>>()
  /** The rows of objects whose file may be in place already while their row is not written yet. */
  private readonly coming = new Map<string, Omit<BlobRow, 'file'>>()

  /** Opens the store in `folder` (made if absent) and removes what an interrupted write has left behind. */
  constructor(
    private readonly store: Store,
    private readonly folder: string,
  ) {
    this.rows = store.collection('s3/objects')
    this.bucketRows = new Buckets(store)
    this.incoming = openIncoming(folder)
    this.foldsCase = foldsCase(this.incoming)
    this.arrivals = new BlobArrivals(store, folder, {
      places: (bucket, key) => placements(bucket, key, this.foldsCase),
      isThere: (bucket, key) => this.rows.get(`${bucket}/${key}`) !== undefined,
    })
  }

  /** Adds a bucket. Throws `InvalidBucketName` and `BucketAlreadyOwnedByYou`. */
  createBucket(bucket: Bucket): void {
    this.bucketRows.create(bucket)
  }

  /** Replaces what is kept of a bucket (its tags). Throws `NoSuchBucket`. */
  updateBucket(bucket: Bucket): void {
    this.bucketRows.update(bucket)
  }

  bucket(name: string): Bucket | undefined {
    return this.bucketRows.find(name)
  }

  /** The bucket of that name. Throws `NoSuchBucket` (404). */
  requireBucket(name: string): Bucket {
    return this.bucketRows.require(name)
  }

  /** Every bucket, by name; without those that services keep for themselves. */
  buckets(): Bucket[] {
    return this.bucketRows.list()
  }

  /** Makes sure of a bucket that a service keeps for itself: `.` and lower-case letters, a name that no caller can take. */
  ensureOwnBucket(name: `.${string}`): void {
    this.bucketRows.ensureOwn(name)
  }

  /** Removes an empty bucket. Throws `NoSuchBucket` and `BucketNotEmpty`. */
  deleteBucket(name: string): void {
    this.bucketRows.remove(name, () => {
      const isBusy = [...this.changes.keys()].some((change) => change.startsWith(`${name}/`))
      return !isBusy && this.rows.count(`${name}/`) === 0
    })
    removeEmptyTree(join(this.folder, name))
  }

  /**
   * Writes an object; durable when the promise resolves. An interrupted put leaves the old object or the new one, whole.
   * A body that throws, or a `precondition` that throws, changes nothing. Throws `NoSuchBucket` and `KeyTooLongError`.
   */
  async put(
    bucket: string,
    key: string,
    body: Buffer | AsyncIterable<Uint8Array>,
    options: BlobOptions,
  ): Promise<Blob> {
    this.requireBucket(bucket)
    if (Buffer.byteLength(key) > maxKeyBytes) throw keyTooLong()
    const content = await writeIncoming(this.incoming, body)
    try {
      return await this.inTurn(bucket, key, async () => {
        this.requireBucket(bucket)
        const before = this.rows.get(`${bucket}/${key}`)
        options.precondition?.(before && this.head(bucket, key))
        const coming = rowOf(content, {...options, key})
        this.coming.set(`${bucket}/${key}`, coming)
        const file = await moveIntoPlace(content.path, this.folder, placements(bucket, key, this.foldsCase))
        const row: BlobRow = {...coming, file}
        await this.store.batch(() => this.rows.put(`${bucket}/${key}`, row))
        if (before && before.file !== file) await this.discard(bucket, before.file)
        return this.toBlob(row)
      })
    } finally {
      await removeFile(content.path)
    }
  }

  /** A new folder for files that are to become objects by `adopt`. What is left in it goes when the store is opened again. */
  async stagingFolder(): Promise<string> {
    const folder = join(this.incoming, randomUUID())
    await mkdir(folder)
    return folder
  }

  /**
   * Makes new objects of files that are written: all of them become visible at one moment, or none, whatever happens. `within`
   * runs in the same transaction; what it throws undoes everything. Durable when the promise resolves. Throws
   * `NoSuchBucket`, `KeyTooLongError`, and `PreconditionFailed` where a key is taken.
   */
  async adopt(arrivals: readonly Arrival[], at: number, within: () => void): Promise<void> {
    for (const {bucket, key} of arrivals) this.requirePlace(bucket, key)
    await this.arrivals.take(arrivals, (arrived) => {
      for (const {arrival, content, file} of arrived) {
        const {bucket, key} = arrival
        this.requirePlace(bucket, key)
        this.rows.put(`${bucket}/${key}`, {...rowOf(content, {...arrival, at}), file})
      }
      within()
    })
  }

  /** What is known of an object, or undefined where there is none (or where its file is gone). */
  head(bucket: string, key: string): Blob | undefined {
    const row = this.rows.get(`${bucket}/${key}`)
    if (!row) return undefined
    const file = inspectFile(join(this.folder, row.file))
    if (!file) return undefined
    if (describes(row, file)) return this.toBlob(row)
    const coming = this.coming.get(`${bucket}/${key}`)
    if (coming && describes(coming, file)) return this.toBlob({...coming, file: row.file})
    return this.toBlob(this.refresh(bucket, row))
  }

  /**
   * The content of an object, or its bytes from `range.from` (inclusive) to `range.to` (exclusive). The file is opened
   * at once: an object that is overwritten or deleted afterwards is still read whole. Throws `NoSuchKey` when the file is gone.
   */
  read(blob: Blob, range: ByteRange = {from: 0, to: blob.sizeBytes}): Readable {
    return readFileRange(blob.path, range)
  }

  /** Objects whose key begins with `prefix` and comes after `after`, in the order of the keys' UTF-8 bytes. */
  *list(bucket: string, prefix = '', after?: string): Iterable<Blob> {
    if (after !== undefined && !after.startsWith(prefix)) {
      // Beside the prefix: it lies before all of its keys, and leaves out none, or behind them, and leaves out all.
      if (Buffer.compare(Buffer.from(after), Buffer.from(prefix)) > 0) return
      after = undefined
    }
    const from = after === undefined ? undefined : `${bucket}/${after}`
    for (const row of this.rows.list(`${bucket}/${prefix}`, from)) yield this.toBlob(row.value)
  }

  /** Removes an object; no error where there is none. `precondition` as in `BlobOptions`. */
  async delete(bucket: string, key: string, precondition?: BlobOptions['precondition']): Promise<void> {
    await this.inTurn(bucket, key, async () => {
      const row = this.rows.get(`${bucket}/${key}`)
      precondition?.(row && this.head(bucket, key))
      if (!row) return
      await this.store.batch(() => this.rows.delete(`${bucket}/${key}`))
      await this.discard(bucket, row.file)
    })
  }

  /** True where the object's file lies under the object's own name, for a person to find. */
  isPlain(key: string): boolean {
    return isPlainKey(key, this.foldsCase)
  }

  /** The file was replaced and its row was not (a crash between the two): the file is the object. */
  private refresh(bucket: string, row: BlobRow): BlobRow {
    const fresh = rowOfFile(row, digestFile(join(this.folder, row.file)))
    if (!this.changes.has(`${bucket}/${row.key}`)) {
      this.store.write(() => this.rows.put(`${bucket}/${row.key}`, fresh))
    }
    return fresh
  }

  /** A key that is new, in a bucket that is there. */
  private requirePlace(bucket: string, key: string): void {
    this.requireBucket(bucket)
    if (Buffer.byteLength(key) > maxKeyBytes) throw keyTooLong()
    if (!this.rows.get(`${bucket}/${key}`)) return
    throw new ServiceError('PreconditionFailed', `There is an object at s3://${bucket}/${key} already.`, 412)
  }

  private async discard(bucket: string, file: string): Promise<void> {
    await removeFile(join(this.folder, file), join(this.folder, bucket))
  }

  private async inTurn<R>(bucket: string, key: string, change: () => Promise<R>): Promise<R> {
    const name = `${bucket}/${key}`
    const mine = (this.changes.get(name) ?? Promise.resolve()).then(change, change)
    this.changes.set(name, mine)
    try {
      return await mine
    } finally {
      if (this.changes.get(name) === mine) {
        this.changes.delete(name)
        this.coming.delete(name)
      }
    }
  }

  private toBlob(row: BlobRow): Blob {
    return {
      key: row.key,
      sizeBytes: row.sizeBytes,
      etag: row.etag,
      lastModifiedAt: row.lastModifiedAt,
      contentType: row.contentType,
      contentEncoding: row.contentEncoding,
      metadata: row.metadata,
      properties: row.properties,
      path: join(this.folder, row.file),
    }
  }
}

function keyTooLong(): ServiceError {
  return new ServiceError('KeyTooLongError', 'Your key is too long')
}

/** Removes a folder that holds nothing but folders; files that are none of the store's objects stay. */
function removeEmptyTree(folder: string): void {
  if (!existsSync(folder)) return
  const hasFiles = readdirSync(folder, {withFileTypes: true, recursive: true}).some(
    (entry) => !entry.isDirectory(),
  )
  if (!hasFiles) rmSync(folder, {recursive: true, force: true})
}
