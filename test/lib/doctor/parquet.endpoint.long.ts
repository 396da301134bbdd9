import {DescribeDeliveryStreamCommand, UpdateDestinationCommand} from '@aws-sdk/client-firehose'
import type {ExtendedS3DestinationUpdate} from '@aws-sdk/client-firehose'
import {PutRolePolicyCommand} from '@aws-sdk/client-iam'
import {DeleteObjectCommand, PutObjectCommand} from '@aws-sdk/client-s3'
import {DeleteTableCommand} from '@aws-sdk/client-glue'
import {deliveryPolicy} from '../../../src/lib/road/policies'
import {discard, testEndpoint} from '../../_helpers/endpoint'
import type {TestEndpoint} from '../../_helpers/endpoint'
import {runRemedy} from './_helpers/run-words'
import {brokenHops, namesOf, TestRoad} from './_helpers/test-road'

jest.setTimeout(180_000)

let endpoint: TestEndpoint
beforeAll(async () => {
  endpoint = await testEndpoint()
})
afterAll(() => discard(endpoint))

async function parquetRoad(id: string): Promise<TestRoad> {
  const test = new TestRoad(endpoint, namesOf(id), undefined, 'eu-west-1', 'parquet')
  await test.bind()
  return test
}

async function reasonOf(test: TestRoad, hop: string, ...more: string[]): Promise<string> {
  const {answer} = await test.doctor(...more)
  const found = answer.hops.find((finding) => finding.hop === hop)
  return `${found?.status ?? 'absent'}: ${found?.reason ?? ''}`
}

describe('a road whose stream writes Parquet', () => {
  it('is healthy, its newest object is read, and a canary is followed to it, without the form being named', async () => {
    const test = await parquetRoad('whole')
    await test.send('one', 3)

    const {exitCode, answer} = await test.doctor('--canary', '--timeout', '60')

    expect(brokenHops(answer)).toEqual([])
    expect(exitCode).toBe(0)
    const reasons = Object.fromEntries(
      answer.hops.map(({hop, status, reason}) => [hop, `${status}: ${reason}`]),
    )
    expect(reasons).toMatchObject({
      delivery: 'ok: Delivery stream stream-whole writes Parquet, after 900 s or 128 MB.',
      objects: expect.stringMatching(
        /^ok: The newest object is Parquet with 3 events: s3:\/\/bucket-whole\/events-parquet\/dt=.*\.parquet\.$/,
      ) as string,
      table:
        'ok: Table db_whole.raw_events_parquet reads s3://bucket-whole/events-parquet/ and has every column of the contract.',
      'delivery-role': expect.stringContaining(
        'glue:GetTable, glue:GetTableVersion, glue:GetTableVersions',
      ) as string,
      'canary-stored': expect.stringMatching(
        /^ok: It stands in s3:\/\/bucket-whole\/events-parquet\/.*\.parquet\.$/,
      ) as string,
      'canary-queryable': 'ok: A query over db_whole.raw_events_parquet sees it.',
    })
    test.close()
  })

  const change = async (test: TestRoad, update: ExtendedS3DestinationUpdate): Promise<void> => {
    const DeliveryStreamName = test.names.firehose
    const {DeliveryStreamDescription: found} = await test.firehose.send(
      new DescribeDeliveryStreamCommand({DeliveryStreamName}),
    )
    await test.firehose.send(
      new UpdateDestinationCommand({
        DeliveryStreamName,
        CurrentDeliveryStreamVersionId: found?.VersionId,
        DestinationId: found?.Destinations?.[0]?.DestinationId,
        ExtendedS3DestinationUpdate: update,
      }),
    )
  }

  it.each<[id: string, hops: string[], words: string, break_: (test: TestRoad) => Promise<unknown>]>([
    [
      // What it wrote since lies among the Parquet, and is moved away.
      'off',
      ['delivery', 'objects', 'report'],
      'does not convert events to Parquet, which alone the table reads',
      (test) => change(test, {DataFormatConversionConfiguration: {Enabled: false}}),
    ],
    [
      'noglue',
      ['delivery-role'],
      'does not allow glue:GetTable and glue:GetTableVersion and glue:GetTableVersions on arn:aws:glue:',
      (test) =>
        test.iam.send(
          new PutRolePolicyCommand({
            RoleName: test.road.deliveryRole.name,
            PolicyName: test.road.deliveryRole.policyName,
            PolicyDocument: JSON.stringify(deliveryPolicy({...test.road.settings, recordFormat: 'json'})),
          }),
        ),
    ],
    [
      'notable',
      ['table'],
      'There is no table db_notable.raw_events_parquet',
      (test) =>
        test.glue.send(
          new DeleteTableCommand({DatabaseName: test.names.database, Name: 'raw_events_parquet'}),
        ),
    ],
  ])('is broken where events are lost, and its remedy mends it: %s', async (id, hops, words, break_) => {
    const test = await parquetRoad(id)
    await break_(test)
    await test.send('lost')
    const lost = await test.billedCalls('lost')

    const {answer} = await test.doctor()
    const broken = brokenHops(answer)
    // The report mends itself with what is before it.
    for (const {hop, remedy = ''} of broken) if (hop !== 'report') await runRemedy(remedy)
    await test.send('seen')

    expect(lost ?? 0).toBe(0)
    expect(broken.map(({hop}) => hop)).toEqual(hops)
    expect(broken[0]?.reason).toContain(words)
    expect(await test.billedCalls('seen')).toBe(1)
    expect(brokenHops((await test.doctor()).answer)).toEqual([])
    test.close()
  })

  it('says which key is not read into its column', async () => {
    const test = await parquetRoad('nokey')
    await change(test, {
      DataFormatConversionConfiguration: {
        InputFormatConfiguration: {Deserializer: {OpenXJsonSerDe: {CaseInsensitive: true}}},
      },
    })
    await test.send('one', 2)

    expect(await reasonOf(test, 'delivery')).toContain(
      'does not read detail_type from the key detail-type, so that the column is empty',
    )
    expect(await reasonOf(test, 'objects')).toMatch(
      /^warn: 2 of the 2 events in the newest object have no detail-type: /,
    )
    test.close()
  })

  it('says what could not be converted, and why', async () => {
    const test = await parquetRoad('odd')
    await test.sendDetail({eventId: 'odd', service: {name: 's'}, api: {operation: 'o'}, durationMs: 'slow'})

    expect(await reasonOf(test, 'error-objects')).toMatch(
      /^warn: 1 object lies under .*no report sees them\. The newest says DataFormatConversion\.MalformedData: Data does not match the schema\. For input string: "slow"$/,
    )
    expect(await reasonOf(test, 'metrics')).toContain('1 records could not be converted')
    test.close()
  })

  it('is broken by an object of another kind among its own', async () => {
    const test = await parquetRoad('mixed')
    await test.send('one')
    const day = new Date(Date.now() + 3_600_000).toISOString()
    const Key = `events-parquet/dt=${day.slice(0, 10)}/hour=${day.slice(11, 13)}/by-hand.json`
    const object = {Bucket: test.names.bucket, Key}
    await test.s3.send(new PutObjectCommand({...object, Body: '{"detail-type":"x"}\n'.repeat(10)}))

    const {answer} = await test.doctor()
    const found = answer.hops.find(({hop}) => hop === 'objects')
    const lost = await test.billedCalls('one')
    await test.s3.send(new DeleteObjectCommand(object))

    expect(found?.status).toBe('broken')
    expect(found?.remedy).toContain(`aws s3 mv s3://bucket-mixed/${Key} s3://bucket-mixed/no-parquet/${Key}`)
    expect([lost, await test.billedCalls('one')]).toEqual([undefined, 1])
    test.close()
  })
})
