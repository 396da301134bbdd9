import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import {discard, testEndpoint, type TestEndpoint} from '../../../../_helpers/endpoint'

const Bucket = 'lake'
const fiveMiB = Buffer.alloc(5 * 1024 * 1024, 'a')

let endpoint: TestEndpoint
let s3: S3Client

async function start(Key: string): Promise<string> {
  const {UploadId} = await s3.send(new CreateMultipartUploadCommand({Bucket, Key, ContentType: 'text/plain'}))
  return UploadId ?? ''
}

const upload = (Key: string, UploadId: string, PartNumber: number, Body: Buffer | string) =>
  s3.send(new UploadPartCommand({Bucket, Key, UploadId, PartNumber, Body}))

const complete = (Key: string, UploadId: string, Parts: {PartNumber: number; ETag: string | undefined}[]) =>
  s3.send(new CompleteMultipartUploadCommand({Bucket, Key, UploadId, MultipartUpload: {Parts}}))

beforeAll(async () => {
  endpoint = await testEndpoint()
  s3 = new S3Client(endpoint.client)
  await s3.send(new CreateBucketCommand({Bucket}))
})

afterAll(async () => {
  s3.destroy()
  await discard(endpoint)
})

describe('uploads in parts', () => {
  it('are refused where the whole is not what the client says it is', async () => {
    const id = await start('stated')
    const {ETag} = await upload('stated', id, 1, 'hello')
    const stated = (more: object) =>
      s3.send(
        new CompleteMultipartUploadCommand({
          ...{Bucket, Key: 'stated', UploadId: id},
          MultipartUpload: {Parts: [{PartNumber: 1, ETag}]},
          ...more,
        }),
      )

    await expect(stated({ChecksumCRC32: 'AAAAAA=='})).rejects.toMatchObject({name: 'BadDigest'})
    await expect(stated({MpuObjectSize: 6})).rejects.toMatchObject({name: 'InvalidRequest'})
    await expect(stated({ChecksumCRC32: 'NhCmhg==-1'})).rejects.toMatchObject({name: 'NotImplemented'})
    expect(await stated({ChecksumCRC32: 'NhCmhg==', MpuObjectSize: 5})).toMatchObject({
      ChecksumCRC32: 'NhCmhg==',
    })
  })

  it('become one object with the ETag of its parts, and its headers', async () => {
    const id = await start('whole')
    const two = await upload('whole', id, 2, 'the end')
    const one = await upload('whole', id, 1, fiveMiB)

    const done = await complete('whole', id, [
      {PartNumber: 1, ETag: one.ETag},
      {PartNumber: 2, ETag: two.ETag},
    ])

    const {Body, ...head} = await s3.send(new GetObjectCommand({Bucket, Key: 'whole'}))
    const text = (await Body?.transformToString()) ?? ''
    expect(done.ETag).toMatch(/^"[0-9a-f]{32}-2"$/)
    expect(head).toMatchObject({ContentLength: 5_242_887, ContentType: 'text/plain', ETag: done.ETag})
    expect(text.slice(-9)).toBe('aathe end')
  })

  it('are listed while they are under way, and their bucket is seen by nobody', async () => {
    const id = await start('listed')
    await upload('listed', id, 3, 'abc')

    const {Uploads} = await s3.send(new ListMultipartUploadsCommand({Bucket, Prefix: 'listed'}))
    const {Parts} = await s3.send(new ListPartsCommand({Bucket, Key: 'listed', UploadId: id}))

    expect(Uploads).toMatchObject([{Key: 'listed', UploadId: id}])
    expect(Parts).toMatchObject([{PartNumber: 3, Size: 3, ETag: '"900150983cd24fb0d6963f7d28e17f72"'}])
    expect((await s3.send(new ListBucketsCommand({}))).Buckets?.map(({Name}) => Name)).toEqual([Bucket])
  })

  it('are refused with a part that is not there, out of order, or too small', async () => {
    const id = await start('refused')
    const one = await upload('refused', id, 1, 'small')
    const two = await upload('refused', id, 2, 'small too')
    const first = {PartNumber: 1, ETag: one.ETag}
    const second = {PartNumber: 2, ETag: two.ETag}

    await expect(complete('refused', id, [{...first, ETag: '"no"'}])).rejects.toMatchObject({
      name: 'InvalidPart',
    })
    await expect(complete('refused', id, [second, first])).rejects.toMatchObject({name: 'InvalidPartOrder'})
    await expect(complete('refused', id, [first, second])).rejects.toMatchObject({name: 'EntityTooSmall'})
    await expect(s3.send(new HeadObjectCommand({Bucket, Key: 'refused'}))).rejects.toMatchObject({
      name: 'NotFound',
    })
  })

  it('are gone when they are aborted', async () => {
    const id = await start('aborted')
    await upload('aborted', id, 1, 'x')

    await s3.send(new AbortMultipartUploadCommand({Bucket, Key: 'aborted', UploadId: id}))

    await expect(upload('aborted', id, 2, 'y')).rejects.toMatchObject({
      name: 'NoSuchUpload',
      $metadata: {httpStatusCode: 404},
    })
  })
})
