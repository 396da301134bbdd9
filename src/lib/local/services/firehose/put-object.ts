import type {Readable} from 'node:stream'
import type {Blob} from '../../blob-store'
import type {Platform} from '../../platform'
import type {Destination} from './rows'

interface Target {
  bucketArn: string
  bucket: string
  roleArn: string
}

function targetOf({BucketARN: bucketArn = '', RoleARN: roleArn = ''}: Destination): Target {
  return {bucketArn, bucket: bucketArn.split(':::')[1] ?? '', roleArn}
}

/** Throws where the stream's role may not write that object, or its bucket is not there: the delivery waits then. */
export function requireWritable(platform: Platform, destination: Destination, key: string): void {
  const {bucketArn, bucket, roleArn} = targetOf(destination)
  const refusal = platform.roles.refusal({
    roleArn,
    service: 'firehose.amazonaws.com',
    action: 's3:PutObject',
    resource: `${bucketArn}/${key}`,
    context: {'sts:ExternalId': platform.accountId},
  })
  if (refusal) throw new TypeError(refusal.message)
  if (!platform.blobs.bucket(bucket)) throw new TypeError(`the bucket ${bucket} does not exist`)
}

/** Writes an object of the stream's bucket with its role. Throws what `requireWritable` throws. */
export async function putObject(
  platform: Platform,
  destination: Destination,
  {key, body, contentEncoding}: {key: string; body: Readable; contentEncoding?: string | undefined},
): Promise<Blob> {
  requireWritable(platform, destination, key)
  return platform.blobs.put(targetOf(destination).bucket, key, body, {
    contentType: 'application/octet-stream',
    contentEncoding,
    at: platform.clock.now(),
  })
}
