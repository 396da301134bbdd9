import {
  CreateBucketCommand,
  DeleteObjectsCommand,
  GetBucketAclCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import {Readable} from 'node:stream'
import {discard, testEndpoint, type TestEndpoint} from '../../../_helpers/endpoint'
import {call, signedFor} from './_call'

const Bucket = 'wire'
const authorization = signedFor('s3')

let endpoint: TestEndpoint
let s3: S3Client

beforeAll(async () => {
  endpoint = await testEndpoint()
  s3 = new S3Client(endpoint.client)
  await s3.send(
    new CreateBucketCommand({Bucket, CreateBucketConfiguration: {LocationConstraint: 'eu-west-1'}}),
  )
})

afterAll(async () => {
  s3.destroy()
  await discard(endpoint)
})

const read = async (Key: string) =>
  (await s3.send(new GetObjectCommand({Bucket, Key}))).Body?.transformToString()

describe('REST-XML', () => {
  const keys = [
    ...['with space', 'plus+plus', '100%', '50%25', 'ü/日本/🙂', 'a&b<c>"d"', "it's", '(x)!*', 'q?a=b#c'],
    ...['slash//slash', 'dot/./dot', 'end/', '=;,:@$'],
  ]

  it.each(keys)('keeps the key %j to the letter, in lists and deletes too', async (Key) => {
    await s3.send(new PutObjectCommand({Bucket, Key, Body: Key}))

    expect(await read(Key)).toBe(Key)
    const {Contents} = await s3.send(new ListObjectsV2Command({Bucket, Prefix: Key}))
    expect(Contents?.map((one) => one.Key)).toEqual([Key])
    await s3.send(new DeleteObjectsCommand({Bucket, Delete: {Objects: [{Key}]}}))
    await expect(read(Key)).rejects.toMatchObject({name: 'NoSuchKey'})
  })

  it('decodes a body that is streamed in chunks, of whatever size', async () => {
    const pieces = ['a'.repeat(70_000), '\r\n0\r\n', 'ü'.repeat(9), Buffer.from([0, 13, 10, 255])]
    const Body = Readable.from(pieces.map((piece) => Buffer.from(piece as string)))
    await s3.send(
      new PutObjectCommand({
        Bucket,
        Key: 'streamed',
        Body,
        ContentLength: Buffer.concat(pieces.map((p) => Buffer.from(p as string))).length,
      }),
    )

    const found = await s3.send(new GetObjectCommand({Bucket, Key: 'streamed'}))
    const bytes = Buffer.from((await found.Body?.transformToByteArray()) ?? [])
    expect(bytes.equals(Buffer.concat(pieces.map((piece) => Buffer.from(piece as string))))).toBe(true)
    expect(found.ContentEncoding).toBeUndefined()
  })

  it.each([
    ['ends early', '5\r\nhel', 'IncompleteBody'],
    ['has a chunk without a size', 'xyz\r\nhello\r\n0\r\n\r\n', 'InvalidChunkSizeError'],
  ])('refuses a chunked body that %s, and keeps nothing of it', async (_what, body, code) => {
    const answer = await call(endpoint.url, {
      ...{method: 'PUT', path: `/${Bucket}/broken`, body},
      headers: {authorization, 'content-encoding': 'aws-chunked'},
    })

    expect(answer.status).toBe(400)
    expect(answer.body).toContain(`<Code>${code}</Code>`)
    await expect(read('broken')).rejects.toMatchObject({name: 'NoSuchKey'})
  })

  it('takes the bucket from the host name', async () => {
    const headers = {authorization, host: `${Bucket}.localhost:4567`}
    const put = await call(endpoint.url, {method: 'PUT', path: '/by/host', headers, body: 'here'})
    const got = await call(endpoint.url, {method: 'GET', path: '/by/host', headers})
    const list = await call(endpoint.url, {method: 'GET', path: '/?list-type=2&prefix=by', headers})

    expect([put.status, got.body]).toEqual([200, 'here'])
    expect(list.body).toContain('<Key>by/host</Key>')
    expect(await read('by/host')).toBe('here')
  })

  it('answers HEAD without a body, with the length of the object, also for what is missing', async () => {
    await s3.send(new PutObjectCommand({Bucket, Key: 'head', Body: 'twelve bytes'}))

    expect(await s3.send(new HeadObjectCommand({Bucket, Key: 'head'}))).toMatchObject({ContentLength: 12})
    await expect(s3.send(new HeadObjectCommand({Bucket, Key: 'none'}))).rejects.toMatchObject({
      name: 'NotFound',
    })
    const missing = await call(endpoint.url, {
      method: 'HEAD',
      path: `/${Bucket}/none`,
      headers: {authorization},
    })
    expect([missing.status, missing.body]).toEqual([404, ''])
  })

  it('writes errors as XML, with what they are about', async () => {
    const {status, headers, body} = await call(endpoint.url, {
      ...{method: 'GET', path: `/${Bucket}/a%20%26%20b`, headers: {authorization}},
    })

    expect(status).toBe(404)
    expect(headers['content-type']).toBe('application/xml')
    expect(body).toContain('<Error><Code>NoSuchKey</Code>')
    expect(body).toContain(`<Resource>/${Bucket}/a%20%26%20b</Resource>`)
  })

  it('refuses XML that is none', async () => {
    const {status, body} = await call(endpoint.url, {
      ...{path: `/${Bucket}?delete`, headers: {authorization}, body: '<Delete><Object>'},
    })

    expect(status).toBe(400)
    expect(body).toContain('<Code>MalformedXML</Code>')
  })

  it('refuses what is not here by name, and does not take it for another operation', async () => {
    for (const command of [new GetBucketAclCommand({Bucket}), new ListObjectVersionsCommand({Bucket})]) {
      await expect(s3.send(command as GetBucketAclCommand)).rejects.toMatchObject({
        name: 'NotImplemented',
        $metadata: {httpStatusCode: 501},
      })
    }
    const nowhere = await call(endpoint.url, {
      method: 'PATCH',
      path: `/${Bucket}/x`,
      headers: {authorization},
    })
    expect(nowhere.status).toBe(405)
    expect(nowhere.body).toContain('<Code>MethodNotAllowed</Code>')
  })

  it('does not take a part of an object for the object where a header is missing', async () => {
    const answer = await fetch(`${endpoint.url}/lake/there?attributes`)

    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(await answer.text()).toContain('<Error><Code>NotImplemented</Code>')
  })

  it('reads a key from a URL that was signed beforehand', async () => {
    await s3.send(new PutObjectCommand({Bucket, Key: 'pre signed', Body: 'yes'}))
    const scope = encodeURIComponent('test/20261122/eu-west-1/s3/aws4_request')
    const path = `/${Bucket}/pre%20signed?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${scope}&X-Amz-Signature=00&x-id=GetObject`

    expect((await call(endpoint.url, {method: 'GET', path})).body).toBe('yes')
  })
})
