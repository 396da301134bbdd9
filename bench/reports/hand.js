/**
 * `node hand.js billing|metered|features FROM TO FILES`: bare DuckDB, two threads, answers a report by hand-written SQL over Parquet files, de-duplication included:
 * ids that come more than once are looked for first, events without copies are counted as they are read, and windows put the others in order. Prints what it took and an
 * account of the answer, as JSON.
 */
const {readFileSync} = require('node:fs')
const {join} = require('node:path')
const {DuckDBInstance} = require('@duckdb/node-api')

const [name, from, to, files] = process.argv.slice(2)

async function main() {
  const settings = {threads: '2', preserve_insertion_order: 'false', memory_limit: '1GiB'}
  const connection = await (await DuckDBInstance.create(':memory:', settings)).connect()
  const sql = readFileSync(join(__dirname, `${name}.sql`), 'utf8')
  const startedAt = process.hrtime.bigint()
  const reader = await connection.runAndReadAll(
    sql
      .replaceAll('$files', `'${files}'`)
      .replaceAll('$from', `TIMESTAMP '${from}'`)
      .replaceAll('$to', `TIMESTAMP '${to}'`),
  )
  const seconds = Number(process.hrtime.bigint() - startedAt) / 1e9
  const {user, system} = process.cpuUsage()
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))
  const calls = reader.getRowObjectsJS().reduce((sum, row) => sum + BigInt(row.calls), 0n)
  const peakMb = Math.round(Number(peak?.[1] ?? 0) / 1024)
  process.stdout.write(
    JSON.stringify({seconds, cpuSeconds: (user + system) / 1e6, peakMb, calls: String(calls)}),
  )
}

void main()
