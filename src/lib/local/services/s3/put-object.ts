import type {
  CopyObjectCommandInput,
  CopyObjectCommandOutput,
  PutObjectCommandInput,
  PutObjectCommandOutput,
} from '@aws-sdk/client-s3'
import type {Blob, BlobStore} from '../../blob-store'
import type {Operation} from '../../platform'
import {ServiceError} from '../../service-error'
import {checked, keptChecksums} from './checksum'
import {checkRead, writeCondition} from './conditions'
import {invalidArgument, noSuchKey} from './errors'
import {bucketOf, headersOf, refuseUnsupported} from './input'

/** Writes an object; durable when it answers. Throws `NoSuchBucket`, `KeyTooLongError`, `BadDigest`, `PreconditionFailed`. */
export function putObject(blobs: BlobStore): Operation<PutObjectCommandInput, PutObjectCommandOutput> {
  return async (input, ctx) => {
    refuseUnsupported(input)
    const bucket = bucketOf(blobs, input, ctx)
    const {properties, ...headers} = headersOf(input)
    const checksums = keptChecksums(input)
    const blob = await blobs.put(bucket.name, input.Key ?? '', checked(bodyOf(input.Body), input), {
      ...headers,
      properties: {...properties, ...checksums},
      at: ctx.now,
      precondition: writeCondition(input),
    })
    return {ETag: `"${blob.etag}"`, ServerSideEncryption: 'AES256', ...checksums, ...checksumType(checksums)}
  }
}

/** Copies an object, with its headers or (`MetadataDirective: REPLACE`) with new ones. Throws as put and get do, and `InvalidRequest`. */
export function copyObject(blobs: BlobStore): Operation<CopyObjectCommandInput, CopyObjectCommandOutput> {
  return async (input, ctx) => {
    refuseUnsupported(input)
    const bucket = bucketOf(blobs, input, ctx)
    const {source, from} = sourceOf(blobs, input.CopySource)
    if ((input.ExpectedSourceBucketOwner ?? ctx.accountId) !== ctx.accountId)
      throw new ServiceError('AccessDenied', 'Access Denied', 403)
    checkRead(source, {
      IfMatch: input.CopySourceIfMatch,
      IfNoneMatch: input.CopySourceIfNoneMatch,
      IfModifiedSince: input.CopySourceIfModifiedSince,
      IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
    })
    const replaces = input.MetadataDirective === 'REPLACE'
    if (!replaces && from === bucket.name && source.key === input.Key) {
      throw new ServiceError(
        'InvalidRequest',
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
      )
    }
    const blob = await blobs.put(bucket.name, input.Key ?? '', blobs.read(source), {
      ...(replaces ? headersOf(input) : source),
      etag: undefined,
      at: ctx.now,
      precondition: writeCondition(input),
    })
    return {CopyObjectResult: {ETag: `"${blob.etag}"`, LastModified: new Date(blob.lastModifiedAt)}}
  }
}

/** The content as the wire hands it over: in memory, or still coming. */
export function bodyOf(body: unknown): Buffer | AsyncIterable<Uint8Array> {
  if (body === undefined) return Buffer.alloc(0)
  if (typeof body === 'string') return Buffer.from(body)
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  return body as AsyncIterable<Uint8Array>
}

/** All checksums here are of whole objects, never of parts put together. */
export function checksumType(checksums: Readonly<Record<string, string>>): {ChecksumType?: 'FULL_OBJECT'} {
  return Object.keys(checksums).length > 0 ? {ChecksumType: 'FULL_OBJECT'} : {}
}

function sourceOf(blobs: BlobStore, text = ''): {source: Blob; from: string} {
  const [path = '', version] = text.split('?')
  if (version !== undefined) throw invalidArgument('Versions of objects are not kept by this local endpoint.')
  const [, from, key] = /^\/?([^/]+)\/(.+)$/s.exec(decoded(path)) ?? []
  if (from === undefined || key === undefined) {
    throw invalidArgument('Copy Source must mention the source bucket and key: sourcebucket/sourcekey')
  }
  blobs.requireBucket(from.startsWith('.') ? '' : from)
  const source = blobs.head(from, key)
  if (!source) throw noSuchKey()
  return {source, from}
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw invalidArgument('Invalid copy source encoding.')
  }
}
