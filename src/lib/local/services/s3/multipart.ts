import type {
  AbortMultipartUploadCommandInput,
  AbortMultipartUploadCommandOutput,
  CompleteMultipartUploadCommandInput,
  CompleteMultipartUploadCommandOutput,
  CreateMultipartUploadCommandInput,
  CreateMultipartUploadCommandOutput,
  ListMultipartUploadsCommandInput,
  ListMultipartUploadsCommandOutput,
  ListPartsCommandInput,
  ListPartsCommandOutput,
  UploadPartCommandInput,
  UploadPartCommandOutput,
} from '@aws-sdk/client-s3'
import type {BlobStore} from '../../blob-store'
import type {Operation} from '../../platform'
import {ServiceError} from '../../service-error'
import {checked, keptChecksums} from './checksum'
import {writeCondition} from './conditions'
import {invalidArgument, notImplemented} from './errors'
import {bucketOf, headersOf, refuseUnsupported} from './input'
import {bodyOf, checksumType} from './put-object'
import type {Uploads} from './uploads'

/** Begins an upload in parts. Throws `NoSuchBucket`, `KeyTooLongError`. */
export function createMultipartUpload(
  blobs: BlobStore,
  uploads: Uploads,
): Operation<CreateMultipartUploadCommandInput, CreateMultipartUploadCommandOutput> {
  return (input, ctx) => {
    refuseUnsupported(input)
    const {name: bucket} = bucketOf(blobs, input, ctx)
    const key = input.Key ?? ''
    if (Buffer.byteLength(key) > 1024) throw new ServiceError('KeyTooLongError', 'Your key is too long')
    const upload = uploads.start({bucket, key, startedAt: ctx.now, headers: headersOf(input)})
    return {Bucket: bucket, Key: key, UploadId: upload.id}
  }
}

/** Takes one part of 1 to 10000. Throws `NoSuchUpload`, `InvalidArgument`, `BadDigest`. */
export function uploadPart(
  blobs: BlobStore,
  uploads: Uploads,
): Operation<UploadPartCommandInput, UploadPartCommandOutput> {
  return async (input, ctx) => {
    refuseUnsupported(input)
    const upload = uploads.find(input.UploadId, bucketOf(blobs, input, ctx).name, input.Key)
    const number = input.PartNumber ?? 0
    if (!Number.isInteger(number) || number < 1 || number > 10_000) {
      throw invalidArgument('Part number must be an integer between 1 and 10000, inclusive')
    }
    const blob = await uploads.putPart(upload, number, checked(bodyOf(input.Body), input), ctx.now)
    return {ETag: `"${blob.etag}"`, ...keptChecksums(input)}
  }
}

/** Makes the object of the parts named, in their order. Throws `NoSuchUpload`, `InvalidPart`, `InvalidPartOrder`, `EntityTooSmall`. */
export function completeMultipartUpload(
  blobs: BlobStore,
  uploads: Uploads,
): Operation<CompleteMultipartUploadCommandInput, CompleteMultipartUploadCommandOutput> {
  return async (input, ctx) => {
    refuseUnsupported(input)
    const checksums = keptChecksums(input)
    // Of a checksum of the parts' checksums nothing here could be said.
    const isComposite = Object.values(checksums).some((value) => /-\d+$/.test(value))
    if (isComposite || input.ChecksumType === 'COMPOSITE') throw notImplemented('A composite checksum')
    const {name: bucket} = bucketOf(blobs, input, ctx)
    const upload = uploads.find(input.UploadId, bucket, input.Key)
    const parts = input.MultipartUpload?.Parts ?? []
    if (parts.length === 0) {
      throw new ServiceError(
        'MalformedXML',
        'The XML you provided was not well-formed or did not validate against our published schema',
      )
    }
    const wanted = parts.map(({PartNumber = 0, ETag = ''}) => ({
      number: PartNumber,
      etag: ETag.replace(/^"(.*)"$/, '$1'),
    }))
    const blob = await uploads.complete(upload, wanted, {
      at: ctx.now,
      precondition: writeCondition(input),
      sizeBytes: input.MpuObjectSize,
      checksums,
    })
    return {
      Location: `${ctx.endpoint}/${bucket}/${blob.key}`,
      Bucket: bucket,
      Key: blob.key,
      ETag: `"${blob.etag}"`,
      ...checksums,
      ...checksumType(checksums),
    }
  }
}

/** Forgets an upload and its parts. Throws `NoSuchUpload`. */
export function abortMultipartUpload(
  blobs: BlobStore,
  uploads: Uploads,
): Operation<AbortMultipartUploadCommandInput, AbortMultipartUploadCommandOutput> {
  return async (input, ctx) => {
    await uploads.forget(uploads.find(input.UploadId, bucketOf(blobs, input, ctx).name, input.Key))
    return {}
  }
}

/** The parts that an upload has, all in one page. Throws `NoSuchUpload`. */
export function listParts(
  blobs: BlobStore,
  uploads: Uploads,
): Operation<ListPartsCommandInput, ListPartsCommandOutput> {
  return (input, ctx) => {
    const upload = uploads.find(input.UploadId, bucketOf(blobs, input, ctx).name, input.Key)
    const after = Number(input.PartNumberMarker ?? 0)
    const parts = uploads.parts(upload).filter(({number}) => number > after)
    const page = parts.slice(0, Math.min(input.MaxParts ?? 1000, 1000))
    const isTruncated = page.length < parts.length
    return {
      ...{Bucket: upload.bucket, Key: upload.key, UploadId: upload.id, IsTruncated: isTruncated},
      ...(isTruncated ? {NextPartNumberMarker: String(page.at(-1)?.number ?? after)} : {}),
      Parts: page.map(({number, blob}) => ({
        PartNumber: number,
        ETag: `"${blob.etag}"`,
        Size: blob.sizeBytes,
        LastModified: new Date(blob.lastModifiedAt),
      })),
    }
  }
}

/** The uploads under way in a bucket below a prefix, up to 1000. Throws `NoSuchBucket`. */
export function listMultipartUploads(
  blobs: BlobStore,
  uploads: Uploads,
): Operation<ListMultipartUploadsCommandInput, ListMultipartUploadsCommandOutput> {
  return (input, ctx) => {
    refuseUnsupported(input, ['Delimiter', 'KeyMarker', 'UploadIdMarker'])
    const {name} = bucketOf(blobs, input, ctx)
    const found = uploads.of(name).filter(({key}) => key.startsWith(input.Prefix ?? ''))
    const page = found.slice(0, Math.min(input.MaxUploads ?? 1000, 1000))
    return {
      Bucket: name,
      IsTruncated: page.length < found.length,
      Uploads: page.map(({id, key, startedAt}) => ({UploadId: id, Key: key, Initiated: new Date(startedAt)})),
    }
  }
}
