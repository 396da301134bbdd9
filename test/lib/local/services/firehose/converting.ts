import {CloudWatchClient, GetMetricDataCommand} from '@aws-sdk/client-cloudwatch'
import {
  CreateDeliveryStreamCommand,
  DescribeDeliveryStreamCommand,
  FirehoseClient,
  PutRecordBatchCommand,
  UpdateDestinationCommand,
  type DataFormatConversionConfiguration,
  type ExtendedS3DestinationConfiguration,
  type ExtendedS3DestinationDescription,
  type ExtendedS3DestinationUpdate,
} from '@aws-sdk/client-firehose'
import type {TableInput} from '@aws-sdk/client-glue'
import {
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import {GetObjectCommand, ListObjectsV2Command} from '@aws-sdk/client-s3'
import {Lake} from '../athena/lake'

export const role = 'arn:aws:iam::000000000000:role/deliver'

const glue = 'arn:aws:glue:eu-west-1:000000000000'
export const glueStatement = {
  Effect: 'Allow',
  Action: ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'],
  Resource: [`${glue}:catalog`, `${glue}:database/usage`, `${glue}:table/usage/calls`],
}
const bucketStatement = {Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::lake/*'}

/** A table of Parquet files at `s3://lake/calls/`. */
export function parquetTable(columns: Record<string, string>, name = 'calls'): TableInput {
  return {
    Name: name,
    TableType: 'EXTERNAL_TABLE',
    Parameters: {EXTERNAL: 'TRUE'},
    StorageDescriptor: {
      Columns: Object.entries(columns).map(([Name, Type]) => ({Name, Type})),
      Location: `s3://lake/${name}/`,
      InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
      OutputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
      SerdeInfo: {SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe'},
    },
  }
}

/** What Firehose wrote of a record that it could not convert. */
export interface ErrorRecord {
  lastErrorCode: string
  lastErrorMessage: string
  rawData: string
  [member: string]: unknown
}

/** A lake with a delivery stream that converts to Parquet by the table `usage.calls`. */
export class ConvertingStream {
  private constructor(
    readonly lake: Lake,
    readonly firehose: FirehoseClient,
    readonly iam: IAMClient,
  ) {}

  static async open(columns: Record<string, string>): Promise<ConvertingStream> {
    const lake = await Lake.open()
    const {client} = lake.endpoint
    const stream = new ConvertingStream(lake, new FirehoseClient(client), new IAMClient(client))
    await lake.table(parquetTable(columns))
    await stream.iam.send(
      new CreateRoleCommand({
        RoleName: 'deliver',
        AssumeRolePolicyDocument: trustOf('firehose.amazonaws.com'),
      }),
    )
    await stream.allow(bucketStatement, glueStatement)
    return stream
  }

  /** What the stream's role may do. */
  async allow(...Statement: object[]): Promise<void> {
    await this.iam.send(
      new PutRolePolicyCommand({
        RoleName: 'deliver',
        PolicyName: 'write',
        PolicyDocument: JSON.stringify({Version: '2012-10-17', Statement}),
      }),
    )
  }

  /** Who may take the stream's role on. */
  async trust(Service: string): Promise<void> {
    await this.iam.send(
      new UpdateAssumeRolePolicyCommand({RoleName: 'deliver', PolicyDocument: trustOf(Service)}),
    )
  }

  allowBucketOnly(): Promise<void> {
    return this.allow(bucketStatement)
  }

  async create(
    conversion: Partial<DataFormatConversionConfiguration> = {},
    more: Partial<ExtendedS3DestinationConfiguration> = {},
  ): Promise<void> {
    await this.firehose.send(
      new CreateDeliveryStreamCommand({
        DeliveryStreamName: 'usage',
        ExtendedS3DestinationConfiguration: destination(conversion, more),
      }),
    )
  }

  async put(...records: (string | Buffer)[]): Promise<void> {
    for (let from = 0; from < records.length; from += 500) {
      await this.firehose.send(
        new PutRecordBatchCommand({
          DeliveryStreamName: 'usage',
          Records: records.slice(from, from + 500).map((record) => ({Data: Buffer.from(record)})),
        }),
      )
    }
  }

  async keys(prefix: string): Promise<string[]> {
    const {Contents = []} = await this.lake.s3.send(
      new ListObjectsV2Command({Bucket: 'lake', Prefix: prefix}),
    )
    return Contents.map((object) => object.Key ?? '')
  }

  async content(key: string): Promise<Buffer> {
    const {Body} = await this.lake.s3.send(new GetObjectCommand({Bucket: 'lake', Key: key}))
    return Buffer.from((await Body?.transformToByteArray()) ?? [])
  }

  /** The records of all error objects. */
  async errors(): Promise<ErrorRecord[]> {
    const keys = await this.keys('errors/format-conversion-failed/')
    const texts = await Promise.all(keys.map(async (key) => (await this.content(key)).toString()))
    return texts.flatMap((text) =>
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as ErrorRecord),
    )
  }

  async described(): Promise<ExtendedS3DestinationDescription> {
    const {DeliveryStreamDescription: found} = await this.firehose.send(
      new DescribeDeliveryStreamCommand({DeliveryStreamName: 'usage'}),
    )
    return (
      found?.Destinations?.[0]?.ExtendedS3DestinationDescription ?? {
        RoleARN: undefined,
        BucketARN: undefined,
        BufferingHints: undefined,
        CompressionFormat: undefined,
        EncryptionConfiguration: undefined,
      }
    )
  }

  async update(update: ExtendedS3DestinationUpdate): Promise<void> {
    const {DeliveryStreamDescription: found} = await this.firehose.send(
      new DescribeDeliveryStreamCommand({DeliveryStreamName: 'usage'}),
    )
    await this.firehose.send(
      new UpdateDestinationCommand({
        DeliveryStreamName: 'usage',
        CurrentDeliveryStreamVersionId: found?.VersionId,
        DestinationId: found?.Destinations?.[0]?.DestinationId,
        ExtendedS3DestinationUpdate: update,
      }),
    )
  }

  /** What CloudWatch counted of the stream. */
  async sums(metrics: readonly string[]): Promise<number[]> {
    const cloudWatch = new CloudWatchClient(this.lake.endpoint.client)
    const Dimensions = [{Name: 'DeliveryStreamName', Value: 'usage'}]
    const {MetricDataResults: results = []} = await cloudWatch.send(
      new GetMetricDataCommand({
        StartTime: new Date(Date.now() - 3_600_000),
        EndTime: new Date(Date.now() + 60_000),
        MetricDataQueries: metrics.map((MetricName, i) => ({
          Id: `m${i}`,
          MetricStat: {
            Metric: {Namespace: 'AWS/Firehose', MetricName, Dimensions},
            Period: 60,
            Stat: 'Sum',
          },
        })),
      }),
    )
    cloudWatch.destroy()
    return results.map(({Values = []}) => Values.reduce((a, b) => a + b, 0))
  }

  async discard(): Promise<void> {
    this.firehose.destroy()
    this.iam.destroy()
    await this.lake.discard()
  }
}

/** A destination that converts by the table `usage.calls`, with some members in another way. */
export function destination(
  conversion: Partial<DataFormatConversionConfiguration> = {},
  more: Partial<ExtendedS3DestinationConfiguration> = {},
): ExtendedS3DestinationConfiguration {
  return {
    RoleARN: role,
    BucketARN: 'arn:aws:s3:::lake',
    Prefix: 'calls/',
    ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/',
    DataFormatConversionConfiguration: {
      SchemaConfiguration: {RoleARN: role, DatabaseName: 'usage', TableName: 'calls'},
      InputFormatConfiguration: {Deserializer: {OpenXJsonSerDe: {}}},
      OutputFormatConfiguration: {Serializer: {ParquetSerDe: {}}},
      ...conversion,
    },
    ...more,
  }
}

function trustOf(Service: string): string {
  const statement = {Effect: 'Allow', Principal: {Service}, Action: 'sts:AssumeRole'}
  return JSON.stringify({Version: '2012-10-17', Statement: [statement]})
}
