/**
 * `node fill-lake.js SAMPLE OUT EVENTS DAYS`: Parquet objects of a lake, one a day up to 2026-10-31, of the events in SAMPLE (a compacted object) over and over:
 * other ids, times spread over the days, and one event in a hundred a second time, as a producer's retry.
 */
const {mkdirSync} = require('node:fs')
const {join} = require('node:path')
const {DuckDBInstance} = require('@duckdb/node-api')

const [sample, out, events, days] = process.argv.slice(2)
const [perDay, last] = [Math.floor(Number(events) / Number(days)), Date.parse('2026-10-31T00:00:00Z')]

async function main() {
  const connection = await (await DuckDBInstance.create(':memory:', {threads: '2'})).connect()
  await connection.run(
    `SET TimeZone = 'UTC'; CREATE TABLE sample AS SELECT *, row_number() OVER () - 1 AS place FROM read_parquet('${sample}', hive_partitioning = false)`,
  )
  const [[count]] = (await connection.runAndReadAll('SELECT count(*) FROM sample')).getRowsJS()
  for (let day = 0; day < Number(days); day += 1) {
    const dt = new Date(last - day * 86_400_000).toISOString().slice(0, 10)
    const folder = join(out, `dt=${dt}`)
    mkdirSync(folder, {recursive: true})
    const id = (kind) => `md5('${kind}' || (${day} * ${perDay} + n))`
    const event = `SELECT s.* EXCLUDE (place) REPLACE (
        replace(s.object, '2026-11-01', '${dt}') AS object, ${id('envelope')} AS envelope_id, ${id('event')} AS event_id,
        TIMESTAMP '${dt}' + to_milliseconds(CAST(n * 86399000.0 / ${perDay} AS BIGINT)) AS billing_time,
        strftime(TIMESTAMP '${dt}' + to_milliseconds(CAST(n * 86399000.0 / ${perDay} AS BIGINT)), '%Y-%m-%dT%H:%M:%SZ') AS envelope_time)
      FROM range(${perDay}) AS numbers (n) JOIN sample AS s ON s.place = n % ${count}`
    const copy = `SELECT * REPLACE (${`md5('again' || envelope_id)`} AS envelope_id, replace(object, 'raw-', 'late-') AS object) FROM (${event} WHERE n % 100 = 0)`
    await connection.run(
      `COPY (SELECT * FROM (${event}) UNION ALL (${copy}) ORDER BY customer_id, billing_time) TO '${join(folder, 'filled.parquet')}' (FORMAT parquet, COMPRESSION zstd)`,
    )
  }
}

void main()
