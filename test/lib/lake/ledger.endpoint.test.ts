import {CreateBucketCommand, PutObjectCommand, S3Client} from '@aws-sdk/client-s3'
import {compactedOf} from '../../../src/lib/lake/ledger/compacted'
import {firstHead, readHead} from '../../../src/lib/lake/ledger/head'
import {Ledger, type LedgerDeps} from '../../../src/lib/lake/ledger/ledger'
import {discard, testEndpoint, type TestEndpoint} from '../../_helpers/endpoint'

jest.setTimeout(60_000)

const start = Date.UTC(2026, 10, 20)
const bucket = 'usage-lake'

describe('the ledger of a lake', () => {
  let endpoint: TestEndpoint
  let s3: S3Client
  let now = start

  beforeEach(async () => {
    now = start
    endpoint = await testEndpoint()
    s3 = new S3Client({...endpoint.client, forcePathStyle: true})
    await s3.send(new CreateBucketCommand({Bucket: bucket}))
  })

  afterEach(async () => {
    s3.destroy()
    await discard(endpoint)
  })

  const take = (more: Partial<LedgerDeps> = {}) =>
    Ledger.take({
      ...{s3, bucket, now: () => now, isRunning: () => true},
      owner: {host: 'here', pid: 7, run: 'one'},
      ...more,
    })
  const other = {owner: {host: 'there', pid: 8, run: 'two'}}
  const head = async () => (await readHead({s3, bucket})).head

  it('is held by one, and by the next when it is given free', async () => {
    const first = await take()
    await expect(take(other)).rejects.toMatchObject({code: 'LAKE_BUSY', kind: 'service'})
    await first.release()

    expect((await take(other)).head.lease?.owner.host).toBe('there')
  })

  it('goes to one of many that ask at once', async () => {
    const asked = await Promise.allSettled(
      [1, 2, 3, 4, 5].map((pid) => take({owner: {host: 'here', pid, run: `${pid}`}})),
    )

    expect(asked.filter(({status}) => status === 'fulfilled')).toHaveLength(1)
  })

  it('is free when the time of its owner is up, who can change nothing any more', async () => {
    const first = await take()
    now += 120_001
    const second = await take(other)

    await expect(first.begin()).rejects.toMatchObject({code: 'LAKE_BUSY'})
    await expect(first.release()).rejects.toMatchObject({code: 'LAKE_BUSY'})
    expect(await second.begin()).toBe(1)
  })

  it('is free at once where its owner was a process of this machine that is gone', async () => {
    await take()
    expect((await take({isRunning: () => false})).head.lease?.owner.pid).toBe(7)
  })

  it('is kept by who goes on working', async () => {
    const ledger = await take()
    for (let i = 0; i < 5; i += 1) {
      now += 90_000
      await ledger.keep()
    }
    await expect(take(other)).rejects.toMatchObject({code: 'LAKE_BUSY'})
  })

  it('counts a batch from its commit on, and remembers those that never came to one', async () => {
    const ledger = await take()
    expect([await ledger.begin(), await ledger.begin()]).toEqual([1, 2])
    expect(await head()).toMatchObject({begun: 2, committed: 0, open: 2, lost: [1]})
    await ledger.commit({before: '2026-11-10T00:00:00.000Z', objects: ['a']})
    expect(await ledger.begin()).toBe(3)

    const next = await take({isRunning: () => false})

    expect(next.head).toMatchObject({begun: 3, committed: 2, lost: [1, 3], objects: ['a']})
    expect(next.head.open).toBeUndefined()
  })

  it('of another version is not touched', async () => {
    const Body = JSON.stringify({version: 2})
    await s3.send(new PutObjectCommand({Bucket: bucket, Key: 'ledger/head.json', Body}))
    await expect(take()).rejects.toMatchObject({code: 'LEDGER_UNREADABLE', kind: 'usage'})
  })
})

describe('what the view has to know', () => {
  it('is nothing at first', () => {
    expect(compactedOf(firstHead, bucket)).toEqual({lostBatches: [], objects: []})
  })

  it('are the last batch, the lost ones before it, and what arrived in the two hours before the end', () => {
    const key = (hour: string) => `events/dt=2026-11-10/hour=${hour}/o.gz`
    const head = {
      ...firstHead,
      ...{begun: 9, committed: 8, lost: [3, 9], before: '2026-11-10T07:00:00.000Z'},
      objects: [key('04'), key('05'), key('06')],
    }
    expect(compactedOf(head, bucket)).toEqual({
      lastBatch: '00000008',
      lostBatches: ['00000003'],
      before: {dt: '2026-11-10', hour: '05'},
      objects: [`s3://${bucket}/${key('05')}`, `s3://${bucket}/${key('06')}`],
    })
  })
})
