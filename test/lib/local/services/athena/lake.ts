import {gzipSync} from 'node:zlib'
import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
  type QueryExecution,
  type ResultSet,
  type StartQueryExecutionCommandInput,
} from '@aws-sdk/client-athena'
import {
  CreateDatabaseCommand,
  CreatePartitionCommand,
  CreateTableCommand,
  GlueClient,
  type TableInput,
} from '@aws-sdk/client-glue'
import {CreateBucketCommand, PutObjectCommand, S3Client} from '@aws-sdk/client-s3'
import {discard, testEndpoint, type TestEndpoint} from '../../../../_helpers/endpoint'
import {eventually} from '../../../../_helpers/eventually'

export interface Answer {
  execution: QueryExecution
  state: string | undefined
  reason: string | undefined
  columns: string[]
  types: string[]
  /** Without the header; NULL is null. */
  rows: (string | null)[][]
  /** The first cell of each row, of an answer without a header. */
  lines: string[]
  result: ResultSet | undefined
}

/** A bucket `lake`, a database `usage`, and the clients to fill and to ask them. */
export class Lake {
  private constructor(
    readonly endpoint: TestEndpoint,
    readonly athena: AthenaClient,
    readonly glue: GlueClient,
    readonly s3: S3Client,
  ) {}

  static async open(dataDir?: string): Promise<Lake> {
    const endpoint = await testEndpoint(dataDir)
    const {client} = endpoint
    const lake = new Lake(endpoint, new AthenaClient(client), new GlueClient(client), new S3Client(client))
    if (dataDir === undefined) {
      await lake.s3.send(new CreateBucketCommand({Bucket: 'lake'}))
      await lake.glue.send(new CreateDatabaseCommand({DatabaseInput: {Name: 'usage'}}))
    }
    return lake
  }

  /** Ends the endpoint and keeps its folder. */
  async close(): Promise<void> {
    for (const client of [this.athena, this.glue, this.s3]) client.destroy()
    await this.endpoint.close()
  }

  async discard(): Promise<void> {
    for (const client of [this.athena, this.glue, this.s3]) client.destroy()
    await discard(this.endpoint)
  }

  /** Writes an object, compressed where its name ends in `.gz`. */
  async put(key: string, text: string): Promise<number> {
    return this.putBytes(key, key.endsWith('.gz') ? gzipSync(text) : Buffer.from(text))
  }

  async putBytes(key: string, body: Buffer): Promise<number> {
    await this.s3.send(new PutObjectCommand({Bucket: 'lake', Key: key, Body: body}))
    return body.length
  }

  async database(name: string): Promise<void> {
    await this.glue.send(new CreateDatabaseCommand({DatabaseInput: {Name: name}}))
  }

  async table(input: TableInput): Promise<void> {
    await this.glue.send(new CreateTableCommand({DatabaseName: 'usage', TableInput: input}))
  }

  /** Adds a partition at the standard place below the table's location. */
  async partition(table: string, values: string[]): Promise<void> {
    await this.glue.send(
      new CreatePartitionCommand({DatabaseName: 'usage', TableName: table, PartitionInput: {Values: values}}),
    )
  }

  async start(sql: string, more: Partial<StartQueryExecutionCommandInput> = {}): Promise<string> {
    const answer = await this.athena.send(
      new StartQueryExecutionCommand({
        QueryString: sql,
        QueryExecutionContext: {Database: 'usage'},
        ResultConfiguration: {OutputLocation: 's3://lake/results/'},
        ...more,
      }),
    )
    return answer.QueryExecutionId ?? ''
  }

  async finished(id: string): Promise<QueryExecution> {
    return eventually(async () => {
      const answer = await this.athena.send(new GetQueryExecutionCommand({QueryExecutionId: id}))
      const state = answer.QueryExecution?.Status?.State
      return state === 'QUEUED' || state === 'RUNNING' ? undefined : answer.QueryExecution
    })
  }

  async ask(sql: string, more: Partial<StartQueryExecutionCommandInput> = {}): Promise<Answer> {
    const id = await this.start(sql, more)
    const execution = await this.finished(id)
    const state = execution.Status?.State
    const reason = execution.Status?.StateChangeReason
    const nothing = {execution, state, reason, columns: [], types: [], rows: [], lines: [], result: undefined}
    if (state !== 'SUCCEEDED') return nothing
    const {ResultSet} = await this.athena.send(new GetQueryResultsCommand({QueryExecutionId: id}))
    const rows = (ResultSet?.Rows ?? []).map((row) =>
      (row.Data ?? []).map((datum) => datum.VarCharValue ?? null),
    )
    const info = ResultSet?.ResultSetMetadata?.ColumnInfo ?? []
    return {
      ...nothing,
      columns: info.map((column) => column.Name ?? ''),
      types: info.map((column) => column.Type ?? ''),
      rows: rows.slice(1),
      lines: rows.map(([cell]) => cell ?? ''),
      result: ResultSet,
    }
  }
}

/** A table of JSON lines at `s3://lake/NAME/` with OpenX's SerDe. */
export function jsonTable(
  name: string,
  columns: Record<string, string>,
  more: {
    serde?: Record<string, string>
    keys?: Record<string, string>
    properties?: Record<string, string>
  } = {},
): TableInput {
  return {
    Name: name,
    TableType: 'EXTERNAL_TABLE',
    PartitionKeys: toColumns(more.keys ?? {}),
    Parameters: {EXTERNAL: 'TRUE', ...more.properties},
    StorageDescriptor: {
      Columns: toColumns(columns),
      Location: `s3://lake/${name}/`,
      InputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
      OutputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
      SerdeInfo: {
        SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe',
        Parameters: {'ignore.malformed.json': 'true', ...more.serde},
      },
    },
  }
}

function toColumns(types: Record<string, string>): {Name: string; Type: string}[] {
  return Object.entries(types).map(([Name, Type]) => ({Name, Type}))
}
