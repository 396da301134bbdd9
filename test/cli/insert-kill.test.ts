import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena'
import {
  CreateDatabaseCommand,
  CreateTableCommand,
  GetPartitionsCommand,
  GlueClient,
} from '@aws-sdk/client-glue'
import {CreateBucketCommand, ListObjectsV2Command, S3Client} from '@aws-sdk/client-s3'
import {readdirSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {temporaryFolder} from '../_helpers/endpoint'
import {runs} from '../_helpers/runs'
import {serve} from '../_helpers/tool'
import {parquetTable} from '../lib/local/services/firehose/converting'

const region = 'us-east-1'
const credentials = {accessKeyId: 'test', secretAccessKey: 'test'}
const rowCount = 200_000
const kills = runs(3, 8)
const insert = `INSERT INTO kept SELECT n, CAST(n % 5 AS VARCHAR) FROM UNNEST(sequence(1, ${rowCount})) AS t(n) ORDER BY n DESC`

/** The clients of one life of an endpoint. */
class Client {
  private readonly athena: AthenaClient
  readonly glue: GlueClient
  readonly s3: S3Client

  constructor(endpoint: string) {
    const config = {endpoint, region, credentials, maxAttempts: 1}
    this.athena = new AthenaClient(config)
    this.glue = new GlueClient(config)
    this.s3 = new S3Client({...config, forcePathStyle: true})
  }

  async start(sql: string): Promise<string> {
    const answer = await this.athena.send(
      new StartQueryExecutionCommand({
        QueryString: sql,
        QueryExecutionContext: {Database: 'usage'},
        ResultConfiguration: {OutputLocation: 's3://lake/results/'},
      }),
    )
    return answer.QueryExecutionId ?? ''
  }

  async state(id: string): Promise<string> {
    const answer = await this.athena.send(new GetQueryExecutionCommand({QueryExecutionId: id}))
    return answer.QueryExecution?.Status?.State ?? ''
  }

  /** Asks for the state until it is final, at most `times`. Returns how often it has asked. */
  async follow(id: string, times: number): Promise<number> {
    for (let asked = 0; asked < times; asked += 1) {
      const state = await this.state(id)
      if (state !== 'QUEUED' && state !== 'RUNNING') return asked
    }
    return times
  }

  /** The only value that a query gives. */
  async value(sql: string): Promise<string | undefined> {
    const id = await this.start(sql)
    await this.follow(id, Infinity)
    const answer = await this.athena.send(new GetQueryResultsCommand({QueryExecutionId: id}))
    return answer.ResultSet?.Rows?.[1]?.Data?.[0]?.VarCharValue
  }
}

it('an INSERT INTO whose endpoint is killed is there whole, or nothing of it', async () => {
  const dataDir = temporaryFolder()
  let serving = await serve(dataDir)
  let client = new Client(serving.url)
  await client.s3.send(new CreateBucketCommand({Bucket: 'lake'}))
  await client.glue.send(new CreateDatabaseCommand({DatabaseInput: {Name: 'usage'}}))
  const PartitionKeys = [{Name: 'dt', Type: 'string'}]
  const TableInput = {...parquetTable({n: 'bigint'}, 'kept'), PartitionKeys}
  await client.glue.send(new CreateTableCommand({DatabaseName: 'usage', TableInput}))
  const first = await client.start(insert)
  const wholeLife = await client.follow(first, Infinity)
  expect(await client.state(first)).toBe('SUCCEEDED')

  let succeeded = 1
  for (let round = 0; round < kills; round += 1) {
    const id = await client.start(insert)
    await client.follow(id, Math.floor(Math.random() * wholeLife * 1.2))
    await serving.end('SIGKILL')
    serving = await serve(dataDir)
    client = new Client(serving.url)

    const state = await client.state(id)
    const {Contents} = await client.s3.send(new ListObjectsV2Command({Bucket: 'lake', Prefix: 'kept/'}))
    const own = (Contents ?? []).filter((object) => object.Key?.includes(id))
    if (state === 'SUCCEEDED') succeeded += 1
    expect(['SUCCEEDED', 'FAILED']).toContain(state)
    expect(own).toHaveLength(state === 'SUCCEEDED' ? 5 : 0)
    expect(Contents).toHaveLength(succeeded * 5)
    expect(await client.value('SELECT count(*) FROM kept')).toBe(String(succeeded * rowCount))
  }

  const {Partitions} = await client.glue.send(
    new GetPartitionsCommand({DatabaseName: 'usage', TableName: 'kept'}),
  )
  const files = readdirSync(join(dataDir, 'buckets/lake/kept'), {recursive: true, withFileTypes: true})
  await serving.end()
  expect(Partitions).toHaveLength(5)
  expect(files.filter((entry) => entry.isFile())).toHaveLength(succeeded * 5)
  rmSync(dataDir, {recursive: true, force: true})
}, 180_000)
