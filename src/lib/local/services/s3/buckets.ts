import type {
  CreateBucketCommandInput,
  CreateBucketCommandOutput,
  DeleteBucketCommandInput,
  DeleteBucketCommandOutput,
  GetBucketLocationCommandInput,
  GetBucketLocationCommandOutput,
  HeadBucketCommandInput,
  HeadBucketCommandOutput,
  ListBucketsCommandInput,
  ListBucketsCommandOutput,
} from '@aws-sdk/client-s3'
import type {BlobStore} from '../../blob-store'
import {pageOf} from '../../page'
import type {CallContext, Operation} from '../../platform'
import {ServiceError} from '../../service-error'
import type {BucketSettings} from './bucket-settings'
import {invalidArgument, notFound, notImplemented} from './errors'
import {bucketOf, knownBucket, refuseUnsupported} from './input'

/**
 * Makes a bucket in the caller's region. Throws `InvalidBucketName`, `BucketAlreadyOwnedByYou` (409),
 * `IllegalLocationConstraintException` (another region than the caller's, or none outside us-east-1).
 */
export function createBucket(
  blobs: BlobStore,
): Operation<CreateBucketCommandInput, CreateBucketCommandOutput> {
  return (input, ctx) => {
    refuseUnsupported(input, ['GrantWrite', 'ObjectLockEnabledForBucket', 'BucketNamespace'])
    if ((input.ObjectOwnership ?? 'BucketOwnerEnforced') !== 'BucketOwnerEnforced') {
      throw notImplemented(`The object ownership ${String(input.ObjectOwnership)}`)
    }
    const {LocationConstraint, Tags, ...other} = input.CreateBucketConfiguration ?? {}
    if (Object.keys(other).length > 0) throw notImplemented('A directory bucket')
    const region = regionOf(LocationConstraint, ctx)
    const name = input.Bucket ?? ''
    // In us-east-1 alone a bucket of one's own may be made again (S3 API reference, CreateBucket).
    const isAgain = region === 'us-east-1' && blobs.bucket(name)?.region === region
    if (!isAgain) {
      const tags = Object.fromEntries((Tags ?? []).map(({Key, Value}) => [Key ?? '', Value ?? '']))
      blobs.createBucket({name, region, createdAt: ctx.now, ...(Tags ? {tags} : {})})
    }
    return {Location: `/${name}`}
  }
}

/** That a bucket is there, and in which region. Throws `NotFound` (404). */
export function headBucket(blobs: BlobStore): Operation<HeadBucketCommandInput, HeadBucketCommandOutput> {
  return (input, ctx) => {
    const bucket = knownBucket(blobs, input, ctx)
    if (!bucket) throw notFound()
    return {BucketRegion: bucket.region, AccessPointAlias: false}
  }
}

/** Removes an empty bucket. Throws `NoSuchBucket` (404) and `BucketNotEmpty` (409). */
export function deleteBucket(
  blobs: BlobStore,
  settings: BucketSettings,
): Operation<DeleteBucketCommandInput, DeleteBucketCommandOutput> {
  return (input, ctx) => {
    const {name} = bucketOf(blobs, input, ctx)
    blobs.deleteBucket(name)
    settings.forget(name)
    return {}
  }
}

/** Every bucket, whatever its region, by name. */
export function listBuckets(blobs: BlobStore): Operation<ListBucketsCommandInput, ListBucketsCommandOutput> {
  return (input, ctx) => {
    const found = blobs
      .buckets()
      .filter(({name}) => name.startsWith(input.Prefix ?? ''))
      .filter(({region}) => input.BucketRegion === undefined || region === input.BucketRegion)
    const badToken = (): ServiceError => invalidArgument('The continuation token provided is incorrect')
    const {items, nextToken} = pageOf(found, {
      limit: input.MaxBuckets ?? 10_000,
      token: input.ContinuationToken,
      badToken,
    })
    return {
      Buckets: items.map(({name, createdAt, region}) => ({
        Name: name,
        CreationDate: new Date(createdAt),
        BucketRegion: region,
      })),
      Owner: {ID: ctx.accountId},
      ...(input.Prefix === undefined ? {} : {Prefix: input.Prefix}),
      ...(nextToken === undefined ? {} : {ContinuationToken: nextToken}),
    }
  }
}

/** The region of a bucket; of us-east-1 none, as S3 has it. Throws `NoSuchBucket`. */
export function getBucketLocation(
  blobs: BlobStore,
): Operation<GetBucketLocationCommandInput, GetBucketLocationCommandOutput> {
  return (input, ctx) => {
    const {region} = bucketOf(blobs, input, ctx)
    return region === 'us-east-1'
      ? {}
      : {LocationConstraint: region as NonNullable<GetBucketLocationCommandOutput['LocationConstraint']>}
  }
}

function regionOf(constraint: string | undefined, ctx: CallContext): string {
  if (constraint === undefined && ctx.region === 'us-east-1') return ctx.region
  if (constraint === ctx.region && constraint !== 'us-east-1') return constraint
  if (constraint === 'us-east-1') {
    throw new ServiceError('InvalidLocationConstraint', 'The specified location-constraint is not valid')
  }
  // A client of us-east-1 reaches every region.
  if (constraint !== undefined && ctx.region === 'us-east-1')
    return constraint === 'EU' ? 'eu-west-1' : constraint
  throw new ServiceError(
    'IllegalLocationConstraintException',
    `The ${constraint ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  )
}
