import type {
  DeleteBucketTaggingCommandInput,
  DeleteBucketTaggingCommandOutput,
  GetBucketEncryptionCommandInput,
  GetBucketEncryptionCommandOutput,
  GetBucketTaggingCommandInput,
  GetBucketTaggingCommandOutput,
  GetBucketVersioningCommandInput,
  GetBucketVersioningCommandOutput,
  PutBucketEncryptionCommandInput,
  PutBucketEncryptionCommandOutput,
  PutBucketTaggingCommandInput,
  PutBucketTaggingCommandOutput,
  PutBucketVersioningCommandInput,
  PutBucketVersioningCommandOutput,
} from '@aws-sdk/client-s3'
import type {BlobStore} from '../../blob-store'
import type {Operation} from '../../platform'
import {ServiceError} from '../../service-error'
import type {BucketSettings} from './bucket-settings'
import {notImplemented} from './errors'
import {bucketOf} from './input'

/** Replaces a bucket's tags, up to 50. Throws `NoSuchBucket`, `InvalidTag`, `BadRequest`. */
export function putBucketTagging(
  blobs: BlobStore,
): Operation<PutBucketTaggingCommandInput, PutBucketTaggingCommandOutput> {
  return (input, ctx) => {
    const bucket = bucketOf(blobs, input, ctx)
    const tags = new Map<string, string>()
    for (const {Key: key = '', Value: value = ''} of input.Tagging?.TagSet ?? []) {
      if (tags.has(key))
        throw new ServiceError('InvalidTag', 'Cannot provide multiple Tags with the same key')
      if (key === '' || key.length > 128)
        throw new ServiceError('InvalidTag', 'The TagKey you have provided is invalid')
      if (value.length > 256)
        throw new ServiceError('InvalidTag', 'The TagValue you have provided is invalid')
      tags.set(key, value)
    }
    if (tags.size > 50) throw new ServiceError('BadRequest', 'Bucket tag count cannot be greater than 50')
    blobs.updateBucket({...bucket, tags: Object.fromEntries(tags)})
    return {}
  }
}

/** A bucket's tags. Throws `NoSuchBucket` and `NoSuchTagSet` (404). */
export function getBucketTagging(
  blobs: BlobStore,
): Operation<GetBucketTaggingCommandInput, GetBucketTaggingCommandOutput> {
  return (input, ctx) => {
    const tags = Object.entries(bucketOf(blobs, input, ctx).tags ?? {})
    if (tags.length === 0) throw new ServiceError('NoSuchTagSet', 'The TagSet does not exist', 404)
    return {TagSet: tags.map(([Key, Value]) => ({Key, Value}))}
  }
}

/** Takes a bucket's tags away. Throws `NoSuchBucket`. */
export function deleteBucketTagging(
  blobs: BlobStore,
): Operation<DeleteBucketTaggingCommandInput, DeleteBucketTaggingCommandOutput> {
  return (input, ctx) => {
    blobs.updateBucket({...bucketOf(blobs, input, ctx), tags: {}})
    return {}
  }
}

/** Keeps the default encryption, which can only be S3's own (AES256). Throws `NoSuchBucket` and `NotImplemented` (KMS). */
export function putBucketEncryption(
  blobs: BlobStore,
  settings: BucketSettings,
): Operation<PutBucketEncryptionCommandInput, PutBucketEncryptionCommandOutput> {
  return (input, ctx) => {
    const {name} = bucketOf(blobs, input, ctx)
    const encryption = input.ServerSideEncryptionConfiguration
    for (const rule of encryption?.Rules ?? []) {
      const algorithm = rule.ApplyServerSideEncryptionByDefault?.SSEAlgorithm ?? 'AES256'
      if (algorithm !== 'AES256') throw notImplemented(`The encryption ${algorithm}`)
    }
    settings.change(name, {encryption})
    return {}
  }
}

/** The default encryption; S3 has one for every bucket. Throws `NoSuchBucket`. */
export function getBucketEncryption(
  blobs: BlobStore,
  settings: BucketSettings,
): Operation<GetBucketEncryptionCommandInput, GetBucketEncryptionCommandOutput> {
  return (input, ctx) => {
    const {encryption} = settings.of(bucketOf(blobs, input, ctx).name)
    const ofEveryBucket = {
      Rules: [
        {ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'AES256' as const}, BucketKeyEnabled: false},
      ],
    }
    return {ServerSideEncryptionConfiguration: encryption ?? ofEveryBucket}
  }
}

/** Versions are not kept: enabling them is refused (`NotImplemented`), suspending them changes nothing. Throws `NoSuchBucket`. */
export function putBucketVersioning(
  blobs: BlobStore,
): Operation<PutBucketVersioningCommandInput, PutBucketVersioningCommandOutput> {
  return (input, ctx) => {
    bucketOf(blobs, input, ctx)
    const {Status: status, MFADelete: mfaDelete} = input.VersioningConfiguration ?? {}
    if (status === 'Enabled' || mfaDelete === 'Enabled') throw notImplemented('Versioning of objects')
    return {}
  }
}

/** Versioning was never enabled: an empty answer. Throws `NoSuchBucket`. */
export function getBucketVersioning(
  blobs: BlobStore,
): Operation<GetBucketVersioningCommandInput, GetBucketVersioningCommandOutput> {
  return (input, ctx) => {
    bucketOf(blobs, input, ctx)
    return {}
  }
}
