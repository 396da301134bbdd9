import {constants, gunzipSync} from 'node:zlib'
import type {AwsClients} from '../../aws/clients'
import {toOpError} from '../../aws/map-sdk-error'

/** How much of an object is read: enough for its first events. */
const readBytes = 262_144

/** The beginning of an object as text, unzipped where it is gzip. The last event may be cut short. Throws what S3 says. */
export async function readBeginning(clients: AwsClients, bucket: string, key: string): Promise<string> {
  const {GetObjectCommand} = await import('@aws-sdk/client-s3')
  const client = await clients.s3()
  try {
    const range = `bytes=0-${readBytes - 1}`
    const {Body: body} = await client.send(new GetObjectCommand({Bucket: bucket, Key: key, Range: range}))
    const bytes = Buffer.from((await body?.transformToByteArray()) ?? [])
    return unzipped(bytes).toString('utf8')
  } catch (error) {
    throw toOpError(error, `read s3://${bucket}/${key}`)
  }
}

function unzipped(bytes: Buffer): Buffer {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  // A sync flush gives what there is of a stream that was cut.
  return isGzip ? gunzipSync(bytes, {finishFlush: constants.Z_SYNC_FLUSH}) : bytes
}
