import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeletePublicAccessBlockCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3'
import {Readable} from 'node:stream'
import {discard, testEndpoint, type TestEndpoint} from '../../../../_helpers/endpoint'

let endpoint: TestEndpoint
let s3: S3Client
let nextBucket = 0

async function makeBucket(): Promise<string> {
  nextBucket += 1
  const Bucket = `lake-${nextBucket}`
  await s3.send(new CreateBucketCommand({Bucket}))
  return Bucket
}

async function put(
  Bucket: string,
  Key: string,
  Body: PutObjectCommandInput['Body'] = 'x',
  parts: object = {},
) {
  return s3.send(new PutObjectCommand({Bucket, Key, Body, ...parts}))
}

async function get(Bucket: string, Key: string, parts: object = {}) {
  const {Body, ...rest} = await s3.send(new GetObjectCommand({Bucket, Key, ...parts}))
  return {...rest, text: await Body?.transformToString()}
}

beforeAll(async () => {
  endpoint = await testEndpoint()
  s3 = new S3Client(endpoint.client)
})

afterAll(async () => {
  s3.destroy()
  await discard(endpoint)
})

describe('buckets', () => {
  it('are made, found, located and listed', async () => {
    const Bucket = await makeBucket()

    expect((await s3.send(new HeadBucketCommand({Bucket}))).BucketRegion).toBe('eu-west-1')
    expect((await s3.send(new GetBucketLocationCommand({Bucket}))).LocationConstraint).toBe('eu-west-1')
    const listed = (await s3.send(new ListBucketsCommand({}))).Buckets?.find(
      (bucket) => bucket.Name === Bucket,
    )
    expect(listed?.CreationDate).toBeInstanceOf(Date)
  })

  it('are there once', async () => {
    const Bucket = await makeBucket()

    await expect(s3.send(new CreateBucketCommand({Bucket}))).rejects.toMatchObject({
      name: 'BucketAlreadyOwnedByYou',
      $metadata: {httpStatusCode: 409},
    })
  })

  it('may be made again in us-east-1', async () => {
    const east = new S3Client({...endpoint.client, region: 'us-east-1'})
    await east.send(new CreateBucketCommand({Bucket: 'east-lake'}))

    await expect(east.send(new CreateBucketCommand({Bucket: 'east-lake'}))).resolves.toMatchObject({
      Location: '/east-lake',
    })
  })

  it('are missing with 404, on HEAD without a body', async () => {
    await expect(s3.send(new HeadBucketCommand({Bucket: 'nowhere'}))).rejects.toMatchObject({
      name: 'NotFound',
      $metadata: {httpStatusCode: 404},
    })
    await expect(s3.send(new ListObjectsV2Command({Bucket: 'nowhere'}))).rejects.toMatchObject({
      name: 'NoSuchBucket',
      message: 'The specified bucket does not exist',
      $metadata: {httpStatusCode: 404},
    })
  })

  it("of the service itself are nobody's", async () => {
    await expect(s3.send(new ListObjectsV2Command({Bucket: '.uploads'}))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    })
  })

  it('are deleted only when they are empty', async () => {
    const Bucket = await makeBucket()
    await put(Bucket, 'a')

    await expect(s3.send(new DeleteBucketCommand({Bucket}))).rejects.toMatchObject({
      name: 'BucketNotEmpty',
      $metadata: {httpStatusCode: 409},
    })
    await s3.send(new DeleteObjectCommand({Bucket, Key: 'a'}))
    await s3.send(new DeleteBucketCommand({Bucket}))

    await expect(s3.send(new HeadBucketCommand({Bucket}))).rejects.toMatchObject({name: 'NotFound'})
  })

  it('carry tags', async () => {
    const Bucket = await makeBucket()
    await expect(s3.send(new GetBucketTaggingCommand({Bucket}))).rejects.toMatchObject({name: 'NoSuchTagSet'})

    await s3.send(
      new PutBucketTaggingCommand({
        Bucket,
        Tagging: {
          TagSet: [
            {Key: 'a', Value: '1'},
            {Key: 'b', Value: ''},
          ],
        },
      }),
    )

    expect((await s3.send(new GetBucketTaggingCommand({Bucket}))).TagSet).toEqual([
      {Key: 'a', Value: '1'},
      {Key: 'b', Value: ''},
    ])
  })

  it('carry a policy', async () => {
    const Bucket = await makeBucket()
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:*',
          Resource: '*',
          Condition: {Bool: {'aws:SecureTransport': 'false'}},
        },
      ],
    })
    await expect(s3.send(new GetBucketPolicyCommand({Bucket}))).rejects.toMatchObject({
      name: 'NoSuchBucketPolicy',
    })
    await expect(s3.send(new PutBucketPolicyCommand({Bucket, Policy: '{'}))).rejects.toMatchObject({
      name: 'MalformedPolicy',
    })

    await s3.send(new PutBucketPolicyCommand({Bucket, Policy}))
    expect((await s3.send(new GetBucketPolicyCommand({Bucket}))).Policy).toBe(Policy)
    await s3.send(new DeleteBucketPolicyCommand({Bucket}))

    await expect(s3.send(new GetBucketPolicyCommand({Bucket}))).rejects.toMatchObject({
      name: 'NoSuchBucketPolicy',
    })
  })

  it('block public access from the beginning', async () => {
    const Bucket = await makeBucket()
    const read = async () =>
      (await s3.send(new GetPublicAccessBlockCommand({Bucket}))).PublicAccessBlockConfiguration

    expect(await read()).toEqual({
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    })
    await s3.send(
      new PutPublicAccessBlockCommand({Bucket, PublicAccessBlockConfiguration: {BlockPublicAcls: true}}),
    )
    expect(await read()).toEqual({
      BlockPublicAcls: true,
      IgnorePublicAcls: false,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: false,
    })
    await s3.send(new DeletePublicAccessBlockCommand({Bucket}))
    await expect(read()).rejects.toMatchObject({name: 'NoSuchPublicAccessBlockConfiguration'})
  })

  it('are encrypted by S3 itself, and with no key of KMS', async () => {
    const Bucket = await makeBucket()
    const rules = (SSEAlgorithm: 'AES256' | 'aws:kms') => ({
      Rules: [{ApplyServerSideEncryptionByDefault: {SSEAlgorithm}}],
    })

    await s3.send(
      new PutBucketEncryptionCommand({Bucket, ServerSideEncryptionConfiguration: rules('AES256')}),
    )

    const {ServerSideEncryptionConfiguration} = await s3.send(new GetBucketEncryptionCommand({Bucket}))
    expect(
      ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm,
    ).toBe('AES256')
    await expect(
      s3.send(new PutBucketEncryptionCommand({Bucket, ServerSideEncryptionConfiguration: rules('aws:kms')})),
    ).rejects.toMatchObject({name: 'NotImplemented', $metadata: {httpStatusCode: 501}})
  })

  it('keep no versions, and say so', async () => {
    const Bucket = await makeBucket()

    await expect(
      s3.send(new PutBucketVersioningCommand({Bucket, VersioningConfiguration: {Status: 'Enabled'}})),
    ).rejects.toMatchObject({name: 'NotImplemented'})
    expect((await s3.send(new GetBucketVersioningCommand({Bucket}))).Status).toBeUndefined()
  })
})

describe('objects', () => {
  it('come back as they were put', async () => {
    const Bucket = await makeBucket()
    const {ETag} = await put(Bucket, 'a/b c+d?é.txt', 'hello', {
      ContentType: 'text/plain',
      ContentEncoding: 'identity',
      CacheControl: 'no-store',
      Metadata: {team: 'x'},
    })

    expect(ETag).toBe('"5d41402abc4b2a76b9719d911017c592"')
    expect(await get(Bucket, 'a/b c+d?é.txt')).toMatchObject({
      text: 'hello',
      ETag,
      ContentLength: 5,
      ContentType: 'text/plain',
      ContentEncoding: 'identity',
      CacheControl: 'no-store',
      AcceptRanges: 'bytes',
      Metadata: {team: 'x'},
      ChecksumCRC32: 'NhCmhg==',
    })
    expect(await s3.send(new HeadObjectCommand({Bucket, Key: 'a/b c+d?é.txt'}))).toMatchObject({
      ContentLength: 5,
      ETag,
      ContentType: 'text/plain',
      LastModified: expect.any(Date),
    })
  })

  it('are streamed in and out', async () => {
    const Bucket = await makeBucket()
    const piece = 'x'.repeat(100_000)

    await put(Bucket, 'big', Readable.from(Array.from({length: 30}, () => Buffer.from(piece))), {
      ContentLength: 3_000_000,
    })

    const {text, ContentLength, ContentEncoding} = await get(Bucket, 'big')
    expect([text?.length, ContentLength, ContentEncoding]).toEqual([3_000_000, 3_000_000, undefined])
  })

  it('may be empty', async () => {
    const Bucket = await makeBucket()
    await put(Bucket, 'empty', '')

    expect(await get(Bucket, 'empty')).toMatchObject({
      text: '',
      ContentLength: 0,
      ETag: '"d41d8cd98f00b204e9800998ecf8427e"',
    })
  })

  it('are read in parts', async () => {
    const Bucket = await makeBucket()
    await put(Bucket, 'x', '0123456789')

    expect(await get(Bucket, 'x', {Range: 'bytes=2-4'})).toMatchObject({
      text: '234',
      ContentRange: 'bytes 2-4/10',
      ContentLength: 3,
    })
    expect(await get(Bucket, 'x', {Range: 'bytes=7-'})).toMatchObject({
      text: '789',
      ContentRange: 'bytes 7-9/10',
    })
    expect(await get(Bucket, 'x', {Range: 'bytes=-2'})).toMatchObject({
      text: '89',
      ContentRange: 'bytes 8-9/10',
    })
    expect(await get(Bucket, 'x', {Range: 'bytes=5-99'})).toMatchObject({
      text: '56789',
      ContentRange: 'bytes 5-9/10',
    })
    await expect(get(Bucket, 'x', {Range: 'bytes=10-'})).rejects.toMatchObject({
      name: 'InvalidRange',
      $metadata: {httpStatusCode: 416},
    })
  })

  it('answer a range with 206', async () => {
    const Bucket = await makeBucket()
    await put(Bucket, 'x', '0123456789')

    const {$metadata} = await get(Bucket, 'x', {Range: 'bytes=2-4'})

    expect($metadata.httpStatusCode).toBe(206)
  })

  it('are missing with 404', async () => {
    const Bucket = await makeBucket()

    await expect(get(Bucket, 'none')).rejects.toMatchObject({
      name: 'NoSuchKey',
      $metadata: {httpStatusCode: 404},
    })
    await expect(s3.send(new HeadObjectCommand({Bucket, Key: 'none'}))).rejects.toMatchObject({
      name: 'NotFound',
      $metadata: {httpStatusCode: 404},
    })
  })

  it('are written only on the conditions given', async () => {
    const Bucket = await makeBucket()
    const {ETag} = await put(Bucket, 'x', 'one', {IfNoneMatch: '*'})

    await expect(put(Bucket, 'x', 'two', {IfNoneMatch: '*'})).rejects.toMatchObject({
      name: 'PreconditionFailed',
      $metadata: {httpStatusCode: 412},
    })
    await expect(put(Bucket, 'x', 'two', {IfMatch: '"other"'})).rejects.toMatchObject({
      name: 'PreconditionFailed',
    })
    await put(Bucket, 'x', 'three', {IfMatch: ETag})

    expect((await get(Bucket, 'x')).text).toBe('three')
  })

  it('are made once when two writers both want a new one', async () => {
    const Bucket = await makeBucket()

    const results = await Promise.allSettled(
      ['a', 'b', 'c', 'd'].map((body) => put(Bucket, 'x', body, {IfNoneMatch: '*'})),
    )

    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
  })

  it('are read only on the conditions given', async () => {
    const Bucket = await makeBucket()
    const {ETag} = await put(Bucket, 'x', 'one')

    await expect(get(Bucket, 'x', {IfNoneMatch: ETag})).rejects.toMatchObject({
      $metadata: {httpStatusCode: 304},
    })
    await expect(get(Bucket, 'x', {IfMatch: '"other"'})).rejects.toMatchObject({name: 'PreconditionFailed'})
    expect((await get(Bucket, 'x', {IfMatch: ETag})).text).toBe('one')
  })

  it.each([
    ['Content-MD5', {ContentMD5: 'XUFAKrxLKna5cZ2REBfFkA=='}, 'BadDigest'],
    ['Content-MD5 of the wrong length', {ContentMD5: 'XUFA'}, 'InvalidDigest'],
    ['CRC32', {ChecksumCRC32: 'AAAAAA=='}, 'BadDigest'],
    ['CRC32C', {ChecksumCRC32C: 'AAAAAA=='}, 'BadDigest'],
    ['CRC64NVME', {ChecksumCRC64NVME: 'AAAAAAAAAAA='}, 'BadDigest'],
    ['SHA-256', {ChecksumSHA256: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='}, 'BadDigest'],
  ])('are refused, and nothing is stored, when the %s is not theirs', async (_, parts, name) => {
    const Bucket = await makeBucket()

    await expect(put(Bucket, 'x', 'hello', parts)).rejects.toMatchObject({
      name,
      $metadata: {httpStatusCode: 400},
    })

    await expect(get(Bucket, 'x')).rejects.toMatchObject({name: 'NoSuchKey'})
  })

  it.each([
    ['CRC32C', {ChecksumCRC32C: 'mnG7TA=='}],
    ['SHA-1', {ChecksumSHA1: 'qvTGHdzF6KLavt4PO0gs2a6pQ00='}],
    ['SHA-256', {ChecksumSHA256: 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ='}],
  ])('are taken with their own %s', async (_, parts) => {
    const Bucket = await makeBucket()

    await expect(put(Bucket, 'x', 'hello', parts)).resolves.toMatchObject(parts)
  })

  it.each([
    ['an ACL', {ACL: 'public-read'}],
    ['a key of KMS', {ServerSideEncryption: 'aws:kms'}],
    ['tags', {Tagging: 'a=1'}],
  ])('are refused with %s', async (_, parts) => {
    const Bucket = await makeBucket()

    await expect(put(Bucket, 'x', 'hello', parts)).rejects.toMatchObject({name: 'NotImplemented'})
  })

  it('are refused with a key of more than 1024 bytes', async () => {
    const Bucket = await makeBucket()

    await expect(put(Bucket, 'x'.repeat(1025))).rejects.toMatchObject({name: 'KeyTooLongError'})
  })

  it('are copied with their headers, or with new ones', async () => {
    const Bucket = await makeBucket()
    await put(Bucket, 'from é', 'content', {ContentType: 'text/plain', Metadata: {a: '1'}})
    const CopySource = `${Bucket}/${encodeURIComponent('from é')}`

    await s3.send(new CopyObjectCommand({Bucket, Key: 'same', CopySource}))
    await s3.send(
      new CopyObjectCommand({
        Bucket,
        Key: 'new',
        CopySource,
        MetadataDirective: 'REPLACE',
        Metadata: {b: '2'},
      }),
    )

    expect(await get(Bucket, 'same')).toMatchObject({
      text: 'content',
      ContentType: 'text/plain',
      Metadata: {a: '1'},
    })
    expect(await get(Bucket, 'new')).toMatchObject({text: 'content', Metadata: {b: '2'}})
    await expect(
      s3.send(new CopyObjectCommand({Bucket, Key: 'x', CopySource: `${Bucket}/none`})),
    ).rejects.toMatchObject({name: 'NoSuchKey'})
  })

  it('keep when they expire, and answer with what the reader asks for instead', async () => {
    const Bucket = await makeBucket()
    await put(Bucket, 'k', 'x', {Expires: new Date('2030-01-02T03:04:05Z')})

    const own = await s3.send(new GetObjectCommand({Bucket, Key: 'k'}))
    const asked = await s3.send(
      new GetObjectCommand({Bucket, Key: 'k', ResponseExpires: new Date('2031-01-02T03:04:05Z')}),
    )

    expect(own.ExpiresString).toBe('Wed, 02 Jan 2030 03:04:05 GMT')
    expect(asked.ExpiresString).toBe('Thu, 02 Jan 2031 03:04:05 GMT')
  })

  it('are not copied from a bucket of another owner than expected', async () => {
    const Bucket = await makeBucket()
    await put(Bucket, 'k')

    await expect(
      s3.send(
        new CopyObjectCommand({
          ...{Bucket, Key: 'copy', CopySource: `${Bucket}/k`},
          ExpectedSourceBucketOwner: '111122223333',
        }),
      ),
    ).rejects.toMatchObject({name: 'AccessDenied'})
  })

  it('are deleted one by one or many at once, also when they are gone', async () => {
    const Bucket = await makeBucket()
    for (const key of ['a', 'b', 'c']) await put(Bucket, key)
    await s3.send(new DeleteObjectCommand({Bucket, Key: 'a'}))

    const {Deleted} = await s3.send(
      new DeleteObjectsCommand({Bucket, Delete: {Objects: [{Key: 'a'}, {Key: 'b'}, {Key: 'c'}]}}),
    )

    expect(Deleted?.map(({Key}) => Key)).toEqual(['a', 'b', 'c'])
    expect((await s3.send(new ListObjectsV2Command({Bucket}))).KeyCount).toBe(0)
  })

  it('are there after a restart', async () => {
    const Bucket = await makeBucket()
    await put(Bucket, 'x', 'lasting')

    await endpoint.close()
    endpoint = await testEndpoint(endpoint.dataDir)
    s3 = new S3Client(endpoint.client)

    expect((await get(Bucket, 'x')).text).toBe('lasting')
  })
})

describe('lists', () => {
  it('show storage class, and owner where it is asked for', async () => {
    const Bucket = await makeBucket()
    await put(Bucket, 'cold', 'x', {StorageClass: 'STANDARD_IA'})

    const plain = await s3.send(new ListObjectsV2Command({Bucket}))
    const owned = await s3.send(new ListObjectsV2Command({Bucket, FetchOwner: true}))

    expect(plain.Contents?.[0]).toMatchObject({StorageClass: 'STANDARD_IA'})
    expect(plain.Contents?.[0]).not.toHaveProperty('Owner')
    expect(owned.Contents?.[0]).toMatchObject({Owner: {ID: '000000000000'}})
  })

  const keys = ['a', 'b/1', 'b/2', 'b/c/3', 'd', 'e/4', 'z & < é']

  async function filled(): Promise<string> {
    const Bucket = await makeBucket()
    for (const key of keys) await put(Bucket, key, key)
    return Bucket
  }

  it('give keys in order with size, ETag and time', async () => {
    const Bucket = await filled()

    const page = await s3.send(new ListObjectsV2Command({Bucket}))

    expect(page.Contents?.map(({Key}) => Key)).toEqual(keys)
    expect(page.Contents?.[0]).toMatchObject({
      Size: 1,
      ETag: '"0cc175b9c0f1b6a831c399e269772661"',
      StorageClass: 'STANDARD',
      LastModified: expect.any(Date),
    })
    expect([page.KeyCount, page.IsTruncated, page.Name, page.MaxKeys]).toEqual([7, false, Bucket, 1000])
  })

  it('fold what is behind the delimiter', async () => {
    const Bucket = await filled()

    const all = await s3.send(new ListObjectsV2Command({Bucket, Delimiter: '/'}))
    const below = await s3.send(new ListObjectsV2Command({Bucket, Delimiter: '/', Prefix: 'b/'}))

    expect(all.Contents?.map(({Key}) => Key)).toEqual(['a', 'd', 'z & < é'])
    expect(all.CommonPrefixes).toEqual([{Prefix: 'b/'}, {Prefix: 'e/'}])
    expect(below.Contents?.map(({Key}) => Key)).toEqual(['b/1', 'b/2'])
    expect(below.CommonPrefixes).toEqual([{Prefix: 'b/c/'}])
  })

  it.each([1, 2, 3, 7])(
    'come in pages of %i that together are the whole, with and without a delimiter',
    async (MaxKeys) => {
      const Bucket = await filled()
      const gather = async (Delimiter?: string): Promise<string[]> => {
        const found: string[] = []
        let ContinuationToken: string | undefined
        do {
          const page = await s3.send(
            new ListObjectsV2Command({Bucket, MaxKeys, Delimiter, ContinuationToken}),
          )
          expect(page.KeyCount).toBeLessThanOrEqual(MaxKeys)
          found.push(
            ...(page.Contents ?? []).map(({Key = ''}) => Key),
            ...(page.CommonPrefixes ?? []).map(({Prefix = ''}) => Prefix),
          )
          ContinuationToken = page.NextContinuationToken
        } while (ContinuationToken)
        return found
      }

      expect(await gather()).toEqual(keys)
      expect((await gather('/')).sort()).toEqual(['a', 'b/', 'd', 'e/', 'z & < é'])
    },
  )

  it('of the first version come in pages too', async () => {
    const Bucket = await filled()
    const first = await s3.send(new ListObjectsCommand({Bucket, Delimiter: '/', MaxKeys: 2}))
    const second = await s3.send(
      new ListObjectsCommand({Bucket, Delimiter: '/', MaxKeys: 2, Marker: first.NextMarker}),
    )

    expect([first.Contents?.map(({Key}) => Key), first.CommonPrefixes, first.NextMarker]).toEqual([
      ['a'],
      [{Prefix: 'b/'}],
      'b/',
    ])
    expect([second.Contents?.map(({Key}) => Key), second.CommonPrefixes]).toEqual([['d'], [{Prefix: 'e/'}]])
  })

  it('begin behind StartAfter', async () => {
    const Bucket = await filled()

    const page = await s3.send(new ListObjectsV2Command({Bucket, StartAfter: 'b/c/3'}))

    expect(page.Contents?.map(({Key}) => Key)).toEqual(['d', 'e/4', 'z & < é'])
  })

  it('encode keys where the client asks for it', async () => {
    const Bucket = await filled()

    const page = await s3.send(new ListObjectsV2Command({Bucket, Prefix: 'z', EncodingType: 'url'}))

    expect(page.Contents?.map(({Key}) => Key)).toEqual(['z%20%26%20%3C%20%C3%A9'])
  })

  it('may be of length nothing', async () => {
    const Bucket = await filled()

    expect(await s3.send(new ListObjectsV2Command({Bucket, MaxKeys: 0}))).toMatchObject({
      KeyCount: 0,
      IsTruncated: false,
    })
  })
})
