import {ServiceError} from './service-error'
import type {Collection, Store} from './store'

export interface Bucket {
  name: string
  region: string
  createdAt: number
  tags?: Record<string, string>
}

/** The buckets of the endpoint, as rows in the store. */
export class Buckets {
  private readonly rows: Collection<Bucket>

  constructor(private readonly store: Store) {
    this.rows = store.collection('s3/buckets')
  }

  /** Throws `InvalidBucketName` and `BucketAlreadyOwnedByYou`. */
  create(bucket: Bucket): void {
    if (!isBucketName(bucket.name)) throw invalidBucketName(bucket.name)
    this.store.write(() => {
      if (this.rows.get(bucket.name)) {
        throw new ServiceError(
          'BucketAlreadyOwnedByYou',
          'Your previous request to create the named bucket succeeded and you already own it.',
          409,
          {BucketName: bucket.name},
        )
      }
      this.rows.put(bucket.name, bucket)
    })
  }

  /** Replaces what is kept of a bucket. Throws `NoSuchBucket`. */
  update(bucket: Bucket): void {
    this.store.write(() => {
      this.require(bucket.name)
      this.rows.put(bucket.name, bucket)
    })
  }

  find(name: string): Bucket | undefined {
    return this.rows.get(name)
  }

  /** Throws `NoSuchBucket` (404). */
  require(name: string): Bucket {
    const bucket = this.rows.get(name)
    if (bucket) return bucket
    throw new ServiceError('NoSuchBucket', 'The specified bucket does not exist', 404, {BucketName: name})
  }

  /** Every bucket, by name; without those that services keep for themselves. */
  list(): Bucket[] {
    return [...this.rows.list()].map((row) => row.value).filter(({name}) => !name.startsWith('.'))
  }

  /** Makes sure of a bucket that a service keeps for itself. */
  ensureOwn(name: `.${string}`): void {
    if (!/^\.[a-z]{3,30}$/.test(name) || name === '.incoming') throw invalidBucketName(name)
    if (this.rows.get(name)) return
    this.store.write(() => this.rows.put(name, {name, region: '', createdAt: 0}))
  }

  /** Removes a bucket, if `isEmpty` says so in the same transaction. Throws `NoSuchBucket` and `BucketNotEmpty`. */
  remove(name: string, isEmpty: () => boolean): void {
    this.store.write(() => {
      this.require(name)
      if (!isEmpty()) {
        throw new ServiceError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409, {
          BucketName: name,
        })
      }
      this.rows.delete(name)
    })
  }
}

function invalidBucketName(name: string): ServiceError {
  return new ServiceError('InvalidBucketName', 'The specified bucket is not valid.', 400, {BucketName: name})
}

/** 3 to 63 of `a-z 0-9 . -`, beginning and ending with a letter or digit, and no IP address (S3 user guide, "Bucket naming rules"). */
function isBucketName(name: string): boolean {
  return (
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes('..') &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name)
  )
}
