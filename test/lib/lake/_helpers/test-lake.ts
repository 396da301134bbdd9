import {gzipSync} from 'node:zlib'
import {AthenaClient, CreateWorkGroupCommand} from '@aws-sdk/client-athena'
import {CreateDatabaseCommand, CreateTableCommand, GlueClient} from '@aws-sdk/client-glue'
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import {compact, type CompactCounts, type CompactOptions} from '../../../../src/lib/lake/compact/compact'
import type {LakeDeps, LakePlace} from '../../../../src/lib/lake/compact/lake-deps'
import {applyInit} from '../../../../src/lib/lake/init/apply-init'
import {planInit} from '../../../../src/lib/lake/init/plan-init'
import {readHead} from '../../../../src/lib/lake/ledger/head'
import {billingReport} from '../../../../src/lib/reports/billing'
import {featuresReport} from '../../../../src/lib/reports/features'
import {readLakeSource} from '../../../../src/lib/reports/lake-source'
import {runQuery} from '../../../../src/lib/reports/run-query'
import {runReport, type ReportResult} from '../../../../src/lib/reports/run-report'
import {rawTable} from '../../../../src/lib/road/raw-table'
import type {RecordFormat} from '../../../../src/lib/road/record-format'
import {defaultPattern} from '../../../../src/lib/road/settings'
import type {TestEndpoint} from '../../../_helpers/endpoint'
import {shortSleep} from '../../../_helpers/eventually'
import {sqlFolder} from '../../reports/_helpers/raw-table'

/** The moment at which a test's lake is looked at. */
export const now = Date.UTC(2026, 10, 20, 12, 30)

/** A lake on an endpoint: its objects are put there as Firehose would, everything else goes the tool's way. */
export class TestLake {
  readonly athena: AthenaClient
  readonly glue: GlueClient
  readonly s3: S3Client

  constructor(
    readonly endpoint: TestEndpoint,
    readonly place: LakePlace = {bucket: 'usage-lake', database: 'usage', workgroup: 'usage'},
  ) {
    this.athena = new AthenaClient(endpoint.client)
    this.glue = new GlueClient(endpoint.client)
    this.s3 = new S3Client({...endpoint.client, forcePathStyle: true})
  }

  /** Bucket, database, raw tables and workgroup, as a binding makes them. */
  async make(formats: readonly RecordFormat[] = ['json']): Promise<void> {
    const {bucket, database, workgroup} = this.place
    await this.s3.send(new CreateBucketCommand({Bucket: bucket}))
    await this.glue.send(new CreateDatabaseCommand({DatabaseInput: {Name: database}}))
    for (const recordFormat of formats) {
      const TableInput = rawTable({...settings, ...this.place, recordFormat})
      await this.glue.send(new CreateTableCommand({DatabaseName: database, TableInput}))
    }
    const ResultConfiguration = {OutputLocation: `s3://${bucket}/athena-results/`}
    const Configuration = {EnforceWorkGroupConfiguration: true, ResultConfiguration}
    await this.athena.send(new CreateWorkGroupCommand({Name: workgroup, Configuration}))
  }

  deps(more: Partial<LakeDeps> = {}): LakeDeps {
    const owner = {host: 'test', pid: 1, run: 'one'}
    return {
      ...{athena: this.athena, glue: this.glue, s3: this.s3, owner},
      now: () => now,
      sleep: shortSleep,
      signal: new AbortController().signal,
      isRunning: () => false,
      ...more,
    }
  }

  async init(scanLimitBytes?: number) {
    const plan = await planInit(this.deps(), this.place, {scanLimitBytes})
    await applyInit(this.deps(), this.place, plan)
    return plan.changes
  }

  compact(options: Partial<CompactOptions> = {}, more: Partial<LakeDeps> = {}): Promise<CompactCounts> {
    return compact(this.deps(more), this.place, {to: now, formats: ['json'], ...options})
  }

  /** Puts a raw object of events that arrived in an hour, `2026-11-10T05`. */
  async put(hour: string, events: readonly object[], name = `o-${this.count++}`): Promise<string> {
    return this.putText(hour, events.map((event) => `${JSON.stringify(event)}\n`).join(''), name)
  }

  async putText(hour: string, text: string, name = `o-${this.count++}`): Promise<string> {
    return this.putBytes(hour, gzipSync(text), `${name}.gz`)
  }

  async putBytes(hour: string, Body: Buffer, name: string): Promise<string> {
    const [dt, at] = hour.split('T')
    const Key = `events/dt=${dt}/hour=${at}/${name}`
    await this.s3.send(new PutObjectCommand({Bucket: this.place.bucket, Key, Body}))
    return Key
  }

  /** Puts an object of any key, in place of one that is there. */
  async replace(Key: string, Body: string): Promise<void> {
    await this.s3.send(new PutObjectCommand({Bucket: this.place.bucket, Key, Body}))
  }

  private count = 1

  async query(sql: string) {
    return (await runQuery(this.deps(), {...this.place, sql, parameters: []})).rows
  }

  /** What reports see of each event, in the order of arrival; not how it is stored. */
  async seen() {
    const columns =
      'envelope_id, event_id, object, billing_time, customer_id, customer_plan, quantity, feature, test'
    return this.query(`SELECT ${columns} FROM usage_events ORDER BY arrival, envelope_id, event_id`)
  }

  /** Reports over all that a test's events cover, without what tells one run of them from another. */
  async reports(): Promise<Partial<ReportResult>[]> {
    const range = {from: Date.UTC(2026, 9, 1), to: Date.UTC(2026, 11, 1)}
    const deps = {
      ...this.deps(),
      lakeSource: () => readLakeSource(this.glue, this.place.database),
      stream: 'usage-events',
      undelivered: async () => ({count: 0}),
      firehose: () => Promise.reject(new Error('not asked')),
      sqlFolder,
    }
    const place = {accountId: '000000000000', region: 'eu-west-1', ...this.place}
    const results = [
      await runReport(deps, billingReport, range, place),
      await runReport(deps, featuresReport, range, place),
    ]
    return results.map(({result}) => {
      const {rows, totals, duplicateCount, conflictCount, unkeyedCount, testCount} = result
      return {rows, totals, duplicateCount, conflictCount, unkeyedCount, testCount}
    })
  }

  async head() {
    return (await readHead({s3: this.s3, bucket: this.place.bucket})).head
  }

  async keys(Prefix: string): Promise<string[]> {
    const {Contents = []} = await this.s3.send(new ListObjectsV2Command({Bucket: this.place.bucket, Prefix}))
    return Contents.map(({Key = ''}) => Key)
  }

  async bytesOf(Key: string): Promise<Buffer> {
    const {Body} = await this.s3.send(new GetObjectCommand({Bucket: this.place.bucket, Key}))
    return Buffer.from((await Body?.transformToByteArray()) ?? [])
  }

  close(): void {
    for (const client of [this.athena, this.glue, this.s3]) client.destroy()
  }
}

export const settings = {
  accountId: '000000000000',
  region: 'eu-west-1',
  ...{bus: 'usage', rule: 'api-usage', stream: 'usage-events', source: 'my-applications'},
  detailType: 'api-usage-event',
  pattern: defaultPattern('my-applications', 'api-usage-event'),
  tags: {},
}

/** An event as EventBridge hands it on. */
export function envelope(id: string, time: string, detail: object): object {
  return {
    version: '0',
    id,
    'detail-type': 'api-usage-event',
    source: 'my-applications',
    account: '000000000000',
    time,
    region: 'eu-west-1',
    resources: [],
    detail,
  }
}
