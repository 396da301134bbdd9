import {createHash, randomUUID} from 'node:crypto'
import type {Blob, BlobStore} from '../../blob-store'
import {ServiceError} from '../../service-error'
import type {Collection, Store} from '../../store'
import {checked} from './checksum'

/** An upload in parts that is under way. */
export interface Upload {
  id: string
  bucket: string
  key: string
  startedAt: number
  headers: {
    contentType: string | undefined
    contentEncoding: string | undefined
    metadata: Record<string, string> | undefined
    properties: Record<string, string>
  }
}

/** How an upload ends. */
interface Completion {
  at: number
  precondition: (current: Blob | undefined) => void
  /** What the client says of the whole object, which must be so. */
  sizeBytes: number | undefined
  checksums: Readonly<Record<string, string>>
}

/** The bucket of the service's own in which parts wait. */
const partsBucket = '.uploads'

/** Every part but the last (S3 user guide, "Amazon S3 multipart upload limits"). */
const minPartBytes = 5 * 1024 * 1024

/** Uploads in parts: rows, and their parts as objects that nobody sees. */
export class Uploads {
  private readonly rows: Collection<Upload>

  constructor(
    private readonly store: Store,
    private readonly blobs: BlobStore,
  ) {
    this.rows = store.collection('s3/uploads')
  }

  start(upload: Omit<Upload, 'id'>): Upload {
    const started = {...upload, id: randomUUID().replaceAll('-', '')}
    this.store.write(() => this.rows.put(started.id, started))
    return started
  }

  /** The upload of that id, bucket and key. Throws `NoSuchUpload` (404). */
  find(id: string | undefined, bucket: string, key: string | undefined): Upload {
    const upload = this.rows.get(id ?? '')
    if (upload?.bucket === bucket && upload.key === key) return upload
    throw new ServiceError(
      'NoSuchUpload',
      'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
      404,
    )
  }

  /** Uploads of a bucket by key, then by when they began. */
  of(bucket: string): Upload[] {
    const found = [...this.rows.list()].map((row) => row.value).filter((upload) => upload.bucket === bucket)
    return found.sort(
      (a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)) || a.startedAt - b.startedAt,
    )
  }

  /** Takes a part, in place of an earlier one of that number. */
  async putPart(upload: Upload, part: number, body: AsyncIterable<Uint8Array>, at: number): Promise<Blob> {
    this.blobs.ensureOwnBucket(partsBucket)
    return this.blobs.put(partsBucket, partKey(upload, part), body, {at})
  }

  /** The parts that are there, by number. */
  parts(upload: Upload): {number: number; blob: Blob}[] {
    return [...this.blobs.list(partsBucket, `${upload.id}/`)].map((blob) => ({
      number: Number(blob.key.slice(upload.id.length + 1)),
      blob,
    }))
  }

  /** Puts the parts together under the upload's key. Throws `InvalidPart`, `InvalidPartOrder`, `EntityTooSmall`, `BadDigest`. */
  async complete(
    upload: Upload,
    wanted: readonly {number: number; etag: string}[],
    {sizeBytes, checksums, ...write}: Completion,
  ): Promise<Blob> {
    const parts = this.choose(upload, wanted)
    if ((sizeBytes ?? sizeOf(parts)) !== sizeOf(parts)) {
      throw new ServiceError(
        'InvalidRequest',
        'The provided MpuObjectSize does not match the size of the object made of the parts.',
      )
    }
    const md5 = createHash('md5')
    for (const part of parts) md5.update(Buffer.from(part.etag, 'hex'))
    const etag = `${md5.digest('hex')}-${parts.length}`
    const content = checked(this.contentOf(parts), checksums)
    const {properties, ...headers} = upload.headers
    const kept = {...headers, properties: {...properties, ...checksums}}
    const blob = await this.blobs.put(upload.bucket, upload.key, content, {...kept, ...write, etag})
    await this.forget(upload)
    return blob
  }

  async forget(upload: Upload): Promise<void> {
    this.store.write(() => this.rows.delete(upload.id))
    for (const {blob} of this.parts(upload)) await this.blobs.delete(partsBucket, blob.key)
  }

  private choose(upload: Upload, wanted: readonly {number: number; etag: string}[]): Blob[] {
    const there = new Map(this.parts(upload).map(({number, blob}) => [number, blob]))
    if (wanted.some(({number}, index) => index > 0 && number <= (wanted[index - 1]?.number ?? 0))) {
      throw new ServiceError(
        'InvalidPartOrder',
        'The list of parts was not in ascending order. The parts list must be specified in order by part number.',
      )
    }
    return wanted.map(({number, etag}, index) => {
      const blob = there.get(number)
      if (blob?.etag !== etag) {
        throw new ServiceError(
          'InvalidPart',
          "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
        )
      }
      if (index < wanted.length - 1 && blob.sizeBytes < minPartBytes) {
        throw new ServiceError(
          'EntityTooSmall',
          'Your proposed upload is smaller than the minimum allowed size',
        )
      }
      return blob
    })
  }

  private async *contentOf(parts: readonly Blob[]): AsyncGenerator<Uint8Array> {
    for (const part of parts) yield* this.blobs.read(part) as AsyncIterable<Uint8Array>
  }
}

function sizeOf(parts: readonly Blob[]): number {
  return parts.reduce((sum, part) => sum + part.sizeBytes, 0)
}

/** Numbers in one width, so that the order of keys is that of numbers. */
function partKey(upload: Upload, part: number): string {
  return `${upload.id}/${String(part).padStart(5, '0')}`
}
