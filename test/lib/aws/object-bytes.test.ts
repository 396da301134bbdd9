import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {S3Client} from '@aws-sdk/client-s3'
import {openBytes} from '../../../src/lib/aws/object-bytes'

const content = Buffer.from('0123456789'.repeat(20_000))

let server: Server
let s3: S3Client
let asked: {range: string | undefined; match: string | undefined}[]
/** How many bytes each connection brings before it breaks. */
let breaksAfter: (number | undefined)[]

beforeEach(async () => {
  asked = []
  server = createServer(({headers}, response) => {
    asked.push({range: headers.range, match: headers['if-match'] as string | undefined})
    const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0)
    const body = content.subarray(from)
    const limit = breaksAfter.shift()
    response.writeHead(headers.range === undefined ? 200 : 206, {
      'content-length': body.length,
      etag: '"tag"',
      'content-range': `bytes ${from}-${content.length - 1}/${content.length}`,
    })
    if (limit === undefined) response.end(body)
    else response.write(body.subarray(0, limit), () => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  s3 = new S3Client({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: {accessKeyId: 'test', secretAccessKey: 'test'},
    forcePathStyle: true,
    maxAttempts: 1,
  })
})
afterEach(async () => {
  s3.destroy()
  await new Promise((resolve) => server.close(resolve))
})

async function readAll(): Promise<Buffer> {
  const signal = new AbortController().signal
  const chunks: Buffer[] = []
  for await (const chunk of await openBytes(s3, {bucket: 'b', key: 'k.csv', signal})) chunks.push(chunk)
  return Buffer.concat(chunks)
}

describe('the bytes of an object', () => {
  it('go on where the connection broke, of the same object', async () => {
    breaksAfter = [50_000, 70_000, undefined]

    expect((await readAll()).equals(content)).toBe(true)
    expect(asked).toEqual([
      {range: undefined, match: undefined},
      {range: 'bytes=50000-', match: '"tag"'},
      {range: 'bytes=120000-', match: '"tag"'},
    ])
  })

  it('are given up where nothing comes any more', async () => {
    breaksAfter = [50_000, 0, 0, 0, 0, 0]

    await expect(readAll()).rejects.toThrow()
    expect(asked).toHaveLength(4)
  })
})
