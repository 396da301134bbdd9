/** Bucket and key (or prefix) of `s3://bucket/key`. */
export function placeOf(location: string): {bucket: string; key: string} {
  const [, bucket = '', key = ''] = /^s3[an]?:\/\/([^/]+)\/?(.*)$/.exec(location) ?? []
  return {bucket, key}
}
