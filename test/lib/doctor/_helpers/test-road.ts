import {AthenaClient} from '@aws-sdk/client-athena'
import {EventBridgeClient, PutEventsCommand} from '@aws-sdk/client-eventbridge'
import {FirehoseClient} from '@aws-sdk/client-firehose'
import {GlueClient} from '@aws-sdk/client-glue'
import {IAMClient} from '@aws-sdk/client-iam'
import {S3Client} from '@aws-sdk/client-s3'
import {SQSClient} from '@aws-sdk/client-sqs'
import type {DoctorResult} from '../../../../src/lib/doctor/doctor-result'
import type {HopFinding} from '../../../../src/lib/doctor/finding'
import {roadResources} from '../../../../src/lib/road/road'
import type {RecordFormat} from '../../../../src/lib/road/record-format'
import type {Road} from '../../../../src/lib/road/road'
import {defaultPattern} from '../../../../src/lib/road/settings'
import type {TestEndpoint} from '../../../_helpers/endpoint'
import {runWords} from './run-words'
import type {Ran} from './run-words'

export interface Names {
  bus: string
  rule: string
  firehose: string
  bucket: string
  database: string
  workgroup: string
}

/** Names that no other road has. */
export function namesOf(id: string): Names {
  return {
    bus: `bus-${id}`,
    rule: `rule-${id}`,
    firehose: `stream-${id}`,
    bucket: `bucket-${id}`,
    database: `db_${id}`,
    workgroup: `group-${id}`,
  }
}

/** One road on a shared endpoint: bound, broken and looked at through the tool, broken by the SDK. */
export class TestRoad {
  readonly road: Road
  readonly eventBridge: EventBridgeClient
  readonly firehose: FirehoseClient
  readonly glue: GlueClient
  readonly iam: IAMClient
  readonly s3: S3Client
  readonly sqs: SQSClient
  readonly athena: AthenaClient

  constructor(
    readonly endpoint: TestEndpoint,
    readonly names: Names,
    readonly dlq: string | undefined,
    readonly region = 'eu-west-1',
    /** Named when the road is bound, and never again. */
    private readonly recordFormat?: RecordFormat,
  ) {
    const client = {...endpoint.client, region}
    this.eventBridge = new EventBridgeClient(client)
    this.firehose = new FirehoseClient(client)
    this.glue = new GlueClient(client)
    this.iam = new IAMClient(client)
    this.s3 = new S3Client({...client, forcePathStyle: true})
    this.sqs = new SQSClient({...client, useQueueUrlAsEndpoint: false})
    this.athena = new AthenaClient(client)
    const [source, detailType] = ['my-applications', 'api-usage-event']
    this.road = roadResources({
      ...names,
      stream: names.firehose,
      accountId: '000000000000',
      region,
      source,
      detailType,
      pattern: defaultPattern(source, detailType),
      dlq,
      recordFormat,
      tags: {},
    })
  }

  private get place(): string[] {
    return ['--endpoint-url', this.endpoint.url, '--region', this.region]
  }

  private flags(...keys: (keyof Names)[]): string[] {
    return keys.flatMap((key) => [`--${key}`, this.names[key]])
  }

  private get roadFlags(): string[] {
    return this.flags('bus', 'rule', 'firehose', 'bucket', 'database', 'workgroup')
  }

  /** `more` are words beside those of the names. */
  async bind(...more: string[]): Promise<void> {
    const queue = this.dlq === undefined ? [] : ['--dlq', this.dlq]
    const {exitCode, stdout} = await runWords([
      'bind-target',
      '--yes',
      '--json',
      ...this.roadFlags,
      ...queue,
      ...(this.recordFormat === undefined ? [] : ['--record-format', this.recordFormat]),
      ...this.place,
      ...more,
    ])
    if (exitCode !== 0) throw new Error(`bind-target failed: ${stdout}`)
  }

  /** Without `--dlq`: the doctor finds the queue at the target. */
  async doctor(...more: string[]): Promise<Ran & {answer: DoctorResult}> {
    const ran = await runWords(['doctor', '--json', ...this.roadFlags, ...this.place, ...more])
    return {...ran, answer: ran.answer as DoctorResult}
  }

  async doctorText(): Promise<Ran> {
    return runWords(['doctor', ...this.roadFlags, ...this.place])
  }

  /** Sends events of one customer, and delivers what waits. Events for a bus that is not there are lost, as on AWS. */
  async send(customer: string, count = 1): Promise<void> {
    const entries = Array.from({length: count}, (_, i) => ({
      EventBusName: this.names.bus,
      Source: 'my-applications',
      DetailType: 'api-usage-event',
      Detail: JSON.stringify({
        eventId: `${this.names.bus}-${customer}-${i}`,
        occurredAt: new Date(Date.now() - 1000).toISOString(),
        service: {name: 'shop', instance: 'shop-1'},
        api: {operation: 'Checkout'},
        customer: {id: customer, plan: 'pro'},
      }),
    }))
    await this.eventBridge.send(new PutEventsCommand({Entries: entries}))
    await this.endpoint.flush()
  }

  /** Sends an event of this detail, and delivers what waits. */
  async sendDetail(detail: object): Promise<void> {
    const Entry = {
      EventBusName: this.names.bus,
      Source: 'my-applications',
      DetailType: 'api-usage-event',
      Detail: JSON.stringify(detail),
    }
    await this.eventBridge.send(new PutEventsCommand({Entries: [Entry]}))
    await this.endpoint.flush()
  }

  /** Calls of a customer on the bill of the last 60 days; undefined where no bill can be made. */
  async billedCalls(customer: string): Promise<number | undefined> {
    const words = ['report', 'billing', '--json', '--from', '-60d', ...this.flags('database', 'workgroup')]
    const {exitCode, answer} = await runWords([...words, '--stream', this.names.firehose, ...this.place])
    if (exitCode !== 0) return undefined
    const {rows} = answer as {rows: {customerId: string; calls: number}[]}
    return rows.find(({customerId}) => customerId === customer)?.calls ?? 0
  }

  close(): void {
    for (const client of [
      this.eventBridge,
      this.firehose,
      this.glue,
      this.iam,
      this.s3,
      this.sqs,
      this.athena,
    ]) {
      client.destroy()
    }
  }
}

export function brokenHops({hops}: DoctorResult): HopFinding[] {
  return hops.filter(({status}) => status === 'broken')
}
