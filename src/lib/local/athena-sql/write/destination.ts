import {SqlFailure} from '../sql-failure'

/** Bucket and key of `s3://bucket/key`. Throws SqlFailure on anything else. */
export function placeOf(uri: string): {bucket: string; key: string} {
  const match = /^s3[an]?:\/\/([^/]+)\/(.*)$/.exec(uri)
  if (!match) throw new SqlFailure(`HIVE_INVALID_METADATA: ${uri} is not a place in S3.`)
  return {bucket: match[1] ?? '', key: match[2] ?? ''}
}
