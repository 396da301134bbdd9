import {explainReport, explainText} from '../../../src/lib/reports/explain'
import {featuresReport} from '../../../src/lib/reports/features'
import {scanPrice} from '../../../src/lib/reports/scan-cost'
import {readLakeSource} from '../../../src/lib/reports/lake-source'
import {discard, testEndpoint, type TestEndpoint} from '../../_helpers/endpoint'
import {envelope, now, TestLake} from '../lake/_helpers/test-lake'
import {sqlFolder} from './_helpers/raw-table'

let endpoint: TestEndpoint
let lake: TestLake

beforeEach(async () => {
  endpoint = await testEndpoint(undefined, () => now)
  lake = new TestLake(endpoint)
  await lake.make()
})
afterEach(async () => {
  lake.close()
  await discard(endpoint)
})

const explain = (from: string, to: string) =>
  explainReport(
    {
      ...lake.deps(),
      lakeSource: () => readLakeSource(lake.glue, lake.place.database),
      stream: 'usage-events',
      firehose: () => Promise.reject(new Error('not asked')),
      sqlFolder,
      scanPrice: scanPrice('us-east-1'),
      statements: {s3: async () => lake.s3, bucket: lake.place.bucket},
    },
    featuresReport,
    {from: Date.parse(from), to: Date.parse(to)},
  )

const sizeOf = async (keys: readonly string[]) => {
  let size = 0
  for (const key of keys) size += (await lake.bytesOf(key)).length
  return size
}

describe('an explanation', () => {
  it('has the bytes of the objects that would be read, before and after they are compacted', async () => {
    const detail = (occurredAt: string) => ({eventId: occurredAt, occurredAt, service: {name: 's'}, api: {}})
    await lake.put('2026-09-01T00', [envelope('1', '2026-09-01T00:00:00Z', detail('2026-09-01T00:00:00Z'))])
    const key = await lake.put('2026-11-10T05', [
      envelope('2', '2026-11-10T05:00:00Z', detail('2026-11-10T05:00:00Z')),
    ])

    const raw = await explain('2026-11-10', '2026-11-11')
    expect(raw).toMatchObject({
      ...{report: 'features', tables: ['raw_events'], objectCount: 1},
      ...{scanBytes: 2 * (await sizeOf([key])), readingCount: 2},
      scanCost: {
        amount: '0.000050',
        currency: 'USD',
        pricePerTb: '5',
        basis: 'list',
        billedBytes: 10_000_000,
      },
    })
    expect(raw.parameters.slice(0, 2)).toEqual(["'2026-11-01'", "'2026-11-18'"])
    expect(raw.sql.split('?')).toHaveLength(raw.parameters.length + 1)
    const text = explainText(raw, {region: 'us-east-1'})
    expect(text).toContain(` 1  '2026-11-01'\n`)
    expect(text).toContain('in 1 object, read twice: copies are sought first. Nothing was run.')
    expect(text).toContain(
      'That would cost about 0.000050 USD at 5 USD a terabyte (list price of us-east-1).',
    )
    expect(await explain('2026-07-01', '2026-07-02')).toMatchObject({objectCount: 2})

    await lake.init()
    await lake.compact()
    const curated = (await lake.keys('curated/')).filter((one) => one.includes('dt=2026-11-10/'))
    expect(await explain('2026-11-10', '2026-11-11')).toMatchObject({
      ...{tables: ['usage_events'], objectCount: curated.length},
      scanBytes: 2 * (await sizeOf(curated)),
    })
    expect(await explain('2026-07-01', '2026-07-02')).toMatchObject({
      objectCount: 0,
      scanCost: {amount: '0.000000'},
    })
  })
})
