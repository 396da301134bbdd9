import {AthenaClient} from '@aws-sdk/client-athena'
import {FirehoseClient, PutRecordBatchCommand} from '@aws-sdk/client-firehose'
import {GlueClient} from '@aws-sdk/client-glue'
import {CreateBucketCommand, S3Client} from '@aws-sdk/client-s3'
import type {RecordFormat} from '../../../src/lib/road/record-format'
import {discard, temporaryFolder, testEndpoint, type TestEndpoint} from '../../_helpers/endpoint'
import {runCommand, type WatchedRun} from '../../_helpers/run-command'

const batchSize = 500

/** Roads of usage events on a local endpoint, one in each region, by the tool's own commands. */
export class Roads {
  private constructor(
    readonly endpoint: TestEndpoint,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** `from`: what the endpoint's clock shows at first, milliseconds since 1970. */
  static async open(from: number): Promise<Roads> {
    const environment = {...process.env}
    Object.assign(process.env, {AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test'})
    const behind = Date.now() - from
    const endpoint = await testEndpoint(temporaryFolder(), () => Date.now() - behind)
    const s3 = new S3Client(endpoint.client)
    await s3.send(new CreateBucketCommand({Bucket: 'results'}))
    s3.destroy()
    return new Roads(endpoint, environment)
  }

  async close(): Promise<void> {
    process.env = this.environment
    await discard(this.endpoint)
  }

  /** Runs a command of the tool on the road of a region. */
  run(region: string, ...words: string[]): Promise<WatchedRun> {
    return runCommand([...words, '--endpoint-url', this.endpoint.url, '--region', region])
  }

  /** Runs a command that must succeed. */
  async must(region: string, ...words: string[]): Promise<void> {
    const {exitCode, stdout} = await this.run(region, ...words)
    if (exitCode !== 0) throw new Error(`${words.join(' ')} ended with ${exitCode}: ${stdout}`)
  }

  bind(region: string, recordFormat: RecordFormat): Promise<void> {
    return this.must(region, 'bind-target', '--yes', '--record-format', recordFormat)
  }

  /** Puts records into the stream of a region, as the bus would. */
  async put(region: string, records: readonly string[]): Promise<void> {
    const firehose = new FirehoseClient({...this.endpoint.client, region})
    for (let at = 0; at < records.length; at += batchSize) {
      const Records = records.slice(at, at + batchSize).map((record) => ({Data: Buffer.from(record)}))
      const {FailedPutCount: failed} = await firehose.send(
        new PutRecordBatchCommand({DeliveryStreamName: 'usage-events', Records}),
      )
      if (failed !== 0) throw new Error(`${failed} records were not taken`)
    }
    firehose.destroy()
  }

  glue(region: string): GlueClient {
    return new GlueClient({...this.endpoint.client, region})
  }

  athena(region: string): AthenaClient {
    return new AthenaClient({...this.endpoint.client, region})
  }
}
