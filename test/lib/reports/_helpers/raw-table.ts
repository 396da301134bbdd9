import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {DuckDBInstance} from '@duckdb/node-api'
import type {AnswerRow, ReportDefinition, ReportOptions} from '../../../../src/lib/reports/define-report'
import {rawSource} from '../../../../src/lib/reports/lake-source'
import {reportQuery} from '../../../../src/lib/reports/report-query'
import {loadSql} from '../../../../src/lib/reports/load-sql'
import {detailHiveType} from '../../../../src/lib/usage-event/columns'

export const sqlFolder = join(__dirname, '../../../../reports')

/** A line of a raw object: the envelope and where it lies. What is not given is missing from the line. */
export interface RawEvent {
  dt?: string
  path?: string
  id?: string
  source?: string
  time?: string
  eventId?: string
  occurredAt?: string
  customerId?: string
  plan?: string
  userId?: string
  feature?: string
  status?: number
  service?: string
  instance?: string
  sequence?: number
  operation?: string
  method?: string
  route?: string
  durationMs?: number
  /** Text, as the raw table has it. */
  quantity?: string
  attributes?: Record<string, string>
  test?: boolean
}

/** DuckDB in memory with a table `raw_events` of the raw table's own types, and Trino's functions that DuckDB lacks. */
export class RawTable {
  private constructor(private readonly instance: DuckDBInstance) {}

  static async of(events: readonly RawEvent[]): Promise<RawTable> {
    const table = new RawTable(await DuckDBInstance.create(':memory:'))
    const columns: Record<string, string> = {
      ...Object.fromEntries(
        ['id', 'source', 'detail_type', 'account', 'region', 'time'].map((name) => [name, 'VARCHAR']),
      ),
      resources: 'VARCHAR[]',
      detail: duckType(detailHiveType()),
      ...{dt: 'VARCHAR', hour: 'VARCHAR', $path: 'VARCHAR'},
    }
    const folder = mkdtempSync(join(tmpdir(), 'raw-table-'))
    const file = join(folder, 'events.ndjson')
    writeFileSync(file, events.map((event, i) => `${lineOf(event, i)}\n`).join(''))
    const types = Object.entries(columns).map(([name, type]) => `'${name}': '${type}'`)
    const names = Object.entries(columns).map(([name, type]) => `"${name}" ${type}`)
    await table.run([
      `CREATE TABLE raw_events (${names.join(', ')})`,
      ...(events.length === 0
        ? []
        : [
            `INSERT INTO raw_events SELECT * FROM read_json('${file}', format = 'newline_delimited', columns = {${types.join(', ')}})`,
          ]),
    ])
    rmSync(folder, {recursive: true})
    return table
  }

  /** The answer of a report's query as Athena gives it: text, NULL missing. */
  async answer<O extends ReportOptions>(report: ReportDefinition<O>, options: O): Promise<AnswerRow[]> {
    const {names: sources, values} = reportQuery(report, options, rawSource(['json']).events)
    const sql = await loadSql(sqlFolder, report.sqlFile, sources)
    const connection = await this.instance.connect()
    try {
      await prepareSession(connection)
      const reader = await connection.runAndReadAll(sql, values)
      const names = reader.columnNames()
      return reader.getRowsJson().map((row) => {
        const cells = row.map((value, i) => [names[i] ?? '', value] as const)
        return Object.fromEntries(cells.filter(([, v]) => v !== null).map(([k, v]) => [k, String(v)]))
      })
    } finally {
      connection.closeSync()
    }
  }

  /** Names of the columns that a report's query answers with. */
  async columnsOf<O extends ReportOptions>(report: ReportDefinition<O>, options: O): Promise<string[]> {
    const {names, values} = reportQuery(report, options, rawSource(['json']).events)
    const sql = await loadSql(sqlFolder, report.sqlFile, names)
    const connection = await this.instance.connect()
    try {
      await prepareSession(connection)
      return (await connection.runAndReadAll(sql, values)).columnNames()
    } finally {
      connection.closeSync()
    }
  }

  close(): void {
    this.instance.closeSync()
  }

  private async run(statements: readonly string[]): Promise<void> {
    const connection = await this.instance.connect()
    for (const statement of statements) await connection.run(statement)
    connection.closeSync()
  }
}

async function prepareSession(connection: {run: (sql: string) => Promise<unknown>}): Promise<void> {
  await connection.run(`SET TimeZone = 'UTC'`)
  await connection.run('CREATE OR REPLACE TEMP MACRO from_iso8601_timestamp(s) AS CAST(s AS TIMESTAMPTZ)')
  await connection.run('CREATE OR REPLACE TEMP MACRO regexp_like(s, p) AS regexp_matches(s, p)')
  await connection.run('CREATE OR REPLACE TEMP MACRO element_at(a, i) AS a[i]')
}

/** A Hive struct type in DuckDB's words: `struct<a:string,b:struct<c:int>>` is `STRUCT(a VARCHAR, b STRUCT(c INTEGER))`. */
function duckType(hive: string): string {
  return hive
    .replaceAll('map<string,string>', 'MAP(VARCHAR, VARCHAR)')
    .replace(/(\w+):/g, '"$1" ')
    .replaceAll('struct<', 'STRUCT(')
    .replaceAll('>', ')')
    .replace(/\bstring\b/g, 'VARCHAR')
    .replace(/\bint\b/g, 'INTEGER')
}

/** The line as read_json takes it; keys are those of the raw table's columns. */
function lineOf(event: RawEvent, index: number): string {
  const dt = event.dt ?? (event.time ?? '2026-11-10').slice(0, 10)
  return JSON.stringify({
    id: event.id ?? `envelope-${index}`,
    source: event.source ?? 'my-applications',
    time: event.time,
    dt,
    hour: '00',
    $path: event.path ?? `s3://b/events/dt=${dt}/o-1.gz`,
    detail: {
      eventid: event.eventId,
      occurredat: event.occurredAt,
      feature: event.feature,
      customer: {id: event.customerId, plan: event.plan},
      user: {id: event.userId},
      service: {name: event.service, instance: event.instance},
      api: {operation: event.operation, method: event.method, route: event.route},
      durationms: event.durationMs,
      attributes: event.attributes,
      response: {status: event.status},
      quantity: event.quantity,
      sequence: event.sequence,
      test: event.test,
    },
  })
}
