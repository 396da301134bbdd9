import type {
  ListObjectsCommandInput,
  ListObjectsCommandOutput,
  ListObjectsV2CommandInput,
  ListObjectsV2CommandOutput,
} from '@aws-sdk/client-s3'
import type {Blob, BlobStore} from '../../blob-store'
import type {Operation} from '../../platform'
import {invalidArgument} from './errors'
import {bucketOf} from './input'

/** Behind every key that begins with what stands before it: the last character there is. */
const last = '\u{10ffff}'

interface Listing {
  blobs: Blob[]
  commonPrefixes: string[]
  /** Where the next page begins: everything up to and including this is done. Undefined on the last page. */
  next: {after: string; shown: string} | undefined
}

/** A page of objects in the order of their keys' bytes. Throws `NoSuchBucket` and `InvalidArgument`. */
export function listObjectsV2(
  blobs: BlobStore,
): Operation<ListObjectsV2CommandInput, ListObjectsV2CommandOutput> {
  return (input, ctx) => {
    const bucket = bucketOf(blobs, input, ctx)
    const after = input.ContinuationToken === undefined ? input.StartAfter : placeOf(input.ContinuationToken)
    const {page, encode, maxKeys} = read(blobs, bucket.name, input, after)
    return {
      ...common(page, input, {encode, maxKeys, owner: input.FetchOwner ? ctx.accountId : undefined}),
      KeyCount: page.blobs.length + page.commonPrefixes.length,
      ...(input.ContinuationToken === undefined ? {} : {ContinuationToken: input.ContinuationToken}),
      ...(input.StartAfter === undefined ? {} : {StartAfter: encode(input.StartAfter)}),
      ...(page.next ? {NextContinuationToken: Buffer.from(page.next.after).toString('base64')} : {}),
    }
  }
}

/** The same for clients of the first version, which page by the last name shown. */
export function listObjects(blobs: BlobStore): Operation<ListObjectsCommandInput, ListObjectsCommandOutput> {
  return (input, ctx) => {
    const bucket = bucketOf(blobs, input, ctx)
    const {Marker: marker, Prefix: prefix = '', Delimiter: delimiter} = input
    // A marker that is a common prefix itself has shown all that is below it.
    const isGroup = marker !== undefined && delimiter && commonPrefixOf(marker, prefix, delimiter) === marker
    const {page, encode, maxKeys} = read(blobs, bucket.name, input, isGroup ? marker + last : marker)
    return {
      ...common(page, input, {encode, maxKeys, owner: ctx.accountId}),
      Marker: encode(marker ?? ''),
      ...(page.next && delimiter ? {NextMarker: encode(page.next.shown)} : {}),
    }
  }
}

type Query = Pick<ListObjectsV2CommandInput, 'Bucket' | 'Prefix' | 'Delimiter' | 'MaxKeys' | 'EncodingType'>

function read(blobs: BlobStore, bucket: string, input: Query, after: string | undefined) {
  const maxKeys = input.MaxKeys ?? 1000
  if (!Number.isInteger(maxKeys) || maxKeys < 0) {
    throw invalidArgument('Argument maxKeys must be an integer between 0 and 2147483647')
  }
  if (input.EncodingType !== undefined && input.EncodingType !== 'url') {
    throw invalidArgument('Invalid Encoding Method specified in Request')
  }
  const encode = input.EncodingType === 'url' ? encodeKey : (text: string): string => text
  return {
    page: walk(blobs, bucket, input, after, Math.min(maxKeys, 1000)),
    encode,
    maxKeys: Math.min(maxKeys, 1000),
  }
}

/** Goes through the keys once, and past each common prefix in one step. */
function walk(
  blobs: BlobStore,
  bucket: string,
  input: Query,
  from: string | undefined,
  max: number,
): Listing {
  const {Prefix: prefix = '', Delimiter: delimiter} = input
  const page: Listing = {blobs: [], commonPrefixes: [], next: undefined}
  let after = from
  let shown = from ?? ''
  for (;;) {
    const [blob] = take(blobs.list(bucket, prefix, after), 1)
    if (!blob || max === 0) return page
    if (page.blobs.length + page.commonPrefixes.length === max)
      return {...page, next: {after: after ?? '', shown}}
    const group = delimiter ? commonPrefixOf(blob.key, prefix, delimiter) : undefined
    if (group !== undefined) {
      page.commonPrefixes.push(group)
      after = group + last
      shown = group
      continue
    }
    // Until the next group or the end of the page the keys simply follow each other.
    for (const found of blobs.list(bucket, prefix, after)) {
      const isGroup = delimiter !== undefined && commonPrefixOf(found.key, prefix, delimiter) !== undefined
      if (isGroup || page.blobs.length + page.commonPrefixes.length === max) break
      page.blobs.push(found)
      after = shown = found.key
    }
  }
}

function take<T>(items: Iterable<T>, count: number): T[] {
  const taken: T[] = []
  for (const item of items) {
    taken.push(item)
    if (taken.length === count) break
  }
  return taken
}

/** The key up to and with the first delimiter behind the prefix. */
function commonPrefixOf(key: string, prefix: string, delimiter: string): string | undefined {
  const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
  return at < 0 ? undefined : key.slice(0, at + delimiter.length)
}

interface Form {
  encode: (text: string) => string
  maxKeys: number
  /** Shown with each object, where asked for. */
  owner: string | undefined
}

function common(page: Listing, input: Query, {encode, maxKeys, owner}: Form) {
  return {
    Name: input.Bucket,
    Prefix: encode(input.Prefix ?? ''),
    ...(input.Delimiter ? {Delimiter: encode(input.Delimiter)} : {}),
    ...(input.EncodingType === undefined ? {} : {EncodingType: input.EncodingType}),
    MaxKeys: maxKeys,
    IsTruncated: page.next !== undefined,
    ...(page.blobs.length > 0 ? {Contents: page.blobs.map((blob) => toEntry(blob, encode, owner))} : {}),
    ...(page.commonPrefixes.length > 0
      ? {CommonPrefixes: page.commonPrefixes.map((prefix) => ({Prefix: encode(prefix)}))}
      : {}),
  }
}

function toEntry(blob: Blob, encode: (text: string) => string, owner: string | undefined) {
  return {
    Key: encode(blob.key),
    LastModified: new Date(blob.lastModifiedAt),
    ETag: `"${blob.etag}"`,
    Size: blob.sizeBytes,
    StorageClass: (blob.properties['StorageClass'] ?? 'STANDARD') as 'STANDARD',
    ...(owner === undefined ? {} : {Owner: {ID: owner}}),
  }
}

/** `encoding-type=url`: everything but letters, digits, `-_.~*` and the slash as `%XX` of its UTF-8 bytes. */
function encodeKey(text: string): string {
  return encodeURIComponent(text).replaceAll('%2F', '/')
}

function placeOf(token: string): string {
  const place = Buffer.from(token, 'base64')
  if (place.length === 0 || place.toString('base64') !== token) {
    throw invalidArgument('The continuation token provided is incorrect')
  }
  return place.toString()
}
