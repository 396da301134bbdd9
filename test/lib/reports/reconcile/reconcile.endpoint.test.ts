import {rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {gunzipSync, gzipSync} from 'node:zlib'
import {CloudWatchClient} from '@aws-sdk/client-cloudwatch'
import {FirehoseClient, PutRecordCommand} from '@aws-sdk/client-firehose'
import {DeleteRolePolicyCommand, IAMClient, ListRolePoliciesCommand} from '@aws-sdk/client-iam'
import {GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client} from '@aws-sdk/client-s3'
import {readHopMetrics} from '../../../../src/lib/reports/reconcile/hop-metrics'
import type {ReconcileResult} from '../../../../src/lib/reports/reconcile/run-reconcile'
import {discard, temporaryFolder, testEndpoint, type TestEndpoint} from '../../../_helpers/endpoint'
import {runCommand} from '../../../_helpers/run-command'

jest.setTimeout(300_000)

const minuteMs = 60_000
const start = Date.UTC(2026, 10, 10, 9, 30)
const bucket = 'usage-000000000000-us-east-1'

describe('the road of events that were sent, some of which were lost', () => {
  let endpoint: TestEndpoint
  let s3: S3Client
  const folder = temporaryFolder()
  let clockMs = 0

  const run = (...words: string[]) =>
    runCommand([...words, '--endpoint-url', endpoint.url, '--region', 'us-east-1'])

  /** The endpoint's clock stands at so many minutes after 09:30. */
  async function at(minutes: number): Promise<void> {
    await endpoint.advance(minutes * minuteMs - clockMs)
    clockMs = minutes * minuteMs
  }

  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }

  /** Sends usage events, and lets them come into the lake. */
  async function send(events: readonly object[]): Promise<void> {
    const lines = events.map(
      (event) => `${JSON.stringify({api: {operation: 'get'}, customer: {id: 'acme'}, ...event})}\n`,
    )
    await run('events', 'send', file('events.ndjson', lines.join('')))
    await endpoint.flush()
  }

  const order = (sequence: number, occurredAt: string, more: object = {}) => ({
    eventId: `o-${sequence}`,
    ...{service: {name: 'orders', instance: 'i-1'}, sequence, occurredAt},
    ...more,
  })
  const payment = (occurredAt: string, more: object = {}) => ({
    service: {name: 'payments'},
    occurredAt,
    ...more,
  })

  const range = ['--from', '2026-11-10T10:00:00Z', '--to', '2026-11-10T12:00:00Z']
  const reconcile = async (...words: string[]): Promise<ReconcileResult> =>
    (await run('report', 'reconcile', ...range, ...words, '--json')).answer as ReconcileResult

  /** Rows without what they are made of. */
  const countsOf = ({rows}: ReconcileResult) =>
    rows.map(({hop, count, difference, missing, status}) => [hop, count, difference, missing, status])
  const reasonOf = ({rows}: ReconcileResult, name: string): unknown =>
    rows.find(({hop, service}) => hop === name || service === name)?.['reason']

  beforeAll(async () => {
    endpoint = await testEndpoint(undefined, () => start)
    s3 = new S3Client({...endpoint.client, region: 'us-east-1', forcePathStyle: true})
    await run('bind-target', '--yes')
    await run('lake', 'init', '--yes')

    // 09:30, before the range: one event, of which a copy comes later.
    await send([order(1, '2026-11-10T09:29:59Z')])

    // 10:10: of the numbers 2 to 9 there are 2, 3, 5, 6 and 9, one of them sent twice; the copy; a test; two payments without eventId that are all
    // the same; one that is two days late.
    await at(40)
    await send([
      ...[2, 3, 5, 6, 9].map((number) => order(number, `2026-11-10T10:0${number}:00Z`)),
      order(3, '2026-11-10T10:03:00Z'),
      order(1, '2026-11-10T09:29:59Z'),
      payment('2026-11-10T10:09:00Z', {eventId: 't-1', test: true}),
      payment('2026-11-10T10:09:01Z'),
      payment('2026-11-10T10:09:01Z'),
      payment('2026-11-08T23:00:00Z', {eventId: 'late'}),
    ])

    // 10:30: the rule may not put records, and two events are lost.
    await at(60)
    const iam = new IAMClient({...endpoint.client, region: 'us-east-1'})
    const role = {RoleName: 'usage-tracker-us-east-1-usage-api-usage-target'}
    const {PolicyNames: [PolicyName] = []} = await iam.send(new ListRolePoliciesCommand(role))
    await iam.send(new DeleteRolePolicyCommand({...role, PolicyName}))
    await send([
      payment('2026-11-10T10:29:00Z', {eventId: 'lost-1'}),
      payment('2026-11-10T10:29:00Z', {eventId: 'lost-2'}),
    ])
    await run('bind-target', '--yes')

    // 10:50: somebody writes a line into the stream that is no event.
    await at(80)
    const firehose = new FirehoseClient({...endpoint.client, region: 'us-east-1'})
    const Record = {Data: Buffer.from('not json\n')}
    await firehose.send(new PutRecordCommand({DeliveryStreamName: 'usage-events', Record}))
    await endpoint.flush()

    // 10:55: the stream writes the first line of the object of 10:10 once more.
    const {Contents = []} = await s3.send(
      new ListObjectsV2Command({Bucket: bucket, Prefix: 'events/dt=2026-11-10/hour=10/'}),
    )
    const Key = Contents[0]?.Key ?? ''
    const {Body} = await s3.send(new GetObjectCommand({Bucket: bucket, Key}))
    const [line = ''] = gunzipSync((await Body?.transformToByteArray()) ?? '')
      .toString()
      .split('\n')
    const again = {Bucket: bucket, Key: Key.replace(/10-10-00/, '10-55-00').replace(/.{4}(\.gz)?$/, 'beef$1')}
    await s3.send(new PutObjectCommand({...again, Body: gzipSync(`${line}\n`)}))

    // 11:00: the hours so far are compacted. 11:20: two more orders, which are not. 12:30: one behind the range, with a number that was missing.
    await at(90)
    await run('lake', 'compact', '--to', '2026-11-10T11:00:00Z')
    await at(110)
    await send([order(10, '2026-11-10T11:19:00Z'), order(11, '2026-11-10T11:19:30Z')])
    await at(180)
    await send([order(8, '2026-11-10T10:08:00Z')])
    firehose.destroy()
    iam.destroy()
  })

  afterAll(async () => {
    s3.destroy()
    await discard(endpoint)
    rmSync(folder, {recursive: true})
  })

  const sent = () => file('sent.csv', 'service,count\norders,10\npayments,6\n')

  it('is said hop by hop, with what each difference is made of', async () => {
    const result = await reconcile()

    // Bus: 11 at 10:10, 2 at 10:30, 2 at 11:20. Stream: 2 less, and the line that is no event. Raw: one line twice. Compacted: all but the two of 11:20.
    // Billed: 15 lines less 2 sent again, 1 delivered again, 1 test and 1 that is no event.
    expect(countsOf(result)).toEqual([
      ['bus', 15, undefined, 0, 'unknown'],
      ['stream', 14, -1, 2, 'differs'],
      ['raw', 15, 1, 0, 'ok'],
      ['quarantine', 1, undefined, 1, 'differs'],
      ['curated', 13, -2, 0, 'ok'],
      ['billed', 10, -3, 0, 'ok'],
    ])
    expect(reasonOf(result, 'stream')).toMatch(/^2 failed on the way from the rule; 1 more, which may/)
    expect(reasonOf(result, 'billed')).toBe(
      '2 not compacted yet, which reports read too; 2 sent again by producers; 1 delivered again; 1 marked as test; 1 malformed; ' +
        '2 of them without eventId; 1 of them much like another, perhaps a duplicate; 1 of them late (2026-11-08: 1)',
    )
    expect(result).toMatchObject({
      ...{report: 'reconcile', by: 'arrival', isWhole: false, lateDays: [{day: '2026-11-08', count: 1}]},
      ...{duplicateCount: 3, conflictCount: 0, unkeyedCount: 2, testCount: 1},
      totals: {arrived: 11, billed: 10, missing: 3, retried: 2, redelivered: 1, suspected: 1},
    })
  })

  it('begins at the producers where they have counted', async () => {
    const result = await reconcile('--counters', sent())

    // The bus has 13 events and 2 that were sent again: the orders 4 and 7 never came, and 8 came behind the range.
    expect(countsOf(result).slice(0, 3)).toEqual([
      ['producers', 16, undefined, 0, 'ok'],
      ['bus', 15, -1, 3, 'differs'],
      ['stream', 14, -1, 2, 'differs'],
    ])
    expect(result.totals).toMatchObject({sent: 16, billed: 10, missing: 6})
  })

  it('is said service by service, with the numbers that are not there', async () => {
    const {rows, totals, gaps} = await reconcile('--by', 'service', '--counters', sent())

    expect(rows).toMatchObject([
      {
        service: 'orders',
        sent: 10,
        arrived: 7,
        billed: 7,
        missing: 3,
        gaps: 2,
        retried: 2,
        redelivered: 1,
        suspected: 0,
        late: 0,
      },
      {
        service: 'payments',
        sent: 6,
        arrived: 4,
        billed: 3,
        missing: 2,
        gaps: 0,
        unkeyed: 2,
        tests: 1,
        suspected: 1,
        late: 1,
      },
      {service: '(none)', arrived: 0, missing: 0, status: 'differs', reason: '1 malformed'},
    ])
    expect(rows[0]).toMatchObject({status: 'differs', reason: '3 fewer; not there: i-1: 4, 7'})
    expect(gaps).toEqual([
      {service: 'orders', instance: 'i-1', from: 4, to: 4},
      {service: 'orders', instance: 'i-1', from: 7, to: 7},
    ])
    expect(totals).toMatchObject({sent: 16, arrived: 11, billed: 10, missing: 5, gaps: 2})
  })

  it('says of a part of the events what can be said of it', async () => {
    const ofOne = await reconcile('--service', 'payments', '--counters', file('one.json', '{"payments": 6}'))
    expect(countsOf(ofOne)).toEqual([
      ['producers', 6, undefined, 0, 'ok'],
      ['bus', undefined, undefined, 0, 'unknown'],
      ['stream', undefined, undefined, 0, 'unknown'],
      ['raw', 4, -2, 2, 'differs'],
      ['quarantine', 0, undefined, 0, 'ok'],
      ['curated', 4, 0, 0, 'ok'],
      ['billed', 3, -1, 0, 'ok'],
    ])
  })

  it('exits with 9 where it is asked to be strict and something is missing, and reads well', async () => {
    const {stdout, exitCode} = await run('report', 'reconcile', ...range, '--strict')

    expect(exitCode).toBe(9)
    expect(stdout).toContain(
      'reconcile, 2026-11-10T10:00:00.000Z to 2026-11-10T12:00:00.000Z (UTC, by arrival)',
    )
    expect(stdout).toMatch(/^stream +14 +-1 +2 +differs *$/m)
    expect(stdout).toMatch(/^curated +2 not compacted yet$/m)
    const quiet = ['--from', '2026-11-10T11:10:00Z', '--to', '2026-11-10T12:00:00Z', '--format', 'csv']
    const ran = await run('report', 'reconcile', ...quiet, '--strict')
    expect(ran.exitCode).toBe(0)
    expect(ran.stdout.split('\r\n').map((line) => line.split(',').slice(0, 5).join())).toEqual([
      'hop,count,difference,missing,status',
      ...['bus,2,,0,unknown', 'stream,2,0,0,ok', 'raw,2,0,0,ok'],
      ...['quarantine,0,,0,ok', 'curated,0,-2,0,ok', 'billed,2,2,0,ok', ''],
    ])
  })

  it('says what it would ask', async () => {
    const {stdout} = await run('report', 'reconcile', ...range, '--by', 'service', '--explain')

    expect(stdout.match(/Nothing was run/g)).toHaveLength(2)
  })

  it('counts lines that compaction took out of an object, and knows when nobody else has counted', async () => {
    const Key = 'events/dt=2026-11-09/hour=08/usage-events-1-2026-11-09-08-10-00-0a1b2c3d.gz'
    const event = (id: string) =>
      JSON.stringify({id, source: 'my-applications', time: '2026-11-09T08:09:00Z', detail: {eventId: id}})
    await s3.send(
      new PutObjectCommand({Bucket: bucket, Key, Body: gzipSync(`${event('a')}${event('b')}\nnot json\n`)}),
    )
    await run('lake', 'compact', '--to', '2026-11-10T11:00:00Z')

    const before = ['--from', '2026-11-09T08:00:00Z', '--to', '2026-11-09T09:00:00Z', '--json']
    const result = (await run('report', 'reconcile', ...before)).answer as ReconcileResult
    expect(countsOf(result)).toEqual([
      ['bus', undefined, undefined, 0, 'unknown'],
      ['stream', undefined, undefined, 0, 'unknown'],
      ['raw', 2, undefined, 0, 'unknown'],
      ['quarantine', 1, undefined, 1, 'differs'],
      ['curated', 2, 0, 0, 'ok'],
      ['billed', 2, 0, 0, 'ok'],
    ])
    expect(reasonOf(result, 'bus')).toMatch(/^CloudWatch has no value of rule api-usage on bus usage/)
  })

  it('does without CloudWatch where that does not answer', async () => {
    const nobody = new CloudWatchClient({...endpoint.client, endpoint: 'http://127.0.0.1:1'})
    const place = {rule: {bus: 'usage', name: 'api-usage'}, stream: 'usage-events'}

    const answer = await readHopMetrics(async () => nobody, place, {from: 0, to: minuteMs}, minuteMs)
    nobody.destroy()
    expect(answer).toEqual({unknown: expect.stringMatching(/^Could not read the metrics of the road/)})
  })

  it.each([
    [['--limit', '3'], 'BAD_USAGE'],
    [['--as-of', 'now'], 'BAD_USAGE'],
    [['--from', '2100-01-01', '--to', '2100-02-01'], 'BAD_TIME'],
    [['--late-after', 'soon'], 'BAD_TIME'],
  ])('refuses %j', async (words, code) => {
    expect((await run('report', 'reconcile', ...words, '--json')).answer).toMatchObject({error: {code}})
  })
})
