import type {
  GetObjectCommandInput,
  GetObjectCommandOutput,
  HeadObjectCommandInput,
  HeadObjectCommandOutput,
} from '@aws-sdk/client-s3'
import type {Blob, BlobStore} from '../../blob-store'
import type {Operation} from '../../platform'
import {ServiceError} from '../../service-error'
import {checkRead} from './conditions'
import {noSuchKey, notFound} from './errors'
import {bucketOf, knownBucket, refuseUnsupported} from './input'
import {checksumType} from './put-object'
import {rangeOf} from './range'

/** An object or a range of it. Throws `NoSuchBucket`, `NoSuchKey` (404), `InvalidRange` (416), `PreconditionFailed` (412), `NotModified` (304). */
export function getObject(blobs: BlobStore): Operation<GetObjectCommandInput, GetObjectCommandOutput> {
  return (input, ctx) => {
    refuseUnsupported(input, ['PartNumber'])
    const blob = blobs.head(bucketOf(blobs, input, ctx).name, input.Key ?? '')
    if (!blob) throw noSuchKey()
    checkRead(blob, input)
    const range = rangeOf(input.Range, blob.sizeBytes)
    return {
      ...describe(blob, input, range),
      ...overridesOf(input),
      Body: blobs.read(blob, range) as unknown as NonNullable<GetObjectCommandOutput['Body']>,
    }
  }
}

/** What is known of an object. Throws `NotFound` (404) for bucket and key alike: an answer to HEAD has no body. */
export function headObject(blobs: BlobStore): Operation<HeadObjectCommandInput, HeadObjectCommandOutput> {
  return (input, ctx) => {
    refuseUnsupported(input, ['PartNumber'])
    const bucket = knownBucket(blobs, input, ctx)
    const blob = bucket && blobs.head(bucket.name, input.Key ?? '')
    if (!blob) throw notFound()
    checkRead(blob, input)
    return {...describe(blob, input, rangeOf(input.Range, blob.sizeBytes)), ...overridesOf(input)}
  }
}

function describe(
  blob: Blob,
  input: {ChecksumMode?: string | undefined},
  range: {from: number; to: number} | undefined,
): Omit<HeadObjectCommandOutput, '$metadata'> {
  const checksums = Object.entries(blob.properties).filter(([name]) => name.startsWith('Checksum'))
  const headers = Object.entries(blob.properties).filter(([name]) => !name.startsWith('Checksum'))
  // A checksum of the whole does not fit a part of it.
  const shown = input.ChecksumMode === 'ENABLED' && !range ? Object.fromEntries(checksums) : {}
  return {
    AcceptRanges: 'bytes',
    ContentLength: range ? range.to - range.from : blob.sizeBytes,
    ...(range ? {ContentRange: `bytes ${range.from}-${range.to - 1}/${blob.sizeBytes}`} : {}),
    ETag: `"${blob.etag}"`,
    LastModified: new Date(blob.lastModifiedAt),
    ContentType: blob.contentType ?? 'binary/octet-stream',
    ...(blob.contentEncoding === undefined ? {} : {ContentEncoding: blob.contentEncoding}),
    ...(Object.keys(blob.metadata).length > 0 ? {Metadata: blob.metadata} : {}),
    ...Object.fromEntries(headers),
    ...shown,
    ...checksumType(shown),
    ServerSideEncryption: 'AES256',
  }
}

/** `response-content-type` and the like: headers that the caller wants in place of the object's. */
function overridesOf(
  input: GetObjectCommandInput | HeadObjectCommandInput,
): Partial<HeadObjectCommandOutput> {
  const wanted = {
    CacheControl: input.ResponseCacheControl,
    ContentDisposition: input.ResponseContentDisposition,
    ContentEncoding: input.ResponseContentEncoding,
    ContentLanguage: input.ResponseContentLanguage,
    ContentType: input.ResponseContentType,
    Expires: input.ResponseExpires,
  }
  for (const value of Object.values(wanted)) {
    if (typeof value === 'string' && /[\u0000-\u001f\u007f]/.test(value)) {
      throw new ServiceError('InvalidArgument', 'A response header override holds control characters.')
    }
  }
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
}
