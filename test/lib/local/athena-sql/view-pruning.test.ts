import {CreateWorkGroupCommand} from '@aws-sdk/client-athena'
import fc, {runs} from '../../../_helpers/properties'
import {parquetOf} from '../../../_helpers/parquet'
import {jsonTable, Lake, type Answer} from '../services/athena/lake'
import {parquetTable} from '../services/firehose/converting'

jest.setTimeout(120_000)

const days = ['2026-10-24', '2026-10-25', '2026-10-31', '2026-11-01', '2026-11-02', '2026-11-15']
const hours = ['00', '04', '05', '23']
const date = {
  'projection.enabled': 'true',
  'projection.dt.type': 'date',
  'projection.dt.format': 'yyyy-MM-dd',
  'projection.dt.range': '2026-01-01,NOW',
}
const hourly = {
  ...date,
  'projection.hour.type': 'integer',
  'projection.hour.range': '0,23',
  'projection.hour.digits': '2',
}

let lake: Lake
/** Size of each object by `curated 2026-10-24` or `raw 2026-11-01 05`. */
const sizes = new Map<string, number>()

beforeAll(async () => {
  lake = await Lake.open()
  const table = parquetTable({id: 'string', batch: 'string', units: 'bigint'}, 'curated')
  await lake.table({
    ...table,
    PartitionKeys: [{Name: 'dt', Type: 'string'}],
    Parameters: {...date, 'storage.location.template': 's3://lake/curated/dt=${dt}/'},
  })
  await lake.table(
    jsonTable(
      'raw',
      {id: 'string', units: 'bigint'},
      {
        keys: {dt: 'string', hour: 'string'},
        properties: {...hourly, 'storage.location.template': 's3://lake/raw/${dt}/${hour}/'},
      },
    ),
  )
  for (const [place, day] of days.entries()) {
    const batch = place === 2 ? '000007' : place === 4 ? '000013' : '000005'
    const body = await parquetOf(`SELECT 'c${place}' AS id, '${batch}' AS batch, ${place}::BIGINT AS units`)
    sizes.set(`curated ${day}`, await lake.putBytes(`curated/dt=${day}/a.parquet`, body))
    for (const hour of hours) {
      const line = JSON.stringify({
        id: `r${place}-${hour}`,
        units: place,
        pad: 'x'.repeat(place * 10 + Number(hour)),
      })
      sizes.set(`raw ${day} ${hour}`, await lake.put(`raw/${day}/${hour}/a`, `${line}\n`))
    }
  }
  await done(`CREATE VIEW usage_events AS
    SELECT id, units, "$path" AS object, dt, dt AS until_dt FROM curated WHERE batch <= '000012' AND batch NOT IN ('000007')
    UNION ALL
    SELECT id, units, "$path" AS object, dt, '' AS until_dt FROM raw WHERE dt > '2026-11-01' OR (dt = '2026-11-01' AND hour >= '05')`)
})

afterAll(async () => {
  await lake.discard()
})

async function done(sql: string, more: Parameters<Lake['ask']>[1] = {}): Promise<Answer> {
  const answer = await lake.ask(sql, more)
  expect({sql, reason: answer.reason, state: answer.state}).toEqual({
    sql,
    reason: undefined,
    state: 'SUCCEEDED',
  })
  return answer
}

/** Bytes of the objects that a condition on their partitions keeps, behind the view's own. */
function bytesOf(keeps: (object: {dt: string; untilDt: string}) => boolean): number {
  let bytes = 0
  for (const [key, size] of sizes) {
    const [table, dt = '', hour = ''] = key.split(' ')
    const isRaw = table === 'raw'
    const shown = !isRaw || dt > '2026-11-01' || (dt === '2026-11-01' && hour >= '05')
    if (shown && keeps({dt, untilDt: isRaw ? '' : dt})) bytes += size
  }
  return bytes
}

function scanned(answer: Answer): number | undefined {
  return answer.execution.Statistics?.DataScannedInBytes
}

describe('a query over a view reads', () => {
  it('what the view itself lets through', async () => {
    const answer = await done('SELECT count(*) FROM usage_events')

    expect(scanned(answer)).toBe(bytesOf(() => true))
    // Of six days of curated rows two are hidden by their batch; of raw two days and two hours are shown.
    expect(answer.rows).toEqual([[String(4 + 2 * 4 + 2)]])
  })

  it('no more than its own conditions let through, in a CTE, with parameters and behind a rename', async () => {
    const answer = await done(
      `WITH arrivals AS (
        SELECT id, units, object FROM usage_events WHERE dt >= ? AND until_dt <= ? AND units >= 0
      ), sums AS (SELECT id, sum(units) AS units, min(object) AS object FROM arrivals GROUP BY id)
      SELECT count(*), count(object) FROM sums`,
      {ExecutionParameters: ["'2026-10-25'", "'2026-11-09'"]},
    )

    expect(answer.rows).toEqual([['13', '13']].map(() => [String(2 + 10), String(2 + 10)]))
    expect(scanned(answer)).toBe(bytesOf(({dt, untilDt}) => dt >= '2026-10-25' && untilDt <= '2026-11-09'))
  })

  it('each table as often as the query names it, also by WITH, and a window of counts but once', async () => {
    const repeated = await done(`WITH arrivals AS (SELECT id, dt FROM usage_events WHERE dt >= '2026-11-02'),
      repeated AS (SELECT id FROM arrivals GROUP BY id HAVING count(*) > 1)
      SELECT count(repeated.id) FROM arrivals LEFT JOIN repeated ON arrivals.id = repeated.id`)
    const windowed = await done(
      "SELECT id, count(*) OVER (PARTITION BY id) > 1 AS copied FROM curated WHERE dt = '2026-11-15' AND batch > ''",
    )
    const deep =
      await done(`WITH RECURSIVE numbers AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM numbers WHERE n < 3)
      SELECT count(*) FROM numbers, curated WHERE dt = '2026-11-15'`)

    expect(scanned(repeated)).toBe(2 * bytesOf(({dt}) => dt >= '2026-11-02'))
    expect(scanned(windowed)).toBe(sizes.get('curated 2026-11-15'))
    expect(scanned(deep)).toBe(sizes.get('curated 2026-11-15'))
  })

  it('one side of the view alone, or nothing', async () => {
    expect(scanned(await done("SELECT * FROM usage_events WHERE until_dt = ''"))).toBe(
      bytesOf(({untilDt}) => untilDt === ''),
    )
    expect(scanned(await done("SELECT * FROM usage_events WHERE until_dt > '2026-11-01'"))).toBe(
      bytesOf(({untilDt}) => untilDt > '2026-11-01'),
    )
    const none = await done("SELECT * FROM usage_events WHERE dt > '2027'")
    expect(none.rows).toEqual([])
    expect(scanned(none)).toBe(0)
  })

  it('what a join, a UNION and a subquery over it let through', async () => {
    const joined = await done(
      "SELECT a.id FROM usage_events a JOIN usage_events b ON a.id = b.id AND a.dt = b.dt WHERE a.dt = '2026-11-02'",
    )
    const united = await done(
      "SELECT id FROM usage_events WHERE dt = '2026-11-02' UNION ALL SELECT id FROM usage_events WHERE dt = '2026-11-15'",
    )
    const outer = await done(
      "SELECT a.id, b.id FROM (VALUES ('r5-00')) AS a(id) LEFT JOIN usage_events b ON a.id = b.id AND b.dt = '2026-11-15' WHERE a.id <> ''",
    )

    // A table that is read twice is scanned twice.
    expect(scanned(joined)).toBe(2 * bytesOf(({dt}) => dt === '2026-11-02'))
    expect(scanned(united)).toBe(bytesOf(({dt}) => dt === '2026-11-02' || dt === '2026-11-15'))
    expect(outer.rows).toEqual([['r5-00', 'r5-00']])
    expect(scanned(outer)).toBe(bytesOf(({dt}) => dt === '2026-11-15'))
  })

  it('no more than the workgroup allows, judged before it reads', async () => {
    await lake.table(jsonTable('big', {x: 'string'}, {keys: {dt: 'string'}}))
    for (const dt of ['2026-11-01', '2026-11-02']) await lake.partition('big', [dt])
    await lake.put('big/dt=2026-11-01/a', `{"x":"${'y'.repeat(10_000_001)}"}\n`)
    await lake.put('big/dt=2026-11-02/a', '{"x":"y"}\n')
    await done("CREATE VIEW late AS SELECT x, dt AS day FROM big WHERE dt >= '2026-11-01'")
    const ResultConfiguration = {OutputLocation: 's3://lake/thrifty/'}
    const Configuration = {BytesScannedCutoffPerQuery: 10_000_000, ResultConfiguration}
    await lake.athena.send(new CreateWorkGroupCommand({Name: 'thrifty', Configuration}))

    const whole = await lake.ask('SELECT count(*) FROM late', {WorkGroup: 'thrifty'})
    const part = await lake.ask("SELECT count(*) FROM late WHERE day > '2026-11-01'", {WorkGroup: 'thrifty'})

    expect(whole.state).toBe('CANCELLED')
    expect(whole.reason).toMatch(/Bytes scanned limit was exceeded/)
    expect(part.rows).toEqual([['1']])
  })
})

describe('leaving out files', () => {
  const text = fc.constantFrom("'2026-10-25'", "'2026-11-01'", "'2026-11-02'", "'05'", "''", 'NULL')
  const column = fc.constantFrom(
    'dt',
    'until_dt',
    'id',
    'CAST(units AS varchar)',
    'substr(dt, 6)',
    "coalesce(until_dt, '')",
  )
  const leaf = fc.oneof(
    fc.tuple(column, fc.constantFrom('=', '<>', '<', '<=', '>', '>='), text).map((parts) => parts.join(' ')),
    fc.tuple(column, text, text).map(([name, a, b]) => `${name} BETWEEN ${a} AND ${b}`),
    fc.tuple(column, text, text).map(([name, a, b]) => `${name} IN (${a}, ${b})`),
    fc.tuple(column, text).map(([name, a]) => `${name} NOT IN (${a}, '2026-10-31')`),
    column.map((name) => `${name} IS NULL`),
    column.map((name) => `${name} LIKE '2026-11%'`),
    column.map((name) => `(${name} > '2026-11') IS DISTINCT FROM TRUE`),
    column.map((name) => `CASE WHEN ${name} > '2026-11' THEN dt < '2026-11-15' ELSE units > 2 END`),
    fc.constantFrom('units > 2', "units IS NULL OR dt = '2026-11-01'", "object LIKE '%/05/%'"),
    fc.constantFrom(
      "id IN (SELECT id FROM usage_events WHERE dt = '2026-11-02')",
      'dt = (SELECT max(dt) FROM usage_events)',
    ),
  )
  const condition = fc.letrec<{any: string}>((tie) => ({
    any: fc.oneof(
      {depthSize: 'small', withCrossShrink: true},
      leaf,
      fc
        .tuple(tie('any'), fc.constantFrom('AND', 'OR'), tie('any'))
        .map(([a, word, b]) => `(${a} ${word} ${b})`),
      tie('any').map((inner) => `NOT (${inner})`),
    ),
  })).any
  const shape = fc.constantFrom(
    (where: string) => `SELECT id FROM usage_events WHERE ${where}`,
    (where: string) => `WITH e AS (SELECT * FROM usage_events) SELECT id FROM e WHERE ${where}`,
    (where: string) =>
      `SELECT id FROM (SELECT id, max(units) AS units, max(object) AS object, dt, until_dt FROM usage_events GROUP BY id, dt, until_dt) WHERE ${where}`,
    (where: string) =>
      `SELECT e.id FROM usage_events e LEFT JOIN (SELECT id AS other, dt AS day FROM usage_events) o ON e.id = o.other AND o.day > '2026-11-01' WHERE ${where}`,
    (where: string) =>
      `SELECT id FROM (SELECT id, units, object, dt, until_dt, row_number() OVER (PARTITION BY dt ORDER BY id) AS place FROM usage_events) WHERE place = 1 AND ${where}`,
    (where: string) => `SELECT id FROM (SELECT * FROM usage_events ORDER BY id LIMIT 7) WHERE ${where}`,
  )

  it('never loses a row', async () => {
    await fc.assert(
      fc.asyncProperty(condition, shape, async (where, query) => {
        const sql = query(where)
        const answer = await done(sql)
        // A condition that may differ from row to row for all that is known says nothing of files.
        const plain = await done(query(`CASE WHEN random() < 2 THEN ${where} END`))

        expect({sql, rows: sorted(answer)}).toEqual({sql, rows: sorted(plain)})
        expect(scanned(answer)).toBeLessThanOrEqual(scanned(plain) ?? 0)
      }),
      {numRuns: runs(4, 25)},
    )
  })
})

function sorted(answer: Answer): (string | null)[] {
  return answer.rows.map(([id = null]) => id).sort()
}
