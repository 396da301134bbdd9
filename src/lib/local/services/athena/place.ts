/** Bucket and key of `s3://bucket/key`. */
export function placeOf(location: string): {bucket: string; key: string} {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(location) ?? []
  return {bucket, key}
}
