import {discard, testEndpoint, type TestEndpoint} from '../../_helpers/endpoint'
import {Sandbox} from '../../cli/run-tool'
import {envelope, now, TestLake} from './_helpers/test-lake'

/** Runs that are killed, at moments that are spread over a run's life. `LAKE_KILLS=100` for more of them. */
const kills = Number(process.env['LAKE_KILLS'] ?? 20)
const killsOfOneLake = 5
/** No run begins its work sooner. */
const earliestMs = 250

jest.setTimeout(45_000 * kills)

let endpoint: TestEndpoint
let sandbox: Sandbox
const lakes: TestLake[] = []

beforeAll(async () => {
  endpoint = await testEndpoint(undefined, () => now)
  sandbox = new Sandbox()
})

afterAll(async () => {
  for (const lake of lakes) lake.close()
  await sandbox.close()
  await discard(endpoint)
})

/** Three days of arrival, so three batches; a copy in another hour, a late event, a line that is none, and fields that no column has. */
async function newLake(name: string): Promise<TestLake> {
  const lake = new TestLake(endpoint, {
    bucket: `lake-${name}`,
    database: `db_${name}`,
    workgroup: `group-${name}`,
  })
  lakes.push(lake)
  await lake.make()
  const detail = (eventId: string, occurredAt: string) => ({
    ...{eventId, occurredAt},
    customer: {id: `c-${eventId.length}`, plan: 'pro'},
    quantity: eventId.length,
    billing: {regionCode: eventId.slice(0, 3)},
  })
  for (const [day, hours] of [
    ['2026-11-10', 4],
    ['2026-11-12', 3],
    ['2026-11-14', 2],
  ] as const) {
    for (let hour = 0; hour < hours; hour += 1) {
      const at = `${day}T0${hour}:10:00Z`
      const events = Array.from({length: 20}, (_, i) =>
        envelope(`${at}-${i}`, at, detail(`e-${i}-${hour % 3}`, at)),
      )
      const late = envelope(`${at}-late`, at, detail(`late-${at}`, '2026-11-01T00:00:00Z'))
      const lines = [...events, late].map((event) => `${JSON.stringify(event)}\n`).join('')
      await lake.putText(`${day}T0${hour}`, `${lines}${hour === 1 ? '{"id":' : ''}`, `o-${hour}`)
    }
  }
  await lake.init()
  return lake
}

async function stateOf(lake: TestLake) {
  const rows = await lake.query(
    "SELECT dt, replace(object, 's3://', '') AS object, envelope_id, event_id, customer_id, quantity, billing_time, billing_region_code FROM events ORDER BY 1, 2, 3",
  )
  const quarantine = await lake.keys('quarantine/')
  const raw = await lake.keys('events/')
  const {bucket} = lake.place
  return {
    rows: rows.map((row) => ({...row, object: row['object']?.replace(bucket, '')})),
    quarantine,
    raw: await Promise.all(raw.map(async (key) => `${key} ${(await lake.bytesOf(key)).toString('base64')}`)),
    reports: await lake.reports(),
  }
}

const words = (lake: TestLake) => {
  const {bucket, database, workgroup} = lake.place
  return [
    ...['lake', 'compact', '--to', '2026-11-20', '--bucket', bucket, '--database', database],
    ...['--workgroup', workgroup, '--endpoint-url', endpoint.url, '--region', 'eu-west-1', '--json'],
  ]
}
const env = {AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test'}

it('killed at any moment, again and again, a compaction ends as one that ran in peace', async () => {
  const peaceful = await newLake('peace')
  const startedAt = performance.now()
  expect(await sandbox.run(words(peaceful), env)).toMatchObject({exitCode: 0})
  const lifeMs = performance.now() - startedAt
  const wanted = await stateOf(peaceful)
  expect(wanted.rows.length).toBe(192)
  const moments = Array.from({length: kills}, (_, i) => earliestMs + (i * (lifeMs - earliestMs)) / kills)

  let begun = 0
  for (let first = 0; first < kills; first += killsOfOneLake) {
    const lake = await newLake(String(first))
    const before = await lake.reports()
    for (let i = 0; i < killsOfOneLake; i += 1) {
      // Moments of one lake lie far apart, so that early and late ones follow each other.
      const at = moments[(first / killsOfOneLake + i * (kills / killsOfOneLake)) % kills] ?? earliestMs
      const run = sandbox.start(words(lake), env)
      const timer = setTimeout(() => run.kill('SIGKILL'), at)
      await run.ended
      clearTimeout(timer)
      expect(await lake.reports()).toEqual(before)
    }
    begun += (await lake.head()).begun
    const last = await sandbox.run(words(lake), env)
    expect(last).toMatchObject({exitCode: 0})
    expect(await stateOf(lake)).toEqual(wanted)
  }
  // The kills came while there was something to kill.
  expect(begun).toBeGreaterThan(kills / killsOfOneLake)
})

it('run twice at once, one compacts and the other is told', async () => {
  const lake = await newLake('twice')
  const runs = [sandbox.start(words(lake), env), sandbox.start(words(lake), env)]

  const outcomes = await Promise.all(runs.map((run) => run.ended))

  expect(outcomes.map(({exitCode}) => exitCode).sort()).toEqual(expect.arrayContaining([0]))
  const busy = outcomes.filter(({exitCode}) => exitCode !== 0)
  for (const {stdout} of busy) expect(stdout).toContain('LAKE_BUSY')
  expect(await lake.query('SELECT CAST(count(*) AS BIGINT) AS n FROM usage_events')).toEqual([{n: '192'}])
})
