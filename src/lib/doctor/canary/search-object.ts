import {pipeline, Readable} from 'node:stream'
import {createGunzip} from 'node:zlib'
import type {AwsClients} from '../../aws/clients'
import {toOpError} from '../../aws/map-sdk-error'

/** Whether an object holds a text, unzipped where it is gzip; read as a stream, to the first place. Throws what S3 says. */
export async function objectHolds(
  clients: AwsClients,
  bucket: string,
  key: string,
  needle: string,
): Promise<boolean> {
  const {GetObjectCommand} = await import('@aws-sdk/client-s3')
  const client = await clients.s3()
  try {
    const {Body: body} = await client.send(new GetObjectCommand({Bucket: bucket, Key: key}))
    if (!(body instanceof Readable)) return false
    return await holds(await unzipped(body), needle)
  } catch (error) {
    throw toOpError(error, `read s3://${bucket}/${key}`)
  }
}

async function holds(chunks: AsyncIterable<Buffer>, needle: string): Promise<boolean> {
  let tail = ''
  for await (const chunk of chunks) {
    const text = tail + chunk.toString('latin1')
    if (text.includes(needle)) return true
    // The text may stand across two chunks.
    tail = text.slice(-needle.length)
  }
  return false
}

async function unzipped(body: Readable): Promise<AsyncIterable<Buffer>> {
  const chunks = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const first = await chunks.next()
  const head: Buffer = first.done === true ? Buffer.alloc(0) : first.value
  const whole = Readable.from(rejoined(head, chunks))
  const isGzip = head[0] === 0x1f && head[1] === 0x8b
  // A failure of either end comes out of the other as an error of its loop.
  return isGzip ? pipeline(whole, createGunzip(), () => undefined) : whole
}

async function* rejoined(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield head
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value
}
