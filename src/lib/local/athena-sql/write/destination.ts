import type {BlobStore} from '../../blob-store'
import {withSlash} from '../partition-path'
import {SqlFailure} from '../sql-failure'

/** Bucket and key of `s3://bucket/key`. Throws SqlFailure on anything else. */
export function placeOf(uri: string): {bucket: string; key: string} {
  const match = /^s3[an]?:\/\/([^/]+)\/(.*)$/.exec(uri)
  if (!match) throw new SqlFailure(`HIVE_INVALID_METADATA: ${uri} is not a place in S3.`)
  return {bucket: match[1] ?? '', key: match[2] ?? ''}
}

/** Throws SqlFailure where a bucket is missing, or where there are objects under a place already: `owner` is what would be put there. */
export function requireEmpty(location: string, owner: string, blobs: BlobStore): void {
  const {bucket, key} = placeOf(withSlash(location))
  if (!blobs.bucket(bucket)) {
    throw new SqlFailure(
      `HIVE_FILESYSTEM_ERROR: The specified bucket does not exist (Service: Amazon S3; Status Code: 404; Error Code: NoSuchBucket; Bucket: ${bucket})`,
    )
  }
  const [first] = blobs.list(bucket, key)
  if (!first) return
  throw new SqlFailure(
    `HIVE_PATH_ALREADY_EXISTS: Target directory for ${owner} already exists: ${location}. You may need to manually clean the data at this location before retrying.`,
  )
}
