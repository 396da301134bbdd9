import type {AwsClients} from '../../aws/clients'
import {toOpError} from '../../aws/map-sdk-error'

/** A Parquet file begins and ends with these four bytes (Apache Parquet, "File Format"). */
const magic = 'PAR1'

/** Whether an object is a Parquet file, by its first and its last bytes. Throws what S3 says. */
export async function isParquet(clients: AwsClients, bucket: string, key: string): Promise<boolean> {
  const {GetObjectCommand} = await import('@aws-sdk/client-s3')
  const client = await clients.s3()
  const read = async (range: string): Promise<string> => {
    const {Body: body} = await client.send(
      new GetObjectCommand({Bucket: bucket, Key: key, Range: `bytes=${range}`}),
    )
    return Buffer.from((await body?.transformToByteArray()) ?? []).toString('latin1')
  }
  try {
    const ends = await Promise.all([read(`0-${magic.length - 1}`), read(`-${magic.length}`)])
    return ends.every((end) => end === magic)
  } catch (error) {
    throw toOpError(error, `read s3://${bucket}/${key}`)
  }
}
