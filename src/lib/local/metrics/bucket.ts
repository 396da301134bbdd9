/** What one minute of a metric amounts to. */
export interface Bucket {
  sum: number
  count: number
  min: number
  max: number
}

export function emptyBucket(): Bucket {
  return {sum: 0, count: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY}
}

/** Adds what `more` holds to `bucket`. */
export function addToBucket(bucket: Bucket, more: Readonly<Bucket>): void {
  bucket.sum += more.sum
  bucket.count += more.count
  if (more.min < bucket.min) bucket.min = more.min
  if (more.max > bucket.max) bucket.max = more.max
}
