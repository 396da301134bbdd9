import {crc32} from 'node:zlib'
import {CreateBucketCommand, GetObjectCommand, S3Client} from '@aws-sdk/client-s3'
import {discard, testEndpoint, type TestEndpoint} from '../../../_helpers/endpoint'

describe('a body in aws-chunked form', () => {
  let endpoint: TestEndpoint
  let s3: S3Client

  beforeAll(async () => {
    endpoint = await testEndpoint()
    s3 = new S3Client(endpoint.client)
    await s3.send(new CreateBucketCommand({Bucket: 'lake'}))
  })

  afterAll(() => discard(endpoint))

  const put = async (
    key: string,
    chunks: string[],
    {declared, trailer}: {declared: number; trailer?: string},
  ) => {
    const body = chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('')
    const answer = await fetch(`${endpoint.url}/lake/${key}`, {
      method: 'PUT',
      headers: {
        'content-encoding': 'aws-chunked',
        'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
        'x-amz-decoded-content-length': String(declared),
        ...(trailer ? {'x-amz-trailer': 'x-amz-checksum-crc32'} : {}),
      },
      body: `${body}0\r\n${trailer ? `x-amz-checksum-crc32:${trailer}\r\n` : ''}\r\n`,
    })
    return {status: answer.status, text: await answer.text()}
  }

  const base64Crc = (text: string) => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(crc32(text))
    return bytes.toString('base64')
  }

  it('is stored without its framing', async () => {
    const {status} = await put('right', ['hello ', 'world'], {
      declared: 11,
      trailer: base64Crc('hello world'),
    })
    const {Body} = await s3.send(new GetObjectCommand({Bucket: 'lake', Key: 'right'}))

    expect(status).toBe(200)
    expect(await Body?.transformToString()).toBe('hello world')
  })

  it.each([
    ['another length than it declares', {declared: 7}, 'IncompleteBody'],
    ['another checksum than its trailer says', {declared: 5, trailer: base64Crc('other')}, 'BadDigest'],
  ])('is refused with %s, and nothing is stored', async (_what, options, code) => {
    const {status, text} = await put('wrong', ['hello'], options)

    expect(status).toBe(400)
    expect(text).toContain(`<Code>${code}</Code>`)
    await expect(s3.send(new GetObjectCommand({Bucket: 'lake', Key: 'wrong'}))).rejects.toMatchObject({
      name: 'NoSuchKey',
    })
  })
})
