import {roadResources} from '../../../src/lib/road/road'
import type {RoadSettings} from '../../../src/lib/road/settings'

const settings: RoadSettings = {
  accountId: '111122223333',
  region: 'eu-west-1',
  bus: 'usage',
  rule: 'api-usage',
  stream: 'usage-events',
  bucket: 'acme-usage',
  database: 'usage',
  workgroup: 'usage',
  source: 'my-applications',
  detailType: 'api-usage-event',
  pattern: '{"source":["my-applications"]}',
  tags: {team: 'platform'},
}

describe('roadResources', () => {
  it('writes gzip objects of one event a line, by hour of arrival', () => {
    expect(roadResources(settings).stream.destination).toEqual({
      RoleARN: 'arn:aws:iam::111122223333:role/usage-tracker-eu-west-1-usage-events-delivery',
      BucketARN: 'arn:aws:s3:::acme-usage',
      Prefix: 'events/dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/',
      ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/dt=!{timestamp:yyyy-MM-dd}/',
      BufferingHints: {IntervalInSeconds: 900, SizeInMBs: 128},
      CompressionFormat: 'GZIP',
      CloudWatchLoggingOptions: {Enabled: false},
      ProcessingConfiguration: {
        Enabled: true,
        Processors: [
          {
            Type: 'AppendDelimiterToRecord',
            Parameters: [{ParameterName: 'Delimiter', ParameterValue: '\\n'}],
          },
        ],
      },
    })
  })

  it('has Firehose convert to Parquet by the columns of a table over a folder of its own', () => {
    const road = roadResources({...settings, recordFormat: 'parquet'})
    const lines = roadResources(settings)
    const RoleARN = 'arn:aws:iam::111122223333:role/usage-tracker-eu-west-1-usage-events-delivery'

    expect(road.stream.destination).toEqual({
      RoleARN,
      BucketARN: 'arn:aws:s3:::acme-usage',
      Prefix: 'events-parquet/dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/',
      ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/dt=!{timestamp:yyyy-MM-dd}/',
      BufferingHints: {IntervalInSeconds: 900, SizeInMBs: 128},
      CompressionFormat: 'UNCOMPRESSED',
      CloudWatchLoggingOptions: {Enabled: false},
      ProcessingConfiguration: {Enabled: false, Processors: []},
      DataFormatConversionConfiguration: {
        Enabled: true,
        SchemaConfiguration: {
          RoleARN,
          DatabaseName: 'usage',
          TableName: 'raw_events_parquet',
          Region: 'eu-west-1',
          VersionId: 'LATEST',
        },
        InputFormatConfiguration: {
          Deserializer: {
            OpenXJsonSerDe: {
              CaseInsensitive: true,
              ColumnToJsonKeyMappings: {detail_type: 'detail-type'},
            },
          },
        },
        OutputFormatConfiguration: {Serializer: {ParquetSerDe: {Compression: 'SNAPPY'}}},
      },
    })
    const {StorageDescriptor: parquet, PartitionKeys: keys, Parameters: parameters} = road.table.input
    expect(parquet).toEqual({
      Columns: lines.table.input.StorageDescriptor.Columns,
      Location: 's3://acme-usage/events-parquet/',
      InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
      OutputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
      SerdeInfo: {
        SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
        Parameters: {'serialization.format': '1'},
      },
    })
    expect(keys).toEqual(lines.table.input.PartitionKeys)
    expect(parameters).toEqual({
      ...lines.table.input.Parameters,
      classification: 'parquet',
      'storage.location.template': 's3://acme-usage/events-parquet/dt=${dt}/hour=${hour}/',
    })
    expect(road.formerTable).toEqual(lines.table)
    expect(lines.formerTable).toEqual(road.table)
  })

  it('lets a stream that converts look at its table, and at no other', () => {
    const place = {region: 'cn-north-1', recordFormat: 'parquet'} as const
    const statements = roadResources({...settings, ...place}).deliveryRole.policy.Statement

    expect(statements).toHaveLength(3)
    expect(statements[2]).toEqual({
      Effect: 'Allow',
      Action: ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'],
      Resource: [
        'arn:aws-cn:glue:cn-north-1:111122223333:catalog',
        'arn:aws-cn:glue:cn-north-1:111122223333:database/usage',
        'arn:aws-cn:glue:cn-north-1:111122223333:table/usage/raw_events_parquet',
      ],
    })
  })

  it('gives Firehose one bucket, to itself working for this account', () => {
    const {deliveryRole} = roadResources(settings)

    expect(deliveryRole.trustPolicy.Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: {Service: 'firehose.amazonaws.com'},
        Action: 'sts:AssumeRole',
        Condition: {StringEquals: {'sts:ExternalId': '111122223333'}},
      },
    ])
    expect(deliveryRole.policy.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
        Resource: 'arn:aws:s3:::acme-usage',
      },
      {
        Effect: 'Allow',
        Action: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
        Resource: 'arn:aws:s3:::acme-usage/*',
      },
    ])
  })

  it('gives EventBridge both ways to put on the stream, and nothing else', () => {
    expect(roadResources(settings).targetRole.policy.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['firehose:PutRecord', 'firehose:PutRecordBatch'],
        Resource: 'arn:aws:firehose:eu-west-1:111122223333:deliverystream/usage-events',
      },
    ])
  })

  it('has no queue unless one is named', () => {
    expect(roadResources(settings).queue).toBeUndefined()
  })

  it('lets the rule alone send dead letters to the queue', () => {
    const {queue, target} = roadResources({...settings, dlq: 'usage-dlq'})

    expect(target.deadLetterArn).toBe('arn:aws:sqs:eu-west-1:111122223333:usage-dlq')
    expect(queue?.statement).toEqual({
      Sid: 'usage-tracker-usage-api-usage',
      Effect: 'Allow',
      Principal: {Service: 'events.amazonaws.com'},
      Action: 'sqs:SendMessage',
      Resource: 'arn:aws:sqs:eu-west-1:111122223333:usage-dlq',
      Condition: {
        ArnEquals: {'aws:SourceArn': 'arn:aws:events:eu-west-1:111122223333:rule/usage/api-usage'},
      },
    })
  })

  it('leaves the bus out of the ARN of a rule on the default bus', () => {
    expect(roadResources({...settings, bus: 'default'}).rule.arn).toBe(
      'arn:aws:events:eu-west-1:111122223333:rule/api-usage',
    )
  })

  it.each([
    ['cn-north-1', 'arn:aws-cn:s3:::acme-usage', 'arn:aws-cn:iam::111122223333:role/'],
    ['us-gov-west-1', 'arn:aws-us-gov:s3:::acme-usage', 'arn:aws-us-gov:iam::111122223333:role/'],
  ])('takes the partition of %s', (region, bucketArn, rolePrefix) => {
    const road = roadResources({...settings, region})

    expect(road.bucket.arn).toBe(bucketArn)
    expect(road.targetRole.arn.startsWith(rolePrefix)).toBe(true)
  })

  it('projects the partitions of the raw table over three years, the hour with two digits', () => {
    const {input} = roadResources(settings).table

    expect(input.Parameters).toMatchObject({
      'projection.dt.range': 'NOW-3YEARS,NOW+1DAY',
      'projection.hour.range': '0,23',
      'projection.hour.digits': '2',
      'storage.location.template': 's3://acme-usage/events/dt=${dt}/hour=${hour}/',
    })
    expect(input.PartitionKeys).toEqual([
      {Name: 'dt', Type: 'string'},
      {Name: 'hour', Type: 'string'},
    ])
  })

  it('reads the key detail-type into a column, and the detail as a struct', () => {
    const {StorageDescriptor: storage} = roadResources(settings).table.input

    expect(storage.SerdeInfo.Parameters['mapping.detail_type']).toBe('detail-type')
    expect(storage.Columns.map((c) => c.Name)).toEqual([
      'version',
      'id',
      'detail_type',
      'source',
      'account',
      'time',
      'region',
      'resources',
      'detail',
    ])
    expect(storage.Columns.at(-1)?.Type).toMatch(/^struct<eventid:string,/)
  })

  it('tags what it makes with its binding and with the tags of the settings', () => {
    expect(roadResources(settings).stream.tags).toEqual({
      team: 'platform',
      'usage-tracker:binding': 'usage/api-usage',
    })
  })
})
