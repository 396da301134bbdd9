import type {
  DeleteBucketPolicyCommandInput,
  DeleteBucketPolicyCommandOutput,
  DeletePublicAccessBlockCommandInput,
  DeletePublicAccessBlockCommandOutput,
  GetBucketPolicyCommandInput,
  GetBucketPolicyCommandOutput,
  GetPublicAccessBlockCommandInput,
  GetPublicAccessBlockCommandOutput,
  PutBucketPolicyCommandInput,
  PutBucketPolicyCommandOutput,
  PutPublicAccessBlockCommandInput,
  PutPublicAccessBlockCommandOutput,
} from '@aws-sdk/client-s3'
import type {BlobStore} from '../../blob-store'
import type {Operation} from '../../platform'
import {parsePolicy, PolicyFault} from '../../policy/document'
import {ServiceError} from '../../service-error'
import type {BucketSettings} from './bucket-settings'
import {bucketOf} from './input'

/**
 * Keeps a bucket's policy. It is checked for form and not evaluated: the usual ones deny what does not come over TLS, which
 * would shut everybody out of a local endpoint. Throws `NoSuchBucket` and `MalformedPolicy`.
 */
export function putBucketPolicy(
  blobs: BlobStore,
  settings: BucketSettings,
): Operation<PutBucketPolicyCommandInput, PutBucketPolicyCommandOutput> {
  return (input, ctx) => {
    const bucket = bucketOf(blobs, input, ctx)
    const policy = input.Policy ?? ''
    const parsed = parsePolicy(policy)
    if (parsed instanceof PolicyFault) throw new ServiceError('MalformedPolicy', parsed.message)
    const faulty = parsed.statements.find((s) => s.principal === undefined && !s.hasNotPrincipal)
    if (faulty) throw new ServiceError('MalformedPolicy', 'Missing required field Principal')
    settings.change(bucket.name, {policy})
    return {}
  }
}

/** The policy's text. Throws `NoSuchBucket` and `NoSuchBucketPolicy` (404). */
export function getBucketPolicy(
  blobs: BlobStore,
  settings: BucketSettings,
): Operation<GetBucketPolicyCommandInput, GetBucketPolicyCommandOutput> {
  return (input, ctx) => {
    const {policy} = settings.of(bucketOf(blobs, input, ctx).name)
    if (policy === undefined) {
      throw new ServiceError('NoSuchBucketPolicy', 'The bucket policy does not exist', 404)
    }
    return {Policy: policy}
  }
}

/** Takes the policy away; no error where there is none. Throws `NoSuchBucket`. */
export function deleteBucketPolicy(
  blobs: BlobStore,
  settings: BucketSettings,
): Operation<DeleteBucketPolicyCommandInput, DeleteBucketPolicyCommandOutput> {
  return (input, ctx) => {
    settings.change(bucketOf(blobs, input, ctx).name, {policy: undefined})
    return {}
  }
}

/** Keeps the block of public access; nothing here is public anyway. Throws `NoSuchBucket`. */
export function putPublicAccessBlock(
  blobs: BlobStore,
  settings: BucketSettings,
): Operation<PutPublicAccessBlockCommandInput, PutPublicAccessBlockCommandOutput> {
  return (input, ctx) => {
    const {name} = bucketOf(blobs, input, ctx)
    const given = input.PublicAccessBlockConfiguration
    settings.change(name, {
      publicAccessBlock: {
        BlockPublicAcls: given?.BlockPublicAcls ?? false,
        IgnorePublicAcls: given?.IgnorePublicAcls ?? false,
        BlockPublicPolicy: given?.BlockPublicPolicy ?? false,
        RestrictPublicBuckets: given?.RestrictPublicBuckets ?? false,
      },
    })
    return {}
  }
}

/** The block of public access; a new bucket has all of it. Throws `NoSuchBucket` and `NoSuchPublicAccessBlockConfiguration` (404). */
export function getPublicAccessBlock(
  blobs: BlobStore,
  settings: BucketSettings,
): Operation<GetPublicAccessBlockCommandInput, GetPublicAccessBlockCommandOutput> {
  return (input, ctx) => {
    const {publicAccessBlock} = settings.of(bucketOf(blobs, input, ctx).name)
    if (publicAccessBlock === null) {
      throw new ServiceError(
        'NoSuchPublicAccessBlockConfiguration',
        'The public access block configuration was not found',
        404,
      )
    }
    const ofNewBuckets = {
      ...{BlockPublicAcls: true, IgnorePublicAcls: true},
      ...{BlockPublicPolicy: true, RestrictPublicBuckets: true},
    }
    return {PublicAccessBlockConfiguration: publicAccessBlock ?? ofNewBuckets}
  }
}

/** Takes the block of public access away. Throws `NoSuchBucket`. */
export function deletePublicAccessBlock(
  blobs: BlobStore,
  settings: BucketSettings,
): Operation<DeletePublicAccessBlockCommandInput, DeletePublicAccessBlockCommandOutput> {
  return (input, ctx) => {
    settings.change(bucketOf(blobs, input, ctx).name, {publicAccessBlock: null})
    return {}
  }
}
