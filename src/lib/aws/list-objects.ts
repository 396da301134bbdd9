import type {S3Client, _Object as ListedObject} from '@aws-sdk/client-s3'
import {items} from './paginate'

/** Which objects of a bucket. */
export interface ObjectRange {
  bucket: string
  /** What their keys begin with. */
  prefix: string
  /** Keys up to this one, and itself, are left out. */
  after?: string | undefined
}

/** The objects of a bucket whose keys begin with a prefix, in the order of their keys, page by page. Throws what S3 refuses, as the SDK says it. */
export async function* listObjects(
  s3: S3Client,
  {bucket, prefix, after}: ObjectRange,
): AsyncGenerator<ListedObject, void, void> {
  const {ListObjectsV2Command} = await import('@aws-sdk/client-s3')
  const range = {Bucket: bucket, Prefix: prefix, StartAfter: after}
  yield* items(
    (ContinuationToken) => s3.send(new ListObjectsV2Command({...range, ContinuationToken})),
    (page) => page.NextContinuationToken,
    (page) => page.Contents,
  )
}
