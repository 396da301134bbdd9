/**
 * `node bare-copy.js RAW OUT copied|sorted`: bare DuckDB, held to 512 MiB and two threads, makes Parquet of raw objects by hand-written SQL. `copied`
 * is one COPY; `sorted` then sorts each partition by customer and time. Prints what it took, as JSON.
 */
const {mkdirSync, readFileSync, readdirSync} = require('node:fs')
const {join} = require('node:path')
const {DuckDBInstance} = require('@duckdb/node-api')

const [raw, out, how] = process.argv.slice(2)

const detail = `STRUCT("eventId" VARCHAR, "occurredAt" VARCHAR, service STRUCT(name VARCHAR, version VARCHAR, environment VARCHAR, instance VARCHAR),
  api STRUCT(operation VARCHAR, method VARCHAR, route VARCHAR, description VARCHAR), feature VARCHAR, customer STRUCT(id VARCHAR, plan VARCHAR),
  "user" STRUCT(id VARCHAR), client STRUCT(address VARCHAR, "userAgent" VARCHAR), request STRUCT("sizeBytes" BIGINT),
  response STRUCT("sizeBytes" BIGINT, status INTEGER), "durationMs" DOUBLE, quantity VARCHAR, sequence BIGINT, test BOOLEAN,
  attributes MAP(VARCHAR, VARCHAR))`

const rows = `SELECT filename AS object, id, time, source, "detail-type" AS detail_type, account, region,
  date_trunc('millisecond', coalesce(try_cast(detail."occurredAt" AS TIMESTAMPTZ), try_cast(time AS TIMESTAMPTZ)) AT TIME ZONE 'UTC') AS billing_time,
  detail."eventId" AS event_id, detail."occurredAt" AS occurred_at, detail.service.name AS service_name,
  detail.service.version AS service_version, detail.service.environment AS service_environment,
  detail.service.instance AS service_instance, detail.api.operation AS api_operation, detail.api.method AS api_method,
  detail.api.route AS api_route, detail.api.description AS api_description, detail.feature AS feature,
  detail.customer.id AS customer_id, detail.customer.plan AS customer_plan, detail."user".id AS user_id,
  detail.client.address AS client_address, detail.client."userAgent" AS client_user_agent,
  detail.request."sizeBytes" AS request_size_bytes, detail.response."sizeBytes" AS response_size_bytes,
  detail.response.status AS response_status, detail."durationMs" AS duration_ms,
  try_cast(detail.quantity AS DECIMAL(38, 9)) AS quantity, detail.sequence AS sequence, detail.test AS test,
  detail.attributes AS attributes, CAST(CAST(billing_time AS DATE) AS VARCHAR) AS dt
FROM read_json('${raw}/*.json', format = 'newline_delimited', filename = true, columns = {version: 'VARCHAR', id: 'VARCHAR',
  'detail-type': 'VARCHAR', source: 'VARCHAR', account: 'VARCHAR', time: 'VARCHAR', region: 'VARCHAR', resources: 'VARCHAR[]',
  detail: '${detail}'})`

async function main() {
  mkdirSync(out, {recursive: true})
  const settings = {
    threads: '2',
    preserve_insertion_order: 'false',
    memory_limit: '512MiB',
    temp_directory: out,
  }
  const connection = await (await DuckDBInstance.create(':memory:', settings)).connect()
  await connection.run("SET TimeZone = 'UTC'")
  const codec = how === 'copied' ? 'zstd' : 'lz4_raw'
  await connection.run(
    `COPY (${rows}) TO '${out}/parts' (FORMAT parquet, COMPRESSION ${codec}, PARTITION_BY (dt))`,
  )
  if (how === 'sorted') {
    for (const part of readdirSync(`${out}/parts`)) {
      const sorted = `SELECT * FROM read_parquet('${out}/parts/${part}/*', hive_partitioning = false) ORDER BY customer_id, billing_time`
      await connection.run(
        `COPY (${sorted}) TO '${join(out, part)}.parquet' (FORMAT parquet, COMPRESSION zstd)`,
      )
    }
  }
  const {user, system} = process.cpuUsage()
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))
  const peakMb = Math.round(Number(peak?.[1] ?? 0) / 1024)
  process.stdout.write(JSON.stringify({cpuSeconds: (user + system) / 1e6, peakMb}))
}

void main()
